import type { DataSource } from 'typeorm'
import type { UnitOfWork } from '../platform/db/unit-of-work.js'
import type { Secrets } from '../platform/secrets.js'
import { personHashOf } from '../visitors/index.js'
import type { Booking } from './booking.js'
import { BookingStore } from './booking.store.js'
import { openTaxCode, sealTaxCode } from './sealed-tax-code.js'

interface Deps {
  dataSource: DataSource
  unitOfWork: UnitOfWork
  secrets: Secrets
}

const AT_ONCE = 500

/**
 * Seals tax codes anew with today's secret, and gives their persons the key that is made today: it was another before
 * APP_SECRET was changed, and before omocodia variants were one person (K5). At each start; what is right already is not
 * even read, so that a crash or a second instance costs nothing.
 * @returns how many were changed, and how many could not be opened: nobody can say whose those are
 */
export async function renewSealed({
  dataSource,
  unitOfWork,
  secrets,
}: Deps): Promise<Record<'renewed' | 'lost', number>> {
  const store = new BookingStore(dataSource.manager)
  const done = { renewed: 0, lost: 0 }
  for (let after = '', isMore = true; isMore; ) {
    const batch = await store.sealedOtherwise(secrets.keyId, after, AT_ONCE)
    const changes = batch.flatMap((booking) => renewal(secrets, booking))
    if (changes.length > 0)
      await unitOfWork.run(async (tx) => {
        for (const { is, to } of changes) await new BookingStore(tx.em).sealAnew(is, to)
      })
    done.renewed += changes.length
    done.lost += batch.length - changes.length
    after = batch.at(-1)?.id ?? ''
    isMore = batch.length === AT_ONCE
  }
  return done
}

type Sealed = Pick<Booking, 'taxCodeSealed' | 'personHash'>

function renewal(secrets: Secrets, is: Booking): { is: Booking; to: Sealed }[] {
  const taxCode = is.taxCodeSealed === null ? null : openTaxCode(secrets, is.taxCodeSealed)
  if (taxCode === null) return []
  return [{ is, to: { taxCodeSealed: sealTaxCode(secrets, taxCode), personHash: personHashOf(secrets, taxCode) } }]
}
