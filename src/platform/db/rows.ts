import type { EntityManager, ObjectLiteral, QueryDeepPartialEntity } from 'typeorm'

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
  await em.createQueryBuilder().insert().into(entity).values(rows).updateEntity(false).execute()
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
  return (await update.updateEntity(false).execute()).affected ?? 0
}

/** Not the builder's own objects: of those an empty one means every row, and null means IS NULL. */
function equal(fields: ObjectLiteral): string {
  const names = Object.keys(fields)
  if (names.length === 0) throw new Error('which rows? a change names at least one field')
  return names.map((name) => `${name} = :${name}`).join(' AND ')
}
