import Database from 'better-sqlite3'
import { BARE_SQL, type BareBody, type BareBook, bareRow } from './bare.js'
import { MANY_SEATS, SERVICE } from './scene.js'

const date = (instant: Date): string => instant.toISOString().replace('T', ' ').slice(0, -1)

/** A booking by prepared statements of better-sqlite3: its own transaction and its own sync of the disk. */
export function bareSqlite(file: string): BareBook {
  const database = new Database(file, { timeout: 5000 })
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  const calendar = database.prepare(BARE_SQL.calendar)
  const free = database.prepare(BARE_SQL.free)
  const active = database.prepare(BARE_SQL.active)
  const booking = database.prepare(BARE_SQL.booking)
  const audit = database.prepare(BARE_SQL.audit)
  const outbox = database.prepare(BARE_SQL.outbox)
  const take = database.prepare(BARE_SQL.take)
  const book = database.transaction((body: BareBody): string => {
    const row = bareRow(body, date)
    calendar.all(body.site)
    free.all(...row.free)
    active.all(...row.active)
    booking.run(...row.booking)
    audit.run(...row.audit)
    outbox.run(...row.outbox)
    if (take.run(body.site, SERVICE, row.starts, MANY_SEATS).changes !== 1) throw new Error('no seat')
    return row.code
  })
  return (body) => book.immediate(body)
}
