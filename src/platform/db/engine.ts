import type { DataSource, EntityManager } from 'typeorm'

export const isSqlite = (dataSource: DataSource): boolean => dataSource.options.type === 'better-sqlite3'

/**
 * At the end of a SELECT: nobody changes what it reads before this transaction ends; readers of this kind do not hinder
 * each other. SQLite needs no clause: its writers already stand in line.
 */
export const readLock = (em: EntityManager): string => (isSqlite(em.dataSource) ? '' : ' LOCK IN SHARE MODE')
