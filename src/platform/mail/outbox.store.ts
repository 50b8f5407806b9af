import { Brackets, type EntityManager } from 'typeorm'
import { updateRows } from '../db/rows.js'
import type { Tx } from '../db/tx.js'
import type { OutboxState } from './message.shape.js'
import { OutboxEntity } from './outbox.entity.js'

/** What has become of one try. `dueAt` is set when there is to be another. */
export interface TryOutcome {
  state: OutboxState
  sentAt: Date | null
  triedAt: Date
  dueAt: Date | null
  cause: string | null
}

export interface Backlog {
  waiting: number
  failed: number
  /** When the oldest waiting row was written; null when none waits. */
  oldestAt: Date | null
}

const free = (now: Date) =>
  new Brackets((row) => row.where('leased_until IS NULL').orWhere('leased_until <= :now', { now }))

export class OutboxStore {
  constructor(private readonly em: EntityManager) {}

  /** Rows that wait, are due and that nobody is sending, oldest first. */
  due(now: Date, limit: number): Promise<OutboxEntity[]> {
    return this.em
      .createQueryBuilder(OutboxEntity, 'mail')
      .where("mail.state = 'waiting' AND mail.dueAt <= :now", { now })
      .andWhere(new Brackets((row) => row.where('mail.leasedUntil IS NULL').orWhere('mail.leasedUntil <= :now')))
      .orderBy('mail.dueAt', 'ASC')
      .addOrderBy('mail.id', 'ASC')
      .limit(limit)
      .getMany()
  }

  async backlog(): Promise<Backlog> {
    const count = (state: OutboxState) => this.em.countBy(OutboxEntity, { state })
    const oldest = await this.em.findOne(OutboxEntity, { where: { state: 'waiting' }, order: { createdAt: 'ASC' } })
    return { waiting: await count('waiting'), failed: await count('failed'), oldestAt: oldest?.createdAt ?? null }
  }

  /** Keeps the end of the try that `claimMail` began. @returns false when another instance has begun a later one */
  async record(row: OutboxEntity, outcome: TryOutcome): Promise<boolean> {
    const set = { ...outcome, dueAt: outcome.dueAt ?? row.dueAt, leasedUntil: null }
    const where = { id: row.id, state: 'waiting', attempts: row.attempts + 1 } as const
    return (await updateRows(this.em, OutboxEntity, { set, where })) === 1
  }
}

/**
 * Takes a row for one try, until `leasedUntil`. Mails about one thing go one after another, so that no "confirmed" can
 * overtake its "cancelled" on the way. @returns false when another has it, or another mail of its subject is on its way
 */
export async function claimMail(tx: Tx, row: OutboxEntity, lease: { now: Date; until: Date }): Promise<boolean> {
  await tx.own(`mail:${row.subjectId}`)
  const onItsWay = await tx.em
    .createQueryBuilder(OutboxEntity, 'other')
    .where("other.subjectId = :subjectId AND other.state = 'waiting'", { subjectId: row.subjectId })
    .andWhere('other.id <> :id AND other.leasedUntil > :now', { id: row.id, now: lease.now })
    .getCount()
  if (onItsWay > 0) return false
  const done = await tx.em
    .createQueryBuilder()
    .update(OutboxEntity)
    .set({ leasedUntil: lease.until, attempts: row.attempts + 1 })
    .where("id = :id AND state = 'waiting' AND attempts = :attempts", { id: row.id, attempts: row.attempts })
    .andWhere(free(lease.now))
    .updateEntity(false)
    .execute()
  return done.affected === 1
}
