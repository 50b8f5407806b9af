import { join } from 'node:path'
import type { DataSource } from 'typeorm'
import { migrations } from '../migrations/index.js'
import { entities } from '../src/entities.js'
import { openDatabase } from '../src/platform/db/data-source.js'
import { migrate } from '../src/platform/db/migrate.js'
import { makeLog } from '../src/platform/log.js'
import type { Rows, ServerSettings, Writer } from './protocol.js'

export const folderOf = ({ dataDir }: ServerSettings, arm: Writer): string => join(dataDir, arm)

/** An arm's own database, opened and migrated by the app's own code. */
export async function openFor(arm: Writer, settings: ServerSettings): Promise<DataSource> {
  const where = { databaseUrl: settings.urls?.[arm] ?? null, dataDir: folderOf(settings, arm), production: false }
  const dataSource = await openDatabase(where, { entities, migrations }, makeLog('warn'))
  await migrate(dataSource)
  return dataSource
}

const COUNTS = `SELECT
  (SELECT COUNT(*) FROM booking WHERE status = 'confirmed') AS bookings,
  (SELECT COALESCE(SUM(taken), 0) FROM taken_seats) AS taken,
  (SELECT COUNT(*) FROM outbox WHERE kind = 'confirmed') AS mails,
  (SELECT COUNT(*) FROM audit_record WHERE what = 'book-slot') AS audits,
  (SELECT COUNT(*) FROM taken_seats slot LEFT JOIN
    (SELECT site_id, starts_at, COUNT(*) AS bookings FROM booking WHERE status = 'confirmed' GROUP BY site_id, starts_at)
    recount ON recount.site_id = slot.site_id AND recount.starts_at = slot.starts_at
    WHERE slot.taken <> COALESCE(recount.bookings, 0)) AS wrongSlots`

/** Counts what an arm has written, and recounts every slot (I2, I7). */
export async function countRows(dataSource: DataSource): Promise<Rows> {
  const [row] = await dataSource.query<Record<string, unknown>[]>(COUNTS)
  return Object.fromEntries(Object.entries(row ?? {}).map(([name, count]) => [name, Number(count)])) as unknown as Rows
}
