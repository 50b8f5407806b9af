import { HOUR_MS, DAY_MS } from '../../kernel/clock.js'
import { type EntityManager, IsNull, Like, MoreThan, Not } from 'typeorm'
import type { Tx } from '../db/tx.js'
import { insertRow } from '../db/statements.js'
import { newOutboxRow } from './outbox.js'
import { OutboxEntity } from './outbox.entity.js'

/** X5: beyond so many messages to one recipient those that follow are merged into one. */
export interface MailLimits {
  perHour: number
  perDay: number
}

export const MAIL_LIMITS: MailLimits = { perHour: 6, perDay: 12 }

/** The message into which others are merged: it says how things stand when it is sent. */
export const PRESENT_STATE = 'present-state'

/** Whom a message is for. */
export interface Recipient {
  /** Keyed hash of the normalised address: what counts. */
  hash: string
  /** Eight digits of a keyed hash of the address as it is: only what goes to the very same one is merged. */
  mark: string
}

/** Send it; send it not before then; or it is told by another. */
export type Admission = 'send' | 'merged' | { notBefore: Date }

/** X5, decided while nobody else writes to the same recipient, by what all instances have sent. */
export async function admitMail(
  tx: Tx,
  row: OutboxEntity,
  { recipient, limits, now }: { recipient: Recipient; limits: MailLimits; now: Date },
): Promise<Admission> {
  await tx.own(`recipient:${recipient.hash}`)
  const free = freeAt(
    await countedTimes(tx.em, { id: row.id, hash: recipient.hash, since: new Date(now.getTime() - DAY_MS) }),
    limits,
  )
  if (free === null || free <= now) {
    await tx.em.update(OutboxEntity, { id: row.id }, { recipientHash: recipient.hash, countedAt: now })
    return 'send'
  }
  if (row.kind === PRESENT_STATE) return { notBefore: free }
  if (!(await isMergedLater(tx.em, recipient))) await insertRow(tx.em, OutboxEntity, merged(row, recipient, free))
  return 'merged'
}

interface Sought {
  id: string
  hash: string
  since: Date
}

/** When messages of the last day went there, newest first; a message that is tried again counts once. */
async function countedTimes(em: EntityManager, { id, hash, since }: Sought): Promise<Date[]> {
  const where = { id: Not(id), recipientHash: hash, countedAt: MoreThan(since) }
  const rows = await em.find(OutboxEntity, { select: { countedAt: true }, where, order: { countedAt: 'DESC' } })
  return rows.flatMap(({ countedAt }) => (countedAt === null ? [] : [countedAt]))
}

/** When the next may go; null when it may at any time. */
function freeAt(times: readonly Date[], { perHour, perDay }: MailLimits): Date | null {
  const ends = [
    [times[perHour - 1], HOUR_MS],
    [times[perDay - 1], DAY_MS],
  ] as const
  const waits = ends.flatMap(([at, ms]) => (at ? [at.getTime() + ms] : []))
  return waits.length === 0 ? null : new Date(Math.max(...waits))
}

/** What counts already is on its way, and was written before this message was known. */
const isMergedLater = (em: EntityManager, { hash, mark }: Recipient): Promise<boolean> =>
  em.exists(OutboxEntity, {
    where: {
      kind: PRESENT_STATE,
      state: 'waiting',
      recipientHash: hash,
      countedAt: IsNull(),
      occurrence: Like(`${mark}%`),
    },
  })

const merged = (row: OutboxEntity, { hash, mark }: Recipient, dueAt: Date): OutboxEntity => ({
  ...newOutboxRow({
    kind: PRESENT_STATE,
    subjectId: row.subjectId,
    occurrence: `${mark}${dueAt.getTime().toString(36)}`,
    dueAt,
  }),
  recipientHash: hash,
})
