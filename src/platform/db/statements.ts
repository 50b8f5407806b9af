import type { EntityManager, EntityMetadata, QueryRunner } from 'typeorm'
import { isSqlite } from './engine.js'
import type { LastWrite } from './tx.js'

/*
 * Statements of the booking path, kept as text. TypeORM's query builder writes the same text anew each time, which took
 * more of a booking than the database did (npm run bench). Everything else uses the query builder. Each is handed to the
 * runner before anything is awaited: what is asked together keeps the order of the calls.
 */

const runnerOf = ({ queryRunner }: EntityManager): QueryRunner => {
  if (!queryRunner) throw new Error('statements that write run inside a unit of work')
  return queryRunner
}

/** SQLite keeps instants as TypeORM writes them: UTC text with milliseconds. */
const stored = (value: unknown): unknown =>
  value instanceof Date ? value.toISOString().replace('T', ' ').slice(0, -1) : value

/** The instant of a raw row: a Date on MySQL, UTC text on SQLite. */
export const instantOf = (value: Date | string): Date =>
  value instanceof Date ? value : new Date(`${value.replace(' ', 'T')}Z`)

const bound = (em: EntityManager, values: readonly unknown[]): unknown[] =>
  isSqlite(em.dataSource) ? values.map(stored) : [...values]

/**
 * Runs a SELECT of this unit; outside of one, of what is committed, and without waiting for who writes.
 * @returns rows as the driver gives them, by column name
 */
export async function selectRows<T extends object>(
  em: EntityManager,
  sql: string,
  values: readonly unknown[],
): Promise<T[]> {
  if (em.queryRunner) return em.queryRunner.query(sql, bound(em, values)) as Promise<T[]>
  const reader = em.dataSource.createQueryRunner('slave')
  try {
    return (await reader.query(sql, bound(em, values))) as T[]
  } finally {
    await reader.release()
  }
}

/** Runs an UPDATE or DELETE of this unit. @returns how many rows it met */
export async function changeRows(em: EntityManager, sql: string, values: readonly unknown[]): Promise<number> {
  return (await runnerOf(em).query(sql, bound(em, values), true)).affected ?? 0
}

interface Insert {
  sql: string
  columns: EntityMetadata['columns']
}

const inserts = new WeakMap<EntityManager['dataSource'], Map<new () => object, Insert>>()

/** The statement and its columns, those left out that the database numbers by itself. */
function insertInto({ dataSource }: EntityManager, entity: new () => object): Insert {
  const ofSource = inserts.get(dataSource) ?? new Map<new () => object, Insert>()
  inserts.set(dataSource, ofSource)
  const known = ofSource.get(entity)
  if (known) return known
  const { driver } = dataSource
  const metadata = dataSource.getMetadata(entity)
  const columns = metadata.columns.filter((column) => !column.isGenerated)
  const names = columns.map((column) => driver.escape(column.databaseName)).join(', ')
  const places = columns.map(() => '?').join(', ')
  const insert = { sql: `INSERT INTO ${driver.escape(metadata.tableName)} (${names}) VALUES (${places})`, columns }
  ofSource.set(entity, insert)
  return insert
}

/** The insert of one row, unsaid; a field that is missing becomes NULL. */
export function insertOf<T extends object>(em: EntityManager, entity: new () => T, row: Partial<T>): LastWrite {
  const { sql, columns } = insertInto(em, entity)
  const { driver } = em.dataSource
  const values = columns.map((column): unknown => {
    const value: unknown = column.getEntityValue(row)
    return value === undefined ? null : (driver.preparePersistentValue(value, column) as unknown)
  })
  return { sql, values }
}

/** Inserts one row; a field that is missing becomes NULL. @throws QueryFailedError as the query builder's insert does */
export async function insertRow<T extends object>(
  em: EntityManager,
  entity: new () => T,
  row: Partial<T>,
): Promise<void> {
  const { sql, values } = insertOf(em, entity, row)
  await runnerOf(em).query(sql, values)
}
