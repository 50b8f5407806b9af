import type { Clock } from '../kernel/clock.js'
import type { Tx } from '../platform/db/tx.js'
import { isAlive } from './account.js'
import { mayAt } from './actor.js'
import { SessionStore } from './session.store.js'
import { staffActor } from './who-asks.js'

/** Whether a session lives, and its account may (still) work the queue of a site (A1, A2). */
export type IsAtWork = (em: Tx['em'], sessionId: string, siteId: string) => Promise<boolean>

export const makeIsAtWork =
  ({ clock }: { clock: Clock }): IsAtWork =>
  async (em, sessionId, siteId) => {
    const found = await new SessionStore(em).findById(sessionId)
    if (!found || !found.account.isActive || !isAlive(found.session, clock())) return false
    return mayAt(staffActor(found), 'queue:work', siteId)
  }
