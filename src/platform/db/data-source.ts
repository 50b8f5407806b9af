import type { DataSourceOptions } from 'typeorm'
import { DataSource } from 'typeorm'
import { isSqlite } from './engine.js'
import { isolateSqlite } from './isolate-sqlite.js'
import { askServer, assertDurable, CONNECT_MS, prepareSessions } from './mysql-server.js'
import { readyFile, sqliteFile, WAL_BYTES } from './sqlite-file.js'
import type { Log } from '../log.js'

// biome-ignore lint/complexity/noBannedTypes: TypeORM's own word for a class
type Class = Function

export interface DatabaseSettings {
  databaseUrl: string | null
  dataDir: string
  production: boolean
}

export interface Tables {
  entities: readonly Class[]
  migrations: readonly Class[]
}

/** Of each of the two pools: with the query builder one Node process is busy at 10 connections already. */
const POOL = 10

const common = ({ entities, migrations }: Tables) => ({
  entities: [...entities],
  migrations: [...migrations],
  migrationsTransactionMode: 'each' as const,
  synchronize: false,
  logging: false,
})

/** Options for the engine that the settings name. Asks a server what it is. */
export async function dataSourceOptions(
  settings: DatabaseSettings,
  tables: Tables,
  log: Log,
): Promise<DataSourceOptions> {
  if (settings.databaseUrl === null) return sqliteOptions(settings.dataDir, tables)
  const facts = await askServer(settings.databaseUrl)
  assertDurable(facts, settings.production, log)
  return {
    ...common(tables),
    type: facts.type,
    url: settings.databaseUrl.replace(/^(mysql|mariadb):/, `${facts.type}:`),
    charset: 'utf8mb4',
    timezone: 'Z',
    poolSize: POOL,
    connectTimeout: CONNECT_MS,
    // mysql2 would note down at each statement from where it was asked; TypeORM's own error says it.
    trace: false,
    extra: { queueLimit: 500, enableKeepAlive: true, idleTimeout: 60_000, maxIdle: POOL },
  } as DataSourceOptions
}

function sqliteOptions(dataDir: string, tables: Tables): DataSourceOptions {
  readyFile(dataDir)
  return {
    ...common(tables),
    type: 'better-sqlite3',
    database: sqliteFile(dataDir),
    enableWAL: true,
    // The driver would wait for another process's lock by stopping the event loop (T55; isolate-sqlite.ts waits).
    timeout: 0,
    prepareDatabase: (database: { pragma(text: string): void }) => {
      // WAL alone may lose the last commits with the power; FULL syncs each (issue: acknowledged writes are durable).
      database.pragma('synchronous = FULL')
      database.pragma(`journal_size_limit = ${WAL_BYTES}`)
    },
  }
}

/** An open database of the right engine, not yet migrated. */
export async function openDatabase(settings: DatabaseSettings, tables: Tables, log: Log): Promise<DataSource> {
  const dataSource = new DataSource(await dataSourceOptions(settings, tables, log))
  await dataSource.initialize()
  if (isSqlite(dataSource)) isolateSqlite(dataSource)
  else await prepareSessions(dataSource)
  return dataSource
}
