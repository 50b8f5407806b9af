import type { DataSource } from 'typeorm'
import { migrations } from '../../migrations/index.js'
import { entities } from '../../src/entities.js'
import { openDatabase } from '../../src/platform/db/data-source.js'
import { migrate } from '../../src/platform/db/migrate.js'
import { UnitOfWork } from '../../src/platform/db/unit-of-work.js'
import { makeLog } from '../../src/platform/log.js'
import { atEnd } from './at-end.js'
import { type Engine, MARIADB, SQLITE } from './engines.js'
import { removeFolder, temporaryFolder } from './servers.js'
import { fileTemplate, serverTemplate, type Template } from './template.js'

/** A database of the app's own kind, opened and migrated by the app's own code, empty of rows. */
export interface TestDatabase {
  dataSource: DataSource
  unitOfWork: UnitOfWork
  /** `DATABASE_URL`; null on SQLite, whose file lies in `dataDir`. */
  url: string | null
  dataDir: string
  /** Every row of every table, for "before equals after"; tables of `ignored` left out. */
  contents(...ignored: string[]): Promise<Record<string, unknown[]>>
  /** Deletes every row: quicker between tests than a new database. */
  clear(): Promise<void>
  /** Closes it and deletes its files. */
  close(): Promise<void>
}

interface Place {
  url: string | null
  dataDir: string
}

/** A place where nobody has been. */
const newPlace = async (engine: Engine): Promise<Place> => ({
  url: await engine.freshUrl(),
  dataDir: temporaryFolder(),
})

async function open({ url, dataDir }: Place): Promise<DataSource> {
  const settings = { databaseUrl: url, dataDir, production: false }
  const dataSource = await openDatabase(settings, { entities, migrations }, makeLog('silent'))
  await migrate(dataSource)
  return dataSource
}

/** Migrations run once a run for each engine; a copy of their tables is there in a fraction of the time. */
async function makeTemplate(engine: Engine): Promise<Template> {
  const place = await newPlace(engine)
  const dataSource = await open(place)
  const made = place.url === null ? fileTemplate(place.dataDir) : await serverTemplate(dataSource, place.url)
  await dataSource.destroy()
  atEnd(() => removeFolder(place.dataDir))
  return made
}

const templates = new Map<Engine, Promise<Template>>()

function templateOf(engine: Engine): Promise<Template> {
  const template = templates.get(engine) ?? makeTemplate(engine)
  templates.set(engine, template)
  return template
}

/** Opens a new database on `engine`; call it in `before`, `close` in `after`. */
export async function openTestDatabase(engine: Engine): Promise<TestDatabase> {
  const place = await newPlace(engine)
  const { url, dataDir } = place
  if (engine === SQLITE || engine === MARIADB) await (await templateOf(engine)).copyTo(place)
  const dataSource = await open(place)
  const unitOfWork = new UnitOfWork(dataSource)
  const close = async () => {
    if (dataSource.isInitialized) {
      // A server with hundreds of databases takes seconds to say which tables there are; the next suite asks.
      if (url !== null)
        await dataSource.query(`DROP DATABASE \`${new URL(url).pathname.slice(1)}\``).catch(() => undefined)
      await dataSource.destroy()
    }
    removeFolder(dataDir)
  }
  atEnd(close) // for suites that fail before their own `after`
  return {
    dataSource,
    unitOfWork,
    url,
    dataDir,
    contents: (...ignored) => contentsOf(dataSource, ignored),
    clear: () => clearTables(dataSource, unitOfWork),
    close,
  }
}

/** Every row of every table as the driver reads it, in the order of the primary keys. */
export async function contentsOf(
  dataSource: DataSource,
  ignored: readonly string[] = [],
): Promise<Record<string, unknown[]>> {
  const all: Record<string, unknown[]> = {}
  for (const { tableName, target, primaryColumns } of dataSource.entityMetadatas) {
    if (ignored.includes(tableName)) continue
    const order = Object.fromEntries(primaryColumns.map((column) => [`row.${column.propertyName}`, 'ASC' as const]))
    all[tableName] = await dataSource.manager.createQueryBuilder(target, 'row').orderBy(order).getRawMany()
  }
  return all
}

const clearTables = (dataSource: DataSource, unitOfWork: UnitOfWork): Promise<void> =>
  unitOfWork.run(async ({ em }) => {
    for (const { target } of dataSource.entityMetadatas) await em.createQueryBuilder().delete().from(target).execute()
  })
