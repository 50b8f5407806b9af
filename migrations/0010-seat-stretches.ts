import {
  type MigrationInterface,
  type QueryRunner,
  Table,
  TableCheck,
  TableColumn,
  type TableColumnOptions,
} from 'typeorm'
import { addCheck, instant, integer, isMysql, primary, text } from './table-helpers.js'

const CHECK = { name: 'ck_taken_seats_not_negative', expression: 'taken >= 0' }

/**
 * Seats are counted for stretches of time, not for starts (docs/decisions/016). What is in the two tables follows from
 * the bookings, so they are made anew and filled from them; whatever step a crash leaves undone is done again (T15).
 */
export class SeatStretches1764000000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    if (!(await runner.hasColumn('calendar', 'days_counted'))) {
      await runner.addColumn('calendar', new TableColumn(integer(runner, 'days_counted', { default: 0 })))
    }
    await makeAnew(runner, {
      isDone: async (table) => runner.hasColumn(table, 'ends_at'),
      tables: [
        takenSeats(runner, [instant('ends_at', primary)], [versionColumn(runner)]),
        seatClaim([instant('ends_at')]),
      ],
      keys: ['starts_at', 'ends_at'],
    })
  }

  async down(runner: QueryRunner): Promise<void> {
    await makeAnew(runner, {
      isDone: async (table) => !(await runner.hasColumn(table, 'ends_at')),
      tables: [takenSeats(runner), seatClaim()],
      keys: ['starts_at'],
    })
    await runner.dropColumn('calendar', 'days_counted')
  }
}

interface Form {
  isDone: (table: string) => Promise<boolean>
  tables: Table[]
  /** What tells the stretches of a calendar apart. */
  keys: string[]
}

async function makeAnew(runner: QueryRunner, { isDone, tables, keys }: Form): Promise<void> {
  for (const table of tables) {
    if ((await runner.hasTable(table.name)) && !(await isDone(table.name))) await runner.dropTable(table.name)
    await runner.createTable(table, true)
  }
  if (!(await hasCheck(runner))) await addCheck(runner, 'taken_seats', CHECK.name, CHECK.expression)
  await fill(runner, keys)
}

/** TypeORM makes the constraint with the table on SQLite alone. */
async function hasCheck(runner: QueryRunner): Promise<boolean> {
  if (!isMysql(runner)) return true
  const found = (await runner.query(
    'SELECT 1 FROM information_schema.check_constraints WHERE constraint_schema = DATABASE() AND constraint_name = ?',
    [CHECK.name],
  )) as object[]
  return found.length > 0
}

/** `held` and `pending` have a claim for each of their slots, overdue ones too: the job that ends them drops it. */
async function fill(runner: QueryRunner, keys: string[]): Promise<void> {
  const [longest] = (await runner.query('SELECT MAX(slot_count) AS slots FROM booking')) as { slots: number | null }[]
  const numbers = Array.from({ length: longest?.slots ?? 1 }, (_, index) => `SELECT ${index} AS n`).join(' UNION ALL ')
  const after = (slots: string) =>
    isMysql(runner)
      ? `starts_at + INTERVAL (${slots}) * slot_minutes MINUTE`
      : `strftime('%Y-%m-%d %H:%M:%f', starts_at, '+' || ((${slots}) * slot_minutes) || ' minutes')`
  const ofBookings = (...statuses: string[]) => `(SELECT id AS holder_id, site_id, calendar_id, expires_at,
    ${after('n')} AS starts_at, ${after('n + 1')} AS ends_at
    FROM booking JOIN (${numbers}) numbers ON n < slot_count
    WHERE status IN (${statuses.map((status) => `'${status}'`).join(', ')})) stretch`
  const stretch = ['site_id', 'calendar_id', ...keys].join(', ')
  await runner.query('DELETE FROM taken_seats')
  await runner.query(
    `INSERT INTO taken_seats (${stretch}, taken) SELECT ${stretch}, COUNT(*)
     FROM ${ofBookings('held', 'pending', 'confirmed', 'arrived', 'served', 'no-show')} GROUP BY ${stretch}`,
  )
  await runner.query('DELETE FROM seat_claim')
  await runner.query(
    `INSERT INTO seat_claim (holder_id, ${stretch}, expires_at) SELECT holder_id, ${stretch}, expires_at
     FROM ${ofBookings('held', 'pending')}`,
  )
}

const versionColumn = (runner: QueryRunner) => integer(runner, 'plan_version', { default: 0 })

const takenSeats = (runner: QueryRunner, keys: TableColumnOptions[] = [], more: TableColumnOptions[] = []): Table =>
  new Table({
    name: 'taken_seats',
    columns: [
      text('site_id', 40, primary),
      text('calendar_id', 40, primary),
      instant('starts_at', primary),
      ...keys,
      integer(runner, 'taken'),
      integer(runner, 'changes', { default: 0 }),
      ...more,
    ],
    checks: [new TableCheck(CHECK)],
  })

const seatClaim = (more: TableColumnOptions[] = []): Table =>
  new Table({
    name: 'seat_claim',
    columns: [
      text('holder_id', 36, primary),
      instant('starts_at', primary),
      ...more,
      text('site_id', 40),
      text('calendar_id', 40),
      instant('expires_at'),
    ],
    indices: [
      { name: 'ix_seat_claim_slot', columnNames: ['site_id', 'calendar_id', 'starts_at'] },
      { name: 'ix_seat_claim_expires', columnNames: ['expires_at'] },
    ],
  })
