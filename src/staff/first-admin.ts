import { AccountStore } from './account.store.js'
import { makeCreateAccount } from './create-account.js'
import { chosenPassword, oneTimePassword } from './new-password.js'
import { ACCOUNTS } from './renew-access.js'
import type { StaffDeps } from './staff-deps.js'

type Deps = Pick<StaffDeps, 'dataSource' | 'unitOfWork' | 'clock' | 'secrets' | 'siteIds'>

export interface Given {
  /** In any case. */
  username: string
  /** Null: a one-time one is made. */
  password: string | null
}

/** What to tell whoever started the program, once. */
export interface NewAdmin {
  username: string
  /** Null when the settings gave it. */
  oneTimePassword: string | null
}

/** A2: no default password. Makes the first admin while there is no account at all. @returns null when there is one */
export async function makeFirstAdmin(deps: Deps, { password: given, ...named }: Given): Promise<NewAdmin | null> {
  const username = named.username.toLowerCase()
  if (!(await new AccountStore(deps.dataSource.manager).isEmpty())) return null
  const password =
    given === null ? await oneTimePassword(deps.secrets) : await chosenPassword(given, { username, totpId: null })
  return deps.unitOfWork.run(async (tx) => {
    await tx.own(ACCOUNTS)
    if (!(await new AccountStore(tx.em).isEmpty())) return null
    await makeCreateAccount(deps)(tx, { username, role: 'admin', siteIds: [], password, who: 'system' })
    return { username, oneTimePassword: password.oneTime?.password ?? null }
  })
}

/** `npm run admin -- create NAME`: another admin, also when all others are locked out. @throws conflict `username-taken` */
export async function makeAnotherAdmin(deps: Deps, username: string): Promise<string> {
  const password = await oneTimePassword(deps.secrets)
  await deps.unitOfWork.run((tx) =>
    makeCreateAccount(deps)(tx, { username, role: 'admin', siteIds: [], password, who: 'command' }),
  )
  return password.oneTime?.password ?? ''
}
