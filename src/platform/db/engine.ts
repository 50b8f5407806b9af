import type { DataSource } from 'typeorm'

export const isSqlite = (dataSource: DataSource): boolean => dataSource.options.type === 'better-sqlite3'
