import { AppError } from '../kernel/app-error.js'
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
  await tx.own(...names.map((name) => `waiting:${name}`))
  const limits = deps.settings.waiting
  const store = new OriginStore(tx.em)
  const of = (by: 'browser' | 'address' | 'network', hash: string) => store.live(by, hash, what)
  const none: Live = { count: 0, endsAt: null }
  const counted: [Live, number][] = [
    [browserHash === null ? none : await of('browser', browserHash), limits.perBrowser],
    [await of('address', addressHash), limits.perAddress],
    [await of('network', networkHash), limits.perNetwork],
  ]
  const full = counted.find(([{ count }, most]) => count >= most)?.[0]
  return full ? (full.endsAt ?? what.now) : shareIsUsed(store, deps, asked)
}

async function shareIsUsed(store: OriginStore, { seats, settings }: Deps, asked: Asked): Promise<Date | null> {
  const { siteId, onDay, slotCount } = asked.booking
  const { dayPercent, leastOfDay } = settings.waiting
  const [live, all] = [await store.liveSeats(siteId, onDay, asked), await seats.seatsOfDay(siteId, onDay)]
  const most = Math.max(leastOfDay, Math.floor((all * dayPercent) / 100))
  return live.count + slotCount > most ? (live.endsAt ?? asked.now) : null
}

/** @throws too-many `too-many-holds` with `retryAfterSeconds` */
export async function assertMayHold(tx: Tx, deps: Deps, asked: Omit<Asked, 'status'>): Promise<void> {
  if (!deps.settings.rateLimits) return
  const until = await tooManyWait(tx, deps, { ...asked, status: 'held' })
  if (!until) return
  const retryAfterSeconds = Math.max(1, Math.ceil((until.getTime() - asked.now.getTime()) / 1000))
  throw new AppError('too-many', 'too-many-holds', { retryAfterSeconds })
}
