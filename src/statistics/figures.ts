import { MINUTE_MS } from '../kernel/clock.js'
import type { BookingStatus } from '../bookings/index.js'
import type { TicketStatus } from '../queue/index.js'
import type { Lane } from '../sites/index.js'
import type { BookingCount, Facts, TicketFact, VisitFact } from './facts.js'

/** Minutes to one decimal place; null where nothing was measured. */
export interface Spread {
  count: number
  mean: number | null
  median: number | null
  /** Nine of ten were no longer (nearest rank). */
  p90: number | null
}

export interface TicketFigures {
  /** Tickets given: `walkIns` to those without a booking, `arrived` to those with one. */
  issued: number
  walkIns: number
  arrived: number
  served: number
  /** Went home, or still waited when the day ended. */
  left: number
  missed: number
  /** At a counter when the day ended, and nobody said how it went. */
  closed: number
  /** Not over yet. */
  open: number
}

export interface BookingFigures {
  /** Not cancelled. */
  booked: number
  /** Came, and had not been missed or sent away when the day ended. */
  arrived: number
  served: number
  noShow: number
  cancelled: number
}

export interface SeatFigures {
  offered: number
  /** By bookings that were not cancelled. */
  used: number
  /** Null where nothing was offered. */
  usedPercent: number | null
}

interface Part {
  tickets: TicketFigures
  waitMinutes: Spread
  serviceMinutes: Spread
}

export interface Figures extends Part {
  bookings: BookingFigures
  seats: SeatFigures
  lanes: (Part & { lane: Lane })[]
  services: (Part & { service: string; bookings: BookingFigures })[]
  counters: { counter: string; name: string; calls: number; served: number; serviceMinutes: Spread }[]
}

const LANES: readonly Lane[] = ['P', 'N', 'D', 'R']

const round = (value: number): number => Math.round(value * 10) / 10

/** How long something took, of many times. */
export function spread(timesMs: readonly number[]): Spread {
  const minutes = timesMs.map((ms) => ms / MINUTE_MS).sort((one, other) => one - other)
  const count = minutes.length
  const at = (index: number): number => minutes[index] ?? 0
  if (count === 0) return { count, mean: null, median: null, p90: null }
  return {
    count,
    mean: round(minutes.reduce((sum, each) => sum + each, 0) / count),
    median: round((at(Math.floor((count - 1) / 2)) + at(Math.floor(count / 2))) / 2),
    p90: round(at(Math.ceil(0.9 * count) - 1)),
  }
}

const measured = (times: readonly (number | null)[]): number[] => times.filter((ms) => ms !== null)

function ticketFigures(tickets: readonly TicketFact[]): TicketFigures {
  const are = (...states: TicketStatus[]) => tickets.filter(({ status }) => states.includes(status)).length
  const walkIns = tickets.filter(({ isWalkIn }) => isWalkIn).length
  return {
    issued: tickets.length,
    walkIns,
    arrived: tickets.length - walkIns,
    served: are('done'),
    left: are('left'),
    missed: are('missed'),
    closed: are('closed'),
    open: are('waiting', 'called', 'serving', 'parked'),
  }
}

const part = (tickets: readonly TicketFact[], visits: readonly VisitFact[]): Part => ({
  tickets: ticketFigures(tickets),
  waitMinutes: spread(measured(tickets.map(({ waitMs }) => waitMs))),
  serviceMinutes: spread(measured(visits.map(({ serviceMs }) => serviceMs))),
})

/** Statuses in which a booking takes its seats. */
const BOOKED: readonly BookingStatus[] = ['pending', 'confirmed', 'arrived', 'served', 'no-show']

const sum = (bookings: readonly BookingCount[], of: 'count' | 'seats', ...states: BookingStatus[]): number =>
  bookings.filter(({ status }) => states.includes(status)).reduce((total, each) => total + each[of], 0)

const bookingFigures = (bookings: readonly BookingCount[]): BookingFigures => ({
  booked: sum(bookings, 'count', ...BOOKED),
  arrived: sum(bookings, 'count', 'arrived', 'served'),
  served: sum(bookings, 'count', 'served'),
  noShow: sum(bookings, 'count', 'no-show'),
  cancelled: sum(bookings, 'count', 'cancelled'),
})

function seatFigures(bookings: readonly BookingCount[], offered: number): SeatFigures {
  const used = sum(bookings, 'seats', ...BOOKED)
  return { offered, used, usedPercent: offered === 0 ? null : round((used / offered) * 100) }
}

const unique = (values: readonly string[]): string[] => [...new Set(values)].sort()

function counterFigures(visits: readonly VisitFact[]): Figures['counters'] {
  return unique(visits.map(({ counterId }) => counterId)).map((counter) => {
    const own = visits.filter(({ counterId }) => counterId === counter)
    return {
      counter,
      name: own.at(-1)?.counterName ?? counter,
      calls: own.length,
      served: own.filter(({ isDone }) => isDone).length,
      serviceMinutes: spread(measured(own.map(({ serviceMs }) => serviceMs))),
    }
  })
}

/** All figures of a day, or of several together: medians are of all that was measured, not of the days' medians. */
export function figuresOf({ tickets, visits, bookings, seatsOffered }: Facts): Figures {
  const services = unique([...tickets, ...visits, ...bookings].map(({ serviceId }) => serviceId))
  return {
    ...part(tickets, visits),
    bookings: bookingFigures(bookings),
    seats: seatFigures(bookings, seatsOffered),
    lanes: LANES.map((lane) => {
      const isOfLane = (fact: { lane: Lane }) => fact.lane === lane
      return { lane, ...part(tickets.filter(isOfLane), visits.filter(isOfLane)) }
    }),
    services: services.map((service) => {
      const isOfService = (fact: { serviceId: string }) => fact.serviceId === service
      return {
        service,
        ...part(tickets.filter(isOfService), visits.filter(isOfService)),
        bookings: bookingFigures(bookings.filter(isOfService)),
      }
    }),
    counters: counterFigures(visits),
  }
}
