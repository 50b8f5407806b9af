import type { Tx } from '../platform/db/tx.js'
import { SessionStore } from './session.store.js'

declare module '../platform/events.js' {
  interface HouseEvents {
    /** What this account may do, or whether it is signed in, is no longer what it was: open sockets are to be asked again. */
    'staff.changed': { username: string }
    /** Sessions whose time was over have been thrown away. */
    'sessions.ended': Record<string, never>
  }
}

export interface EndedSessions {
  sessionIds: readonly string[]
  /** Who ended them. */
  who: string
}

/** An open counter of a session (Q8). */
export interface HeldCounter {
  id: string
  name: string
  site: string
  /** The printed number of who is there. */
  ticket: string | null
}

export interface RenewedSession {
  from: string
  to: string
}

type Listener = (tx: Tx, ended: EndedSessions) => Promise<void>
type Heir = (tx: Tx, renewed: RenewedSession) => Promise<void>

/** Ends sessions, and tells whoever must act in the same unit of work: what they held is theirs no more (Q8). */
export class SessionEndings {
  private readonly listeners: Listener[] = []
  private readonly heirs: Heir[] = []
  private look: (sessionIds: readonly string[]) => Promise<HeldCounter[]> = () => Promise.resolve([])

  /** For rooms above this one. */
  on(listener: Listener): void {
    this.listeners.push(listener)
  }

  /** Who knows what sessions hold. */
  asksAbout(look: typeof this.look): void {
    this.look = look
  }

  /** What would be put aside and closed if these sessions ended: to be asked about before. */
  heldBy(sessionIds: readonly string[]): Promise<HeldCounter[]> {
    return this.look(sessionIds)
  }

  /** For what goes over to the session that takes another's place. */
  onRenewal(heir: Heir): void {
    this.heirs.push(heir)
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

  /** Nothing ends, but what the sessions of an account hold may be theirs no more: it is let go (A1). */
  async letGo(tx: Tx, username: string, who: string): Promise<void> {
    await this.tell(tx, { sessionIds: await new SessionStore(tx.em).idsOf(username), who })
  }

  /** All of an account end but the new one, which has what the one before it held. */
  async renew(tx: Tx, { username, ...renewed }: RenewedSession & { username: string }): Promise<void> {
    const sessions = new SessionStore(tx.em)
    for (const heir of this.heirs) await heir(tx, renewed)
    const sessionIds = (await sessions.idsOf(username)).filter((id) => id !== renewed.to)
    for (const id of sessionIds) await sessions.end(id)
    await this.tell(tx, { sessionIds, who: username })
  }

  private async tell(tx: Tx, ended: EndedSessions): Promise<void> {
    for (const listener of this.listeners) await listener(tx, ended)
  }
}
