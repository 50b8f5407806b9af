import type { DataSource } from 'typeorm'
import { AuditRecordEntity } from '../../src/audit/index.js'
import { type Booking, BookingEntity, type BookingStatus } from '../../src/bookings/index.js'
import { slotSpans } from '../../src/bookings/booking.js'
import { MINUTE_MS } from '../../src/kernel/clock.js'
import { OutboxEntity } from '../../src/platform/mail/outbox.entity.js'
import type { CalendarPlan } from '../../src/recurrence/index.js'
import { PlanStore } from '../../src/scheduling/index.js'
import { offeredDay, SeatClaimEntity, type Span, TakenSeatsEntity } from '../../src/seats/index.js'

/** The oracle of traps.md: what must hold at any quiet moment, whatever was done before. */

/** Statuses whose seats are taken for good; `held` and `pending` have claims instead. */
const LASTING = new Set<BookingStatus>(['confirmed', 'arrived', 'served', 'no-show'])
const CLAIMING = new Set<BookingStatus>(['held', 'pending'])

/** K3, and a booking's two ways to begin. */
const LEGAL = new Set([
  ...['>held', '>pending', '>confirmed', 'held>pending', 'held>confirmed', 'held>expired', 'pending>confirmed'],
  ...['pending>expired', 'pending>cancelled', 'confirmed>confirmed', 'confirmed>cancelled', 'confirmed>arrived'],
  ...['confirmed>no-show', 'arrived>served', 'arrived>no-show', 'pending>pending'],
])

/** Which mail each action owes (L3): by the audit record's action and the state it led to. */
const MAIL: Record<string, string> = {
  'book-slot confirmed': 'confirmed',
  'book-slot pending': 'pending',
  'confirm-booking confirmed': 'confirmed',
  'move-booking confirmed': 'moved',
  'cancel-booking cancelled': 'cancelled',
  'correct-contact confirmed': 'confirmed',
  'correct-contact pending': 'pending',
}

/** Mails that follow from no change of the booking itself. */
const UNOWED = new Set(['reminder', 'link-again', 'found-again', 'move-offered', 'present-state'])

interface Rows {
  bookings: Booking[]
  taken: TakenSeatsEntity[]
  claims: SeatClaimEntity[]
  audit: AuditRecordEntity[]
  outbox: OutboxEntity[]
  plans: CalendarPlan[]
}

/** Every invariant that is broken, in words; empty when all is well. Seats planted by a test need no audit: `trail: false`. */
export async function faultsOf(
  { dataSource, now }: { dataSource: DataSource; now: Date },
  { trail = true }: { trail?: boolean } = {},
): Promise<string[]> {
  const em = dataSource.manager
  const rows: Rows = {
    bookings: await em.find(BookingEntity),
    taken: await em.find(TakenSeatsEntity),
    claims: await em.find(SeatClaimEntity),
    audit: await em.find(AuditRecordEntity, { where: { subjectKind: 'booking' }, order: { id: 'ASC' } }),
    outbox: await em.find(OutboxEntity),
    plans: await new PlanStore(em).loadPlans(),
  }
  const seats = [...overbooked(rows, now), ...miscounted(rows), ...strayClaims(rows, now)]
  return trail ? [...seats, ...untold(rows), ...unmailed(rows)] : seats
}

type Calendar = Pick<Booking, 'siteId' | 'calendarId'>

const calendarOf = ({ siteId, calendarId }: Calendar): string => `${siteId}/${calendarId}`

const keyOf = (calendar: Calendar, { startsAt, endsAt }: Span): string =>
  `${calendarOf(calendar)} ${startsAt.toISOString()}/${endsAt.toISOString()}`

function countBy<T>(things: readonly T[], keys: (thing: T) => string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const key of things.flatMap(keys)) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}

const stretchKeys = (booking: Booking): string[] => slotSpans(booking).map((span) => keyOf(booking, span))

/**
 * I1, K1: at no minute of a slot that is offered do more visits run than it has seats, whatever grid they were booked in.
 * (Seats that were taken away from a slot since are the caller's own to know of.)
 */
function overbooked({ bookings, plans }: Rows, now: Date): string[] {
  const counting = bookings.filter(
    // One that waits for its mail without a seat (X2) takes none until it is confirmed.
    ({ status, expiresAt, slotCount }) =>
      LASTING.has(status) || (CLAIMING.has(status) && slotCount > 0 && expiresAt !== null && expiresAt > now),
  )
  return plans.flatMap((plan) => {
    const own = counting.filter((booking) => calendarOf(booking) === calendarOf(plan))
    return [...new Set(own.map(({ onDay }) => onDay))].flatMap((day) => {
      const ofDay = own.filter(({ onDay }) => onDay === day)
      return offeredDay(plan, day).slots.flatMap((slot) => {
        const count = runningIn(ofDay, slot)
        return count > slot.seats ? [`I1: ${count} of ${slot.seats} seats at ${keyOf(plan, slot)}`] : []
      })
    })
  })
}

