import { AccountStore } from '../access/index.js'
import { makeCreateAccount } from './create-account.js'
import { guessable, isCommon } from './guessable.js'
import { hashed, oneTimePassword } from './new-password.js'
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
  /** The settings' one is made of known words alone: it holds, and is to be changed. */
  isGuessable: boolean
}

/** A2: no default password. Makes the first admin while there is no account at all. @returns null when there is one */
export async function makeFirstAdmin(deps: FirstDeps, { password: given, ...named }: Given): Promise<NewAdmin | null> {
  const username = named.username.toLowerCase()
  if (!(await new AccountStore(deps.dataSource.manager).isEmpty())) return null
  if (given !== null) assertUsable(given, username)
  const password = given === null ? await oneTimePassword(deps.secrets, null) : await hashed(given)
  const isGuessable = given !== null && guessable(given, [username, ...(await deps.houseWords())]) !== null
  return deps.unitOfWork.run(async (tx) => {
    await tx.own(ACCOUNTS)
    if (!(await new AccountStore(tx.em).isEmpty())) return null
    await makeCreateAccount(deps)(tx, { username, role: 'admin', siteIds: [], password, who: 'system' })
    return { username, oneTimePassword: password.oneTime?.password ?? null, isGuessable }
  })
}

/** How long it is, its setting has been asked (config.ts). @throws Error that whoever starts the program can read */
function assertUsable(password: string, username: string): void {
  if (isCommon(password) || password.toLowerCase() === username) {
    throw new Error('ADMIN_PASSWORD is one of the first that are guessed: choose another')
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
