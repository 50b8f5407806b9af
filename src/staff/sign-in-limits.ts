import { AppError } from '../kernel/app-error.js'
import type { LimitName } from '../platform/http/limits.js'
import { fingerprint } from '../platform/secrets.js'
import type { Account } from '../access/index.js'
import type { StaffDeps } from './staff-deps.js'

/**
 * A2: slowed down, then few tries for one name from one address, some from everywhere. A browser in which the person has
 * signed in before is counted by itself: nobody is locked out from afar, nor by a guest behind the same address.
 */
export function signInLimits({ limits, signInPace }: StaffDeps, { username, device, address }: Tried) {
  const name = fingerprint(username)
  const from = `${name} ${device ?? address}`
  const spent: [LimitName, string][] = []
  const spend = async (limit: LimitName, key: string) => {
    await limits.spend(limit, key)
    spent.push([limit, key])
  }
  const giveBack = async () => {
    for (const [limit, key] of spent.splice(0)) await limits.giveBack(limit, key)
  }
  /** Who is not let in, or whom nobody had time for, has used up nothing. */
  const orGiveBack = <T>(work: () => Promise<T>): Promise<T> =>
    work().catch(async (error: unknown) => {
      if (isRefusal(error)) await giveBack()
      throw error
    })
  /** @returns the refusal that is due while others try the name from everywhere; null when it is quiet */
  const spendAll = async (): Promise<AppError | null> => {
    await spend('signInAs', from)
    if (device !== null) return null
    await spend('signInFrom', address)
    return spend('signInAnywhere', name).then(() => null, refusalOf)
  }
  return {
    attempt: (look: () => Promise<Account>): Promise<Account> =>
      orGiveBack(async () => {
        const refusal = await spendAll()
        return refusal === null ? look() : lookInCrowd(look, refusal)
      }),
    attemptCode: <Step>(look: () => Promise<Step | 'wrong'>) => orGiveBack(() => attemptCode({ limits, name }, look)),
    turn: () => signInPace.turn(from),
    wasRight: async () => {
      signInPace.right(from)
      await giveBack()
    },
  }
}

/** The code, once the password was right: counted from wherever it is tried, by whatever browser. */
async function attemptCode<Step>(
  { limits, name }: Pick<StaffDeps, 'limits'> & { name: string },
  look: () => Promise<Step | 'wrong'>,
): Promise<Step | 'wrong'> {
  await limits.spend('secondFactor', name)
  const step = await look()
  if (step !== 'wrong') await limits.giveBack('secondFactor', name)
  return step
}

const isRefusal = (error: unknown): error is AppError =>
  error instanceof AppError && ['too-many', 'unavailable'].includes(error.kind)

/** @throws what is none */
function refusalOf(error: unknown): AppError {
  if (isRefusal(error)) return error
  throw error
}

/**
 * 90 bits are guessed by nobody: whom an admin has given a one-time password is let in with it while others try the
 * name. Whoever has not hears the same of every name, after the same time: the answer tells nothing of accounts.
 */
async function lookInCrowd(look: () => Promise<Account>, refusal: AppError): Promise<Account> {
  const account = await look().catch((error: unknown) => {
    const isWrong = error instanceof AppError && error.kind === 'unauthenticated' && error.code !== 'password-ended'
    throw isWrong ? refusal : error
  })
  if (!isOneTime(account)) throw refusal
  return account
}

/** A short password that must be changed was chosen, with TOTP that is gone: it is no one-time one. */
const isOneTime = ({ mustChangePassword, passwordIsLong }: Account): boolean => mustChangePassword && passwordIsLong

interface Tried {
  username: string
  device: string | null
  address: string
}
