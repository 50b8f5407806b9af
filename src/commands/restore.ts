import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DataSource } from 'typeorm'
import { systemClock } from '../kernel/clock.js'
import type { Config } from '../platform/config.js'
import { lockDataDir } from '../platform/db/data-lock.js'
import { migrate } from '../platform/db/migrate.js'
import { UnitOfWork } from '../platform/db/unit-of-work.js'
import { InstallationStore, ownInstallation } from '../platform/restore/installation.store.js'
import { assertSqliteBackup, putBackSqlite } from '../platform/db/put-back-sqlite.js'
import { withHouse } from './open-house.js'
import { dumpServer, loadServer } from './server-program.js'

/** `npm run restore -- FILE`: the way back from a backup, while the app is stopped. What was there is kept. */
const file = process.argv[2] ?? ''
const stamp = systemClock().toISOString().slice(0, 19).replaceAll(/\D/g, '')
let aside = ''

await withHouse(
  process.env,
  async ({ config, dataSource }) => {
    if (config.databaseUrl !== null) await putBackOnServer(config.databaseUrl, dataSource)
    await migrate(dataSource)
    await new UnitOfWork(dataSource).run(async (tx) => {
      await ownInstallation(tx)
      await new InstallationStore(tx.em).holdMail(systemClock())
    })
    return [
      `Restored from ${file}`,
      existsSync(aside) ? `What was there before: ${aside}` : 'There was nothing before.',
      'Mail is held until you say go, since it may have left already: npm run mail -- show',
    ].join('\n')
  },
  (config) => {
    if (file === '') throw new Error('Say from where: npm run restore -- FILE')
    if (!existsSync(file)) throw new Error(`${file} does not exist.`)
    mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
    aside = join(config.dataDir, `before-restore-${stamp}.${config.databaseUrl === null ? 'sqlite' : 'sql'}`)
    if (config.databaseUrl === null) putBack(config)
    else assertDump()
  },
)

/** The lock is held until the process ends. */
function putBack({ dataDir }: Config): void {
  assertSqliteBackup(file)
  lockDataDir(dataDir)
  putBackSqlite(dataDir, file, aside)
}

function assertDump(): void {
  const text = readFileSync(file, 'utf8')
  if (!/INSERT INTO `migrations`/.test(text) || !/-- Dump completed/.test(text.slice(-200)))
    throw new Error(`${file} is not a whole backup of Turno by npm run backup.`)
}

/** @throws Error while anybody else uses the database */
async function putBackOnServer(databaseUrl: string, dataSource: DataSource): Promise<void> {
  const others = await dataSource.query<{ count: number | string }[]>(
    'SELECT COUNT(*) AS count FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()',
  )
  if (Number(others[0]?.count) > 0)
    throw new Error('Somebody uses this database. Stop every instance of Turno first, on every machine.')
  await dumpServer(databaseUrl, aside)
  await dataSource.dropDatabase()
  await loadServer(databaseUrl, file)
}
