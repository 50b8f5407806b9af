import { AccountStore } from './account.store.js'
import type { StaffDeps } from './staff-deps.js'
import { sealTotpAnew } from './totp.js'

/** What of an account is sealed. */
const FIELDS = ['totpId', 'newTotpId'] as const

/** At each start: TOTP secrets that APP_SECRET_OLD has sealed are sealed with today's. @returns how many */
export async function renewTotp({
  dataSource,
  unitOfWork,
  secrets,
}: Pick<StaffDeps, 'dataSource' | 'unitOfWork' | 'secrets'>): Promise<number> {
  let renewed = 0
  for (const account of await new AccountStore(dataSource.manager).all()) {
    for (const field of FIELDS) {
      const was = account[field]
      const to =
        was?.startsWith(`${secrets.keyId}.`) === false ? sealTotpAnew(secrets, { ...account, totpId: was }) : null
      if (was === null || to === null) continue
      await unitOfWork.run((tx) => new AccountStore(tx.em).replace(account.username, field, { was, to }))
      renewed++
    }
  }
  return renewed
}
