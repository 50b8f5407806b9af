import { AccountStore } from '../access/index.js'
import type { StaffDeps } from './staff-deps.js'
import { RecoveryCodeStore } from './recovery-code.store.js'
import { sealTotpAnew } from './totp.js'

/** What of an account is sealed. */
const FIELDS = ['totpId', 'newTotpId'] as const

/** Of how many people something still rests under another secret than today's, after what can be renewed was. */
export interface AccessOfOld {
  totp: number
  recoveryCodes: number
}

export async function accessOfOld({
  dataSource: { manager },
  secrets: { keyId },
}: Pick<StaffDeps, 'dataSource' | 'secrets'>): Promise<AccessOfOld> {
  const accounts = await new AccountStore(manager).all()
  return {
    totp: accounts.filter(({ isActive, totpId }) => isActive && totpId?.startsWith(`${keyId}.`) === false).length,
    recoveryCodes: await new RecoveryCodeStore(manager).peopleWithOthers(keyId),
  }
}

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
