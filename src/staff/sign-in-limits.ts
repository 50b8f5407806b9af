import { AppError } from '../kernel/app-error.js'
import type { LimitName } from '../platform/http/limits.js'
import { fingerprint } from '../platform/secrets.js'
import { AccountStore } from './account.store.js'
import type { StaffDeps } from './staff-deps.js'
import { isUsername } from './staff-rules.js'

/**
 * A2: slowed down, then few tries for one name from one address, some from everywhere. A browser in which the person has
 * signed in before is counted by itself: nobody is locked out from afar, nor by a guest behind the same address.
 */
export function signInLimits(deps: StaffDeps, { username, device, address }: Tried) {
  const { limits, signInPace } = deps
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
  const spendAll = async () => {
    await spend('signInAs', from)
    if (device !== null) return
    await spend('signInFrom', address)
    await spend('signInAnywhere', name).catch((error: unknown) => unlessOneTime(deps, username, error))
  }
  return {
    /** Who is not let in, or whom nobody had time for, has used up nothing. */
    attempt: async <T>(look: () => Promise<T>): Promise<T> => {
      try {
        await spendAll()
        return await look()
      } catch (error) {
        if (error instanceof AppError && ['too-many', 'unavailable'].includes(error.kind)) await giveBack()
        throw error
      }
    },
    turn: () => signInPace.turn(from),
    wasRight: async () => {
      signInPace.right(from)
      await giveBack()
    },
  }
}

/** 90 bits are guessed by nobody: whom an admin has given a one-time password is let in while others try the name. */
async function unlessOneTime({ dataSource }: StaffDeps, username: string, refusal: unknown): Promise<void> {
  const account = isUsername(username) ? await new AccountStore(dataSource.manager).find(username) : null
  if (!account?.mustChangePassword) throw refusal
}

interface Tried {
  username: string
  device: string | null
  address: string
}
