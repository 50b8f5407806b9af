import type { Tx } from '../platform/db/tx.js'
import { SessionStore } from './session.store.js'

export interface EndedSessions {
  sessionIds: readonly string[]
  /** Who ended them. */
  who: string
}

type Listener = (tx: Tx, ended: EndedSessions) => Promise<void>

/** Ends sessions, and tells whoever must act in the same unit of work: what they held is theirs no more (Q8). */
export class SessionEndings {
  private readonly listeners: Listener[] = []

  /** For rooms above this one. */
  on(listener: Listener): void {
    this.listeners.push(listener)
  }

  async endOne(tx: Tx, sessionId: string, who: string): Promise<void> {
    await new SessionStore(tx.em).end(sessionId)
    await this.tell(tx, { sessionIds: [sessionId], who })
  }

  /** All of an account. */
  async endAll(tx: Tx, username: string, who: string): Promise<void> {
    const sessions = new SessionStore(tx.em)
    const sessionIds = await sessions.idsOf(username)
    await sessions.endAll(username)
    await this.tell(tx, { sessionIds, who })
  }

  private async tell(tx: Tx, ended: EndedSessions): Promise<void> {
    for (const listener of this.listeners) await listener(tx, ended)
  }
}
