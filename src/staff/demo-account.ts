import { randomBytes } from 'node:crypto'
import { AccountStore, SessionStore } from '../access/index.js'
import { auditAccount } from './audit-account.js'
import { makeCreateAccount } from './create-account.js'
import { chosenPassword } from './new-password.js'
import { ACCOUNTS } from './renew-access.js'
import type { StaffDeps } from './staff-deps.js'

const POST = { username: 'demo', role: 'manager' } as const

/** An account for the player of `npm run demo:day`, with a password nobody else is told (A2); a new one at each time. */
export async function openDemoAccount({
  clock,
  siteIds,
  unitOfWork,
}: Pick<StaffDeps, 'clock' | 'siteIds' | 'unitOfWork'>): Promise<{ username: string; password: string }> {
  const password = randomBytes(24).toString('base64url')
  const chosen = await chosenPassword(password, { username: POST.username, totpId: null }, [])
  const post = { ...POST, siteIds: await siteIds() }
  await unitOfWork.run(async (tx) => {
    await tx.own(ACCOUNTS)
    const store = new AccountStore(tx.em)
    const was = await store.find(POST.username)
    if (!was) return makeCreateAccount({ clock, siteIds })(tx, { ...post, password: chosen, who: 'demo-day' })
    const to = { ...chosen.to, role: post.role, siteIds: post.siteIds, isActive: true }
    await store.change(POST.username, to)
    await new SessionStore(tx.em).endAll(POST.username)
    await auditAccount(tx, { at: clock(), who: 'demo-day', what: 'change-account', was, is: { ...was, ...to } })
    return was
  })
  return { username: POST.username, password }
}
