import type { EntityManager } from 'typeorm'

/** What an action may do inside a unit of work. Await only the database here: no mail, HTTP or timers. */
export interface Tx {
  readonly em: EntityManager
  /** Makes this unit the only one that counts and changes what `names` stand for, until it ends. */
  own(...names: string[]): Promise<void>
  /** Writes it at the very end, together with the commit, which does not happen when it fails. */
  withCommit(write: LastWrite): void
  /** Runs once, after the commit; must not fail and is not awaited. What must not be lost is an outbox row instead. */
  afterCommit(effect: () => void): void
  /** Runs a part that is undone alone when it throws. */
  savepoint<T>(part: () => Promise<T>): Promise<T>
}

/** A statement that nobody asks anything about (`insertOf` in statements.ts). */
export interface LastWrite {
  sql: string
  values: unknown[]
}

export type Work<T> = (tx: Tx) => Promise<T>

/** What one attempt came to: the caller's answer or the refusal to throw, and what to do once it is committed. */
export interface Outcome<T> {
  settle(): T
  effects: (() => void)[]
  /** To be written with the commit. */
  last: LastWrite[]
}
