import type { DataSource } from 'typeorm'
import { recordChange } from '../audit/index.js'
import { type Booking, BookingStore, deskBooking, deskMessages } from '../bookings/index.js'
import type { LocalDay } from '../kernel/local-day.js'
import { localDay } from '../kernel/local-day.js'
import type { UnitOfWork } from '../platform/db/unit-of-work.js'
import { messagesOf } from '../platform/mail/messages.store.js'
import type { Site } from '../sites/index.js'
import type { QueueDeps } from './queue-deps.js'
import { staffTicket } from './queue.pages.js'
import type { Ticket } from './ticket.js'
import { TicketStore } from './ticket.store.js'
import { readSearch } from './visit-search.js'

export interface VisitQuery {
  siteId: string
  /** Local days, both included; null: today. */
  from: LocalDay | null
  to: LocalDay | null
  /** Name, phone, tax code, code or number; empty: everybody. */
  q: string
  who: string
}

interface Visit {
  booking: Booking | null
  ticket: Ticket | null
}

/** More than anybody reads: then the words were too few. */
const MOST = 200

/**
 * Bookings and tickets of persons at a site: who the person at the desk is, and what has become of them. Each look is on
 * record, without what was typed (A3). @throws not-found `unknown-site`
 */
export const makeFindVisits =
  (deps: QueueDeps & { dataSource: DataSource; unitOfWork: UnitOfWork }) =>
  async ({ siteId, q, who, ...days }: VisitQuery) => {
    const { directory, clock, secrets, dataSource, unitOfWork } = deps
    const [site, now] = [await directory.site(siteId), clock()]
    const today = localDay(now, site.timeZone)
    const from = days.from ?? days.to ?? today
    const to = days.to ?? from
    const { by, finds } = readSearch(q, secrets)
    const found = (await visitsOf(dataSource.manager, { siteId, from, to })).filter(finds)
    const shown = found.sort(byTime).slice(0, MOST)
    const words = { to: `${from}–${to} by ${by}: ${found.length}` }
    const change = { at: now, who, what: 'find-visits', subjectKind: 'site', subjectId: siteId, ...words } as const
    await unitOfWork.run((tx) => recordChange(tx, change))
    return { visits: await views(dataSource.manager, shown, { site, today, now }), more: found.length - shown.length }
  }

type Manager = DataSource['manager']

/** Each ticket with its booking, and each booking that has none. */
async function visitsOf(em: Manager, days: { siteId: string; from: LocalDay; to: LocalDay }): Promise<Visit[]> {
  const bookings = await new BookingStore(em).between(days)
  const tickets = await new TicketStore(em).between(days)
  const byId = new Map(bookings.map((booking) => [booking.id, booking]))
  const arrived = new Set(tickets.map(({ bookingId }) => bookingId))
  return [
    ...tickets.map((ticket) => ({ ticket, booking: (ticket.bookingId && byId.get(ticket.bookingId)) || null })),
    ...bookings.filter(({ id }) => !arrived.has(id)).map((booking) => ({ ticket: null, booking })),
  ]
}

const startOf = ({ booking, ticket }: Visit): number => (booking?.startsAt ?? ticket?.issuedAt ?? new Date(0)).getTime()
const byTime = (one: Visit, other: Visit): number =>
  startOf(one) - startOf(other) || (one.ticket?.made ?? 0) - (other.ticket?.made ?? 0)

interface Where {
  site: Site
  today: LocalDay
  now: Date
}

async function views(em: Manager, visits: readonly Visit[], { site, today, now }: Where) {
  const messages = await messagesOf(
    em,
    visits.flatMap(({ booking }) => booking?.id ?? []),
  )
  const { timeZone } = site
  return visits.map(({ booking, ticket }) => ({
    ...(booking && {
      booking: {
        ...deskBooking(booking, { timeZone, now }),
        messages: deskMessages(messages.get(booking.id), timeZone),
      },
    }),
    ...(ticket && { ticket: { ...staffTicket(ticket, null, { site, today }), day: ticket.day } }),
  }))
}
