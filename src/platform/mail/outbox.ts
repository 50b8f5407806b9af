import { randomUUID } from 'node:crypto'
import { addRows, updateRows } from '../db/rows.js'
import { insertRow } from '../db/statements.js'
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
export const addToOutbox = (tx: Tx, event: OutboxEvent): Promise<void> =>
  insertRow(tx.em, OutboxEntity, newOutboxRow(event))

/** True when the mail of this event is queued or sent already. */
export const isInOutbox = (tx: Tx, { kind, subjectId, occurrence }: Omit<OutboxEvent, 'dueAt'>): Promise<boolean> =>
  tx.em.exists(OutboxEntity, { where: { kind, subjectId, occurrence } })

/** What waits about a thing and is not to be read any more: told by other mails, or by none (L4). */
export const supersede = async (
  tx: Tx,
  { subjectId, kinds }: { subjectId: string; kinds: readonly string[] },
): Promise<void> => {
  const set = { state: 'skipped', cause: 'superseded', leasedUntil: null } as const
  const where = "subjectId = :subjectId AND state = 'waiting' AND kind IN (:...kinds)"
  await updateRows(tx.em, OutboxEntity, { set, where, values: { subjectId, kinds: [...kinds] } })
}

/** Some mails at once, in one statement; at most a few hundred. */
export async function addAllToOutbox(tx: Tx, events: readonly OutboxEvent[]): Promise<void> {
  const rows = events.map(newOutboxRow)
  await addRows(tx.em, OutboxEntity, rows)
}

export const newOutboxRow = (event: OutboxEvent): OutboxEntity => ({
  id: randomUUID(),
  ...event,
  state: 'waiting',
  attempts: 0,
  leasedUntil: null,
  cause: null,
  sentAt: null,
  triedAt: null,
  recipientHash: null,
  countedAt: null,
  createdAt: event.dueAt,
})
