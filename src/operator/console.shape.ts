import type { CounterView, QueueList } from '../queue/queue.shape.js'
import type { Lane } from '../sites/lane.shape.js'

/** A service as the console offers it. */
export interface ConsoleService {
  id: string
  name: string
  lane: Lane
  bookable: boolean
  /** W3's window here, `8:30–12:30`, or null: nobody without a booking, but by override. */
  window: string | null
  /** The child's codice fiscale is asked for (W4). */
  isNewborn: boolean
  seniorFirst: boolean
}

/** What the server puts into the page for public/js/operator: where one works, and as whom. */
export interface ConsoleFacts {
  site: string
  timeZone: string
  today: string
  counter: { id: string; name: string }
  username: string
  csrfToken: string
  services: ConsoleService[]
}

/** `GET /sites/{site}/console`: queue and counters of one version, with the house's time. */
export interface ConsoleSnapshot extends QueueList {
  at: string
  counters: CounterView[]
  printerFailedAt: string | null
}
