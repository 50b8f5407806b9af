import type { DataSource } from 'typeorm'
import type { Clock } from '../kernel/clock.js'
import type { UnitOfWork } from '../platform/db/unit-of-work.js'
import type { Secrets } from '../platform/secrets.js'
import { personHashOf } from '../visitors/index.js'
import type { Booking } from './booking.js'
import { BookingStore } from './booking.store.js'
import { openTaxCode } from './sealed-tax-code.js'

interface Deps {
  dataSource: DataSource
  unitOfWork: UnitOfWork
  secrets: Secrets
  clock: Clock
}

const AT_ONCE = 500

/**
 * Gives bookings ahead the person's key that is made today: those made before omocodia variants were one person (K5)
 * have another. At each start; what is right already is left, so that a crash or a second instance costs nothing.
 * @returns how many were changed
 */
export async function refreshPersonHashes({ dataSource, unitOfWork, secrets, clock }: Deps): Promise<number> {
  const [store, now] = [new BookingStore(dataSource.manager), clock()]
  let changed = 0
  for (let after = '', isMore = true; isMore; ) {
    const batch = await store.personsAhead(now, after, AT_ONCE)
    const outdated = batch.flatMap((booking) => newHashOf(secrets, booking))
    if (outdated.length > 0)
      await unitOfWork.run(async (tx) => {
        for (const { is, to } of outdated) await new BookingStore(tx.em).rekey(is, to)
      })
    changed += outdated.length
    after = batch.at(-1)?.id ?? ''
    isMore = batch.length === AT_ONCE
  }
  return changed
}

/** What cannot be opened stays as it is: nobody can say whose it was. */
function newHashOf(secrets: Secrets, is: Booking): { is: Booking; to: string }[] {
  const taxCode = is.taxCodeSealed === null ? null : openTaxCode(secrets, is.taxCodeSealed)
  const to = taxCode === null ? is.personHash : personHashOf(secrets, taxCode)
  return to === null || to === is.personHash ? [] : [{ is, to }]
}
