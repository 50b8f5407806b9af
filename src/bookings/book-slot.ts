import { notAllowed } from '../kernel/app-error.js'
import { together } from '../platform/db/together.js'
import type { Tx } from '../platform/db/tx.js'
import type { Secrets } from '../platform/secrets.js'
import { mayBook, normalisedMail, personHashesOf, personHashOf, taxCodeKind, type Visitor } from '../visitors/index.js'
import { type BookSlotCommand, mayExceed } from './book-slot-command.js'
import type { Booking } from './booking.js'
import { type BookingDeps, VISITOR } from './booking-deps.js'
import { assertWithinLimits, countActive } from './booking-limits.js'
import { makeTakeSeat } from './booking-seat.js'
import { whence } from './hold-slot.js'
import { assertKnownMatter } from './known-matter.js'
import { sealTaxCode } from './sealed-tax-code.js'
import { mustConfirm, standingOf } from './standing.js'

/**
 * Makes a booking (K1–K6): confirmed, or pending where the site asks for confirmation by mail or too many came (X2).
 * @throws not-allowed `not-eligible`, `contact-required`, `not-offered`, `invalid` at `matter`; conflict `already-booked`,
 * `too-many-bookings`, `hold-expired`, `slot-full`
 */
export const makeBookSlot = (deps: BookingDeps) => {
  const take = makeTakeSeat(deps)
  return async (tx: Tx, command: BookSlotCommand): Promise<Booking> => {
    const { clock, secrets, settings, directory, events } = deps
    const now = clock()
    if (!mayBook(command.visitor.comune)) throw notAllowed('not-eligible')
    assertReachable(command)
    const found = await take.find(tx, command, now)
    const person = personOf(secrets, command.visitor)
    const { serviceId, siteId } = found.booking
    const personHashes = personHashesOf(secrets, command.visitor.taxCode)
    const keys = { personHashes, emailKey: person.emailKey, serviceId }
    const { taxCodeKind: kind } = person
    const asked = { command, kind, booking: found.booking, site: await directory.site(siteId), now }
    const [, looked, active, isUncertain] = await together([
      command.matter ? assertKnownMatter(tx, command.matter) : null,
      take.assertThere(tx, found, now),
      mayExceed(command) ? null : countActive(tx, keys, now),
      mustConfirm(tx, deps, asked),
    ])
    if (active) await assertWithinLimits(tx, { keys, active }, { now, settings, events })
    const { hasSeat, ...standing } = await standingOf(tx, deps, { ...asked, isCertain: !isUncertain })
    const details = {
      ...person,
      ...(command.origin && whence(command.origin)),
      ...standing,
      ...(!hasSeat && { slotCount: 0 }),
      notes: command.notes,
      matterId: command.matter ?? null,
      lang: command.lang,
      bookedAt: now,
    }
    const { who, reason } = command.staff ?? { who: VISITOR, reason: null }
    return take.finish(tx, found, { step: { who, what: 'book-slot', at: now, reason }, details, looked })
  }
}

/** C1: the public is written to, and a number alone is not while no message goes to phones; staff see who stands there. */
function assertReachable({ visitor, staff }: BookSlotCommand): void {
  if (staff || visitor.email !== null) return
  throw notAllowed('contact-required', { errors: [{ field: 'visitor.email', code: 'email.required' }] })
}

/** The visitor as a booking keeps them: the tax code sealed, and hashed to be found by. */
const personOf = (secrets: Secrets, { taxCode, ...visitor }: Visitor) => ({
  ...visitor,
  taxCodeSealed: sealTaxCode(secrets, taxCode),
  personHash: personHashOf(secrets, taxCode),
  taxCodeKind: taxCodeKind(taxCode),
  emailKey: visitor.email === null ? null : normalisedMail(visitor.email),
})
