import { AppError } from '../kernel/app-error.js'
import { together } from '../platform/db/together.js'
import type { Tx } from '../platform/db/tx.js'
import type { Origin } from '../platform/http/origin.js'
import type { Booking } from './booking.js'
import type { BookingDeps } from './booking-deps.js'
import { type Live, OriginStore, type Waiting } from './origin.store.js'

interface Asked {
  origin: Origin
  booking: Pick<Booking, 'siteId' | 'onDay' | 'slotCount'>
  status: Waiting
  now: Date
}

type Deps = Pick<BookingDeps, 'seats' | 'settings'>

/**
 * X1, counted while nobody else takes seats without a person from there or on that day. What is held and what is pending
 * count apart, so that nobody's pending bookings keep others from holding (X3).
 * @returns when the first of those that are too many ends; null when there is room
 */
export async function tooManyWait(tx: Tx, deps: Deps, asked: Asked): Promise<Date | null> {
  const { origin, booking, ...what } = asked
  const { browserHash, addressHash, networkHash } = origin
  const names = [
    addressHash,
    networkHash,
    ...(browserHash === null ? [] : [browserHash]),
    `${booking.siteId} ${booking.onDay}`,
  ]
  const limits = deps.settings.waiting
  const store = new OriginStore(tx.em)
  const of = (by: 'browser' | 'address' | 'network', hash: string) => store.live(by, hash, what)
  const none: Live = { count: 0, endsAt: null }
  const [, ofBrowser, ofAddress, ofNetwork, ofDay] = await together([
    tx.own(...names.map((name) => `waiting:${name}`)),
    browserHash === null ? none : of('browser', browserHash),
    of('address', addressHash),
    of('network', networkHash),
    store.liveSeats(booking.siteId, booking.onDay, what),
  ])
  const counted: [Live, number][] = [
    [ofBrowser, limits.perBrowser],
    [ofAddress, limits.perAddress],
    [ofNetwork, limits.perNetwork],
  ]
  const full = counted.find(([{ count }, most]) => count >= most)?.[0]
  return full ? (full.endsAt ?? what.now) : shareIsUsed(ofDay, deps, asked)
}

async function shareIsUsed(ofDay: Live, { seats, settings }: Deps, { booking, now }: Asked): Promise<Date | null> {
  const { siteId, onDay, slotCount } = booking
  const { dayPercent, leastOfDay } = settings.waiting
  const most = Math.max(leastOfDay, Math.floor(((await seats.seatsOfDay(siteId, onDay)) * dayPercent) / 100))
  return ofDay.count + slotCount > most ? (ofDay.endsAt ?? now) : null
}

/** @throws too-many `too-many-holds` with `retryAfterSeconds` */
export async function assertMayHold(tx: Tx, deps: Deps, asked: Omit<Asked, 'status'>): Promise<void> {
  if (!deps.settings.rateLimits) return
  const until = await tooManyWait(tx, deps, { ...asked, status: 'held' })
  if (!until) return
  const retryAfterSeconds = Math.max(1, Math.ceil((until.getTime() - asked.now.getTime()) / 1000))
  throw new AppError('too-many', 'too-many-holds', { retryAfterSeconds })
}
