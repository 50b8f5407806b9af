import type { DeskBooking } from '../../../src/bookings/booking.shape.js'
import type { ConsoleSnapshot } from '../../../src/operator/console.shape.js'
import type { MessageFacts } from '../../../src/platform/mail/message.shape.js'
import type { IssuedTicket, StaffTicket, WaitingTicket } from '../../../src/queue/queue.shape.js'

/** A number as staff sees it; one that waits has its class and what it may expect. */
export type Ticket = StaffTicket & Partial<Pick<WaitingTicket, 'estimate'>>

export type Message = MessageFacts<string>

/** A booking of the day, with what has become of its mails. */
export interface Booking extends DeskBooking {
  messages: Message[]
}

/** What can be taken back of what was done to a ticket. */
export interface Undo {
  id: string
  number: string
  what: 'next' | 'done' | 'missed'
}

export type Issued = IssuedTicket

interface State {
  snapshot: ConsoleSnapshot | null
  /** A command is on its way. */
  busy: boolean
  message: { text: string; kind: 'done' | 'fault' } | null
  /** What can be taken back, and until when by `performance.now()`. */
  undo: (Undo & { until: number }) | null
  /** Since when the server has not been heard, as people read it. */
  lostSince: string | null
  /** Changes come by socket. */
  live: boolean
  /** The account may not work here any more. */
  forbidden: boolean
  view: 'queue' | 'bookings'
  /** The row whose other actions are shown. */
  openRow: string | null
  /** The ticket that was given last here. */
  issued: Issued | null
  bookings: { day: string; list: Booking[] } | null
  search: string
  shortcuts: boolean
}

/** All that the console shows follows from this. `set` changes it and has everything shown anew; nothing else does. */
export const state: State = {
  snapshot: null,
  busy: false,
  message: null,
  undo: null,
  lostSince: null,
  live: false,
  forbidden: false,
  view: 'queue',
  openRow: null,
  issued: null,
  bookings: null,
  search: '',
  shortcuts: true,
}

type Part = keyof State

const renderers: { render: () => void; parts: Part[] }[] = []
/** What has changed since it was shown. */
const changed = new Set<Part>()

/** Shown now, and again whenever one of the parts has changed. */
export function shows(render: () => void, parts: Part[]): void {
  renderers.push({ render, parts })
  render()
}

function renderChanged(): void {
  const due = renderers.filter(({ parts }) => parts.some((part) => changed.has(part)))
  changed.clear()
  for (const { render } of due) render()
}

export function set(part: Partial<State>): void {
  const isDue = changed.size > 0
  for (const key of Object.keys(part) as Part[]) if (state[key] !== part[key]) changed.add(key)
  Object.assign(state, part)
  if (!isDue && changed.size > 0) queueMicrotask(renderChanged)
}
