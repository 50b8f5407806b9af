import { createHash } from 'node:crypto'
import { Column, Entity, type EntityManager, PrimaryColumn } from 'typeorm'
import { isSqlite } from './engine.js'
import { changeRows } from './statements.js'

/** Enough that two people hardly ever wait for each other, few enough to need no cleaning. */
const BUCKETS = 4096

/** A row to stand in line at. Names are hashed into buckets, so nothing of a person stays behind. */
@Entity('ownership')
export class OwnershipEntity {
  @PrimaryColumn('integer') bucket!: number
  /** Grows with every owner; its value means nothing, that it was written does. */
  @Column('integer', { default: 0 }) turn!: number
}

const bucketOf = (name: string): number => createHash('sha256').update(name).digest().readUInt32BE(0) % BUCKETS

/**
 * Locks the names' rows in one fixed order, so that two units never wait for each other crosswise. The row is really
 * written: on a cluster locks are each node's own, and only what two units both wrote refuses one of them at its commit
 * (T52; docs/decisions/021).
 */
export async function ownNames(em: EntityManager, names: readonly string[]): Promise<void> {
  if (isSqlite(em.dataSource)) return
  const buckets = [...new Set(names.map(bucketOf))].sort((a, b) => a - b)
  const places = buckets.map(() => '(?)').join(',')
  const sql = `INSERT INTO ownership (bucket) VALUES ${places} ON DUPLICATE KEY UPDATE turn = turn + 1`
  await changeRows(em, sql, buckets)
}
