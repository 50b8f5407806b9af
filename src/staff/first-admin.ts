import { AppError } from '../kernel/app-error.js'
import { AccountStore } from './account.store.js'
import { makeCreateAccount } from './create-account.js'
import { chosenPassword, type NewPassword, oneTimePassword } from './new-password.js'
import { ACCOUNTS } from './renew-access.js'
import type { StaffDeps } from './staff-deps.js'

type Deps = Pick<StaffDeps, 'dataSource' | 'unitOfWork' | 'clock' | 'secrets' | 'siteIds'>

type FirstDeps = Deps & Pick<StaffDeps, 'houseWords'>

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
export async function makeFirstAdmin(deps: FirstDeps, { password: given, ...named }: Given): Promise<NewAdmin | null> {
  const username = named.username.toLowerCase()
  if (!(await new AccountStore(deps.dataSource.manager).isEmpty())) return null
  const password =
    given === null ? await oneTimePassword(deps.secrets, null) : await givenPassword(deps, username, given)
  return deps.unitOfWork.run(async (tx) => {
    await tx.own(ACCOUNTS)
    if (!(await new AccountStore(tx.em).isEmpty())) return null
    await makeCreateAccount(deps)(tx, { username, role: 'admin', siteIds: [], password, who: 'system' })
    return { username, oneTimePassword: password.oneTime?.password ?? null }
  })
}

/** @throws Error that whoever starts the program can read */
async function givenPassword(deps: FirstDeps, username: string, given: string): Promise<NewPassword> {
  try {
    return await chosenPassword(given, { username, totpId: null }, await deps.houseWords())
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    throw new Error('ADMIN_PASSWORD is too easy to guess: choose one that is not made of common words or of names', {
      cause: error,
    })
  }
}

/** `npm run admin -- create NAME`: another admin, also when all others are locked out. @throws conflict `username-taken` */
export async function makeAnotherAdmin(deps: Deps, username: string): Promise<string> {
  const password = await oneTimePassword(deps.secrets, null)
  await deps.unitOfWork.run((tx) =>
    makeCreateAccount(deps)(tx, { username, role: 'admin', siteIds: [], password, who: 'command' }),
  )
  return password.oneTime?.password ?? ''
}
