import { randomUUID } from 'node:crypto'
import type { Tx } from '../db/tx.js'
import { OutboxEntity } from './outbox.entity.js'

declare module '../events.js' {
  interface HouseEvents {
    /** Something waits in the outbox: the sender need not wait for its next round. */
    'outbox.added': Record<string, never>
  }
}

export interface OutboxEvent {
  kind: string
  subjectId: string
  occurrence: string
  /** When it may be sent. */
  dueAt: Date
}

/** Puts a mail into the transaction of the change it tells of: none lost, none for what is rolled back (L4). */
export async function addToOutbox(tx: Tx, event: OutboxEvent): Promise<void> {
  await tx.em
    .createQueryBuilder()
    .insert()
    .into(OutboxEntity)
    .values({ id: randomUUID(), ...event, state: 'waiting', attempts: 0, createdAt: event.dueAt })
    .updateEntity(false)
    .execute()
}