/** The most visits that run at one minute of a span, counted minute by minute. */
export function runningIn(visits: readonly Span[], { startsAt, endsAt }: Span): number {
  let most = 0
  for (let ms = startsAt.getTime(); ms < endsAt.getTime(); ms += MINUTE_MS) {
    const running = visits.filter((visit) => visit.startsAt.getTime() <= ms && ms < visit.endsAt.getTime())
    most = Math.max(most, running.length)
  }
  return most
}

/** I2: the counter is what a recount gives: lasting bookings and claims, also overdue ones that nobody has dropped yet. */
function miscounted({ bookings, taken, claims }: Rows): string[] {
  const lasting = bookings.filter(({ status }) => LASTING.has(status))
  const recount = countBy(lasting, stretchKeys)
  for (const claim of claims) {
    const key = keyOf(claim, claim)
    recount.set(key, (recount.get(key) ?? 0) + 1)
  }
  const stored = new Map(taken.map((row) => [keyOf(row, row), row.taken]))
  return [...new Set([...recount.keys(), ...stored.keys()])].flatMap((key) => {
    const [is, ought] = [stored.get(key) ?? 0, recount.get(key) ?? 0]
    return is === ought ? [] : [`I2: ${is} counted, ${ought} taken at ${key}`]
  })
}

/** I13: claims belong to bookings that are held or pending, and these have one for each of their slots while they count. */
function strayClaims({ bookings, claims }: Rows, now: Date): string[] {
  const holders = new Map(bookings.map((booking) => [booking.id, booking]))
  const strays = claims.filter(({ holderId }) => !CLAIMING.has(holders.get(holderId)?.status ?? 'expired'))
  const counts = countBy(claims, ({ holderId }) => [holderId])
  const short = bookings.filter(
    ({ id, status, expiresAt, slotCount }) =>
      CLAIMING.has(status) && expiresAt !== null && expiresAt > now && (counts.get(id) ?? 0) !== slotCount,
  )
  return [
    ...strays.map(({ holderId }) => `I13: a claim of ${holders.get(holderId)?.status ?? 'nobody'}`),
    ...short.map(({ id, slotCount }) => `I2: ${counts.get(id) ?? 0} claims for ${slotCount} slots of ${id}`),
  ]
}

/** I4: the audit records of each booking are one legal path from its beginning to its present state and time. */
function untold({ bookings, audit }: Rows): string[] {
  const trails = new Map<string, AuditRecordEntity[]>(bookings.map(({ id }) => [id, []]))
  for (const record of audit) trails.get(record.subjectId)?.push(record)
  return bookings.flatMap((booking) => {
    const trail = trails.get(booking.id) ?? []
    const faults = trail.flatMap(({ from, to, what, who }, index) => {
      const before = trail[index - 1]?.to ?? null
      const step = `${from?.split(' ')[0] ?? ''}>${to?.split(' ')[0] ?? ''}`
      const broken = from === before ? [] : [`I4: ${what} began at ${from}, but it was ${before}`]
      return [...broken, ...(LEGAL.has(step) ? [] : [`K3: ${what} ${step}`]), ...(who ? [] : ['I4: nobody did it'])]
    })
    const present = `${booking.status} ${booking.startsAt.toISOString()}`
    const last = trail.at(-1)?.to
    return last === present ? faults : [...faults, `I4: the booking is ${present}, its record says ${last}`]
  })
}

/** I7: exactly one outbox row for each change that owes a mail, and none without, nor to who has no address (C1). */
function unmailed({ audit, outbox, bookings }: Rows): string[] {
  // A person whose address was erased later was written to (A4).
  const unreached = new Set(
    bookings.filter(({ personHash, emailKey }) => personHash !== null && emailKey === null).map(({ id }) => id),
  )
  const owed = countBy(audit, ({ subjectId, what, to }) => {
    if (unreached.has(subjectId)) return []
    const mail = MAIL[`${what} ${to?.split(' ')[0]}`]
    return mail ? [`${mail} ${subjectId}`] : []
  })
  const written = countBy(
    outbox.filter(({ kind }) => !UNOWED.has(kind)),
    ({ kind, subjectId }) => [`${kind === 'closed-by-site' ? 'cancelled' : kind} ${subjectId}`],
  )
  return [...new Set([...owed.keys(), ...written.keys()])].flatMap((key) => {
    const [is, ought] = [written.get(key) ?? 0, owed.get(key) ?? 0]
    return is === ought ? [] : [`I7: ${is} mails, ${ought} owed: ${key}`]
  })
}
