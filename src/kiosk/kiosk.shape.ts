import type { Lang } from '../messages/lang.shape.js'
import type { WalkInsNow } from '../queue/queue.shape.js'

/** What the kiosk's scripts know of the place they stand in (public/js/kiosk). */
export interface KioskFacts {
  site: { id: string; name: string; timeZone: string }
  /** Of every site: a booking may be for another one (W1). */
  sites: { id: string; name: string; address: string }[]
  /** Names of every service by id: the site may come to offer another one while the page is open. */
  services: Record<string, Record<Lang, string>>
  /** The site takes bookings, so there is something to check in. */
  checksIn: boolean
  /** Of codes: what the keys on the screen are. */
  letters: string
  startsIn: Lang
  now: WalkInsNow
}
