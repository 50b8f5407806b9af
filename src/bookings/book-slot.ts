import { notAllowed } from '../kernel/app-error.js'
import type { Tx } from '../platform/db/tx.js'
import type { Secrets } from '../platform/secrets.js'
import { mayBook, normalisedMail, personHashesOf, personHashOf, taxCodeKind, type Visitor } from '../visitors/index.js'
import { type BookSlotCommand, mayExceed } from './book-slot-command.js'
import type { Booking } from './booking.js'
import { type BookingDeps, VISITOR } from './booking-deps.js'
import { assertWithinLimits } from './booking-limits.js'
import { makeTakeSeat } from './booking-seat.js'
import { whence } from './hold-slot.js'
import { sealTaxCode } from './sealed-tax-code.js'
import { standingOf } from './standing.js'

/**
 * Makes a booking (K1–K6): confirmed, or pending where the site asks for confirmation by mail or too many came (X2).
 * @throws not-allowed `not-eligible`, `not-offered`; conflict `already-booked`, `too-many-bookings`, `hold-expired`,
 * `slot-full`
 */
export const makeBookSlot = (deps: BookingDeps) => {
  const take = makeTakeSeat(deps)
  return async (tx: Tx, command: BookSlotCommand): Promise<Booking> => {
    const { clock, secrets, settings, directory, events } = deps
    const now = clock()
    if (!mayBook(command.visitor.comune)) throw notAllowed('not-eligible')
    const found = await take.find(tx, command, now)
    await take.assertThere(tx, found, now)
    const person = personOf(secrets, command.visitor)
    const { serviceId, siteId } = found.booking
    const personHashes = personHashesOf(secrets, command.visitor.taxCode)
    if (!mayExceed(command))
      await assertWithinLimits(tx, { personHashes, emailKey: person.emailKey, serviceId }, { now, settings, events })
    const { taxCodeKind: kind } = person
    const asked = { command, kind, booking: found.booking, site: await directory.site(siteId), now }
    const { hasSeat, ...standing } = await standingOf(tx, deps, asked)
    const details = {
      ...person,
      ...(command.origin && whence(command.origin)),
      ...standing,
      ...(!hasSeat && { slotCount: 0 }),
      notes: command.notes,
      lang: command.lang,
      bookedAt: now,
    }
    const { who, reason } = command.staff ?? { who: VISITOR, reason: null }
    return take.finish(tx, found, { step: { who, what: 'book-slot', at: now, reason }, details })
  }
}

/** The visitor as a booking keeps them: the tax code sealed, and hashed to be found by. */
const personOf = (secrets: Secrets, { taxCode, ...visitor }: Visitor) => ({
  ...visitor,
  taxCodeSealed: sealTaxCode(secrets, taxCode),
  personHash: personHashOf(secrets, taxCode),
  taxCodeKind: taxCodeKind(taxCode),
  emailKey: normalisedMail(visitor.email),
})
