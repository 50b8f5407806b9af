import { Brackets, type EntityManager } from 'typeorm'
import { conflict } from '../../kernel/app-error.js'
import { instantOf } from '../db/statements.js'
import type { Tx } from '../db/tx.js'
import { OutboxEntity } from '../mail/outbox.entity.js'
import { InstallationStore, ownInstallation } from './installation.store.js'

/** Mails of one kind that wait. */
export interface HeldKind {
  kind: string
  count: number
  /** Of these, how many came with the backup: they may have left already. */
  fromBackup: number
  oldestAt: Date
  newestAt: Date
}

export interface HeldMail {
  /** When the restore was found; null while nothing is held. */
  since: Date | null
  kinds: HeldKind[]
}

type Row = { kind: string } & Record<'count' | 'fromBackup', number | string> &
  Record<'oldestAt' | 'newestAt', Date | string>

/** What waits, by kind, most first; nothing while mail leaves as it should. */
export async function heldMail(em: EntityManager): Promise<HeldMail> {
  const since = await new InstallationStore(em).mailHeldSince()
  if (!since) return { since, kinds: [] }
  const rows = await em
    .createQueryBuilder(OutboxEntity, 'mail')
    .select('mail.kind', 'kind')
    .addSelect('COUNT(*)', 'count')
    .addSelect('SUM(CASE WHEN mail.createdAt <= :since THEN 1 ELSE 0 END)', 'fromBackup')
    .addSelect('MIN(mail.createdAt)', 'oldestAt')
    .addSelect('MAX(mail.createdAt)', 'newestAt')
    .where("mail.state = 'waiting'", { since })
    .groupBy('mail.kind')
    .orderBy('count', 'DESC')
    .getRawMany<Row>()
  const kinds = rows.map(({ kind, count, fromBackup, oldestAt, newestAt }) => ({
    kind,
    count: Number(count),
    fromBackup: Number(fromBackup),
    oldestAt: instantOf(oldestAt),
    newestAt: instantOf(newestAt),
  }))
  return { since, kinds }
}

export interface Release {
  action: 'send' | 'drop'
  /** Which kinds are dropped; null: all. */
  kinds: string[] | null
  /** Mails written until then are dropped; null: those that came with the backup. */
  until: Date | null
}

/**
 * Ends the holding: `send` lets everything go that waits, `drop` first throws away what came with the backup. Dropping
 * some kinds alone leaves the others held. @returns how many were dropped. @throws conflict `mail-not-held`
 */
export async function releaseMail(tx: Tx, { action, kinds, until }: Release): Promise<number> {
  await ownInstallation(tx)
  const store = new InstallationStore(tx.em)
  const since = await store.mailHeldSince()
  if (!since) throw conflict('mail-not-held')
  const dropped = action === 'drop' ? await drop(tx, { kinds, until: until ?? since }) : 0
  if (action === 'send' || kinds === null) await store.holdMail(null)
  return dropped
}

async function drop(tx: Tx, { kinds, until }: { kinds: string[] | null; until: Date }): Promise<number> {
  const done = await tx.em
    .createQueryBuilder()
    .update(OutboxEntity)
    .set({ state: 'skipped', cause: 'restored' })
    .where("state = 'waiting' AND createdAt <= :until", { until })
    .andWhere(new Brackets((row) => (kinds ? row.where('kind IN (:...kinds)', { kinds }) : row.where('1 = 1'))))
    .updateEntity(false)
    .execute()
  return done.affected ?? 0
}
