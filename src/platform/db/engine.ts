import type { DataSource, EntityManager, SelectQueryBuilder, ObjectLiteral } from 'typeorm'

export const isSqlite = (dataSource: DataSource): boolean => dataSource.options.type === 'better-sqlite3'

/**
 * Reads rows so that nobody changes them before this transaction ends; readers of this kind do not hinder each other.
 * SQLite needs no clause: its writers already stand in line.
 */
export function readLocked<T extends ObjectLiteral>(
  em: EntityManager,
  query: SelectQueryBuilder<T>,
): SelectQueryBuilder<T> {
  return isSqlite(em.dataSource) ? query : query.setLock('pessimistic_read')
}
