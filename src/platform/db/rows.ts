import type {
  EntityManager,
  InsertQueryBuilder,
  ObjectLiteral,
  QueryDeepPartialEntity,
  UpdateQueryBuilder,
} from 'typeorm'

/*
 * What a unit of work writes of an entity, in the query builder's words. `updateEntity(false)`: nothing is read back, and
 * the objects that were handed in stay as they are. Statements of the booking path are text: see statements.ts.
 */

type Row<T extends ObjectLiteral> = NoInfer<QueryDeepPartialEntity<T>>

/** @throws QueryFailedError, `isDuplicate` (db-errors.ts) for a key that is there already */
export async function addRows<T extends ObjectLiteral>(
  em: EntityManager,
  entity: new () => T,
  rows: Row<T> | Row<T>[],
): Promise<void> {
  if (Array.isArray(rows) && rows.length === 0) return
  await runBuilt(em, em.createQueryBuilder().insert().into(entity).values(rows).updateEntity(false))
}

interface Change<T extends ObjectLiteral> {
  set: Row<T>
  /** What the row's fields are equal to – nothing equals null –, or a condition with `:names`. */
  where: { [Field in keyof T]?: T[Field] } | string
  /** Of the names in a condition. */
  values?: ObjectLiteral
}

/** Changes the rows that are still as `where` says. @returns how many it met: of a guarded change 1 is won, 0 is lost */
export async function updateRows<T extends ObjectLiteral>(
  em: EntityManager,
  entity: new () => T,
  { set, where, values }: NoInfer<Change<T>>,
): Promise<number> {
  const [condition, named] = typeof where === 'string' ? [where, values] : [equal(where), where]
  const update = em.createQueryBuilder().update(entity).set(set).where(condition, named)
  return runBuilt(em, update.updateEntity(false))
}

/**
 * In a unit of work it is handed to the runner at once, before anything is awaited: what is asked together keeps the order
 * of the calls (together.ts). @returns how many rows it met
 */
export async function runBuilt<T extends ObjectLiteral>(
  { queryRunner }: EntityManager,
  built: InsertQueryBuilder<T> | UpdateQueryBuilder<T>,
): Promise<number> {
  if (!queryRunner) {
    const result = await built.execute()
    return ('affected' in result && result.affected) || 0
  }
  const [sql, values] = built.getQueryAndParameters()
  return (await queryRunner.query(sql, values, true)).affected ?? 0
}

/** Not the builder's own objects: of those an empty one means every row, and null means IS NULL. */
function equal(fields: ObjectLiteral): string {
  const names = Object.keys(fields)
  if (names.length === 0) throw new Error('which rows? a change names at least one field')
  return names.map((name) => `${name} = :${name}`).join(' AND ')
}
