import type { DataSource } from 'typeorm'
import type { Clock } from '../kernel/clock.js'
import { addDays, daysBetween, type LocalDay, localDay } from '../kernel/local-day.js'
import { instantOf } from '../platform/db/statements.js'
import { ticketStatusNow } from '../queue/index.js'
import { type CalendarPlan, offeredSlots } from '../recurrence/index.js'
import { PlanStore } from '../scheduling/index.js'
import type { SiteDirectory } from '../sites/index.js'
import type { Facts, TicketFact, VisitFact } from './facts.js'
import { type CallRow, type Days, FactsStore, type TicketRow } from './facts.store.js'
import { type Figures, figuresOf } from './figures.js'

export interface StatisticsDeps {
  dataSource: DataSource
  directory: SiteDirectory
  clock: Clock
}

export interface Statistics {
  days: ({ date: LocalDay } & Figures)[]
  total: Figures
}

/** Days read at once: between two reads other people's requests are answered. */
const AT_ONCE = 31

/**
 * The figures of a site for local days, both ends included: three statements a month, and three for the calendars.
 * @throws not-found `unknown-site`
 */
export const makeReadStatistics =
  ({ dataSource, directory, clock }: StatisticsDeps) =>
  async ({ siteId, from, to }: Days): Promise<Statistics> => {
    const { timeZone } = await directory.site(siteId)
    const plans = await new PlanStore(dataSource.manager).loadPlans({ siteId })
    const store = new FactsStore(dataSource.manager)
    const days: Statistics['days'] = []
    const facts: Facts[] = []
    for (let first = from; first <= to; first = addDays(first, AT_ONCE)) {
      const last = addDays(first, AT_ONCE - 1)
      const range = { siteId, from: first, to: last < to ? last : to }
      const now = clock()
      for (const [date, ofDay] of await factsByDay(store, range, { plans, now, today: localDay(now, timeZone) })) {
        days.push({ date, ...figuresOf(ofDay) })
        facts.push(ofDay)
      }
    }
    return { days, total: figuresOf(together(facts)) }
  }

const together = (facts: readonly Facts[]): Facts => ({
  tickets: facts.flatMap(({ tickets }) => tickets),
  visits: facts.flatMap(({ visits }) => visits),
  bookings: facts.flatMap(({ bookings }) => bookings),
  seatsOffered: facts.reduce((sum, { seatsOffered }) => sum + seatsOffered, 0),
})

interface Present {
  plans: readonly CalendarPlan[]
  now: Date
  today: LocalDay
}

async function factsByDay(
  store: FactsStore,
  range: Days,
  { plans, now, today }: Present,
): Promise<Map<LocalDay, Facts>> {
  const [ticketRows, callRows, bookings] = [
    await store.tickets(range),
    await store.calls(range),
    await store.bookings(range, now),
  ]
  const { tickets, visits } = linked(ticketRows, callRows, today)
  const count = daysBetween(range.from, range.to) + 1
  const [byTicket, byVisit, byBooking] = [byDay(tickets), byDay(visits), byDay(bookings)]
  return new Map(
    Array.from({ length: count }, (_, i) => addDays(range.from, i)).map((day) => [
      day,
      {
        tickets: byTicket.get(day) ?? [],
        visits: byVisit.get(day) ?? [],
        bookings: byBooking.get(day) ?? [],
        seatsOffered: seatsOffered(plans, day),
      },
    ]),
  )
}

function byDay<F extends { day: LocalDay }>(facts: readonly F[]): Map<LocalDay, F[]> {
  const days = new Map<LocalDay, F[]>()
  for (const fact of facts) {
    const known = days.get(fact.day)
    if (known) known.push(fact)
    else days.set(fact.day, [fact])
  }
  return days
}

const seatsOffered = (plans: readonly CalendarPlan[], day: LocalDay): number =>
  plans.flatMap((plan) => offeredSlots(plan, day).slots).reduce((sum, { seats }) => sum + seats, 0)

/** Tickets with the wait before their first call, and calls with what they know of their ticket. */
function linked(rows: readonly TicketRow[], calls: readonly CallRow[], today: LocalDay) {
  const byId = new Map(rows.map((row) => [row.id, row]))
  const firstCalledMs = new Map<string, number>()
  const visits: VisitFact[] = []
  for (const call of calls) {
    const ticket = byId.get(call.ticketId)
    if (!ticket) continue
    const calledMs = instantOf(call.firstCalledAt).getTime()
    firstCalledMs.set(call.ticketId, Math.min(calledMs, firstCalledMs.get(call.ticketId) ?? calledMs))
    visits.push(visitOf(call, ticket))
  }
  const tickets = rows.map((row): TicketFact => {
    const calledMs = firstCalledMs.get(row.id)
    return {
      day: row.day,
      lane: row.lane,
      serviceId: row.bookedServiceId ?? row.serviceId,
      isWalkIn: row.bookedServiceId === null,
      status: ticketStatusNow(row, today),
      // A clock may have been set back between two instants.
      waitMs: calledMs === undefined ? null : Math.max(0, calledMs - instantOf(row.issuedAt).getTime()),
    }
  })
  return { tickets, visits }
}

/** How calls end after which somebody has been served, at least in part. */
const SERVED = ['done', 'transferred']

function visitOf({ serviceId, counterId, counterName, outcome, ...call }: CallRow, ticket: TicketRow): VisitFact {
  const fromMs = instantOf(call.startedAt ?? call.firstCalledAt).getTime()
  const isOver = outcome !== null && SERVED.includes(outcome) && (outcome === 'done' || call.startedAt !== null)
  return {
    day: ticket.day,
    lane: ticket.lane,
    serviceId,
    counterId,
    counterName,
    isDone: outcome === 'done',
    serviceMs: isOver && call.endedAt !== null ? Math.max(0, instantOf(call.endedAt).getTime() - fromMs) : null,
  }
}
