import { expect } from 'chai'
import type { DataSource } from 'typeorm'
import { SeatStretches1764000000010 } from '../../../migrations/0010-seat-stretches.js'
import { BookingEntity, type BookingStatus } from '../../../src/bookings/index.js'
import { isSqlite } from '../../../src/platform/db/engine.js'
import { migrate } from '../../../src/platform/db/migrate.js'
import { aBooking, THE_DAY, THE_DAY_BEFORE } from '../../support/builders.js'
import { crashAfter } from '../../support/crash-after.js'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'
import { forEachEngine } from '../../support/engines.js'

/** This migration alone, as if it had not been run yet. */
async function undo(dataSource: DataSource): Promise<void> {
  const runner = dataSource.createQueryRunner()
  await new SeatStretches1764000000010().down(runner)
  await runner.query(`DELETE FROM migrations WHERE name = '${SeatStretches1764000000010.name}'`)
  await runner.release()
}

/** Rows as text, instants by the minute: `taken legnano 08:30 1`. */
async function seatsIn(dataSource: DataSource, columns: string): Promise<string[]> {
  const [table] = columns.split(' ')
  const rows = await dataSource.query<Record<string, unknown>[]>(
    `SELECT ${columns.slice((table ?? '').length + 1)} FROM ${table}`,
  )
  const word = (value: unknown) =>
    value instanceof Date ? value.toISOString().slice(11, 16) : String(value).replace(/^\S+ (\d\d:\d\d):00\.000$/, '$1')
  return rows.map((row) => Object.values(row).map(word).join(' ')).sort()
}

describe('0010: seats that are counted by start become seats over time', () => {
  forEachEngine((engine) => {
    let database: TestDatabase
    before(async function () {
      this.timeout(60_000)
      database = await openTestDatabase(engine)
      const { dataSource, unitOfWork } = database
      const in10Minutes = new Date(THE_DAY_BEFORE.getTime() + 600_000)
      const of = (status: BookingStatus, time: string, part: object = {}) => {
        const id = crypto.randomUUID()
        const startsAt = new Date(`${THE_DAY}T${time}:00Z`)
        return aBooking({ id, code: null, tokenHash: id.padEnd(64, '0'), status, startsAt, ...part })
      }
      await unitOfWork.run(({ em }) =>
        em.insert(BookingEntity, [
          of('confirmed', '08:00', { slotCount: 3, slotMinutes: 10 }),
          of('confirmed', '08:20', { slotMinutes: 10 }),
          of('arrived', '09:00'),
          of('served', '09:00'),
          of('no-show', '09:00', { siteId: 'magenta' }),
          of('held', '10:00', { id: 'h', expiresAt: in10Minutes, slotCount: 2 }),
          of('pending', '10:00', { id: 'p', expiresAt: new Date(0) }),
          of('cancelled', '11:00'),
          of('expired', '11:00'),
        ]),
      )
      await undo(dataSource)
    })
    after(() => database.close())

    const taken = ['legnano 08:00 08:10 1', 'legnano 08:10 08:20 1', 'legnano 08:20 08:30 2', 'legnano 09:00 09:15 2']
    const rest = ['legnano 10:00 10:15 2', 'legnano 10:15 10:30 1', 'magenta 09:00 09:15 1']
    const stretches = () => seatsIn(database.dataSource, 'taken_seats site_id, starts_at, ends_at, taken')
    const claims = () => seatsIn(database.dataSource, 'seat_claim holder_id, starts_at, ends_at')

    it('on the way back they are counted by start again', async () => {
      expect(await seatsIn(database.dataSource, 'taken_seats site_id, starts_at, taken')).to.deep.equal([
        ...['legnano 08:00 1', 'legnano 08:10 1', 'legnano 08:20 2', 'legnano 09:00 2'],
        ...['legnano 10:00 2', 'legnano 10:15 1', 'magenta 09:00 1'],
      ])
      expect(await seatsIn(database.dataSource, 'seat_claim holder_id, starts_at')).to.have.length(3)
    })

    it('every active booking has its stretches, whatever had been counted, and after a crash at any step (T15)', async function () {
      this.timeout(120_000)
      const { dataSource } = database
      for (let steps = 1; ; steps++) {
        await dataSource.query('DELETE FROM taken_seats WHERE taken = 2')
        await dataSource.query("DELETE FROM seat_claim WHERE holder_id = 'h'")
        const crashed = await crashAfter(steps, dataSource, () => migrate(dataSource))
        if (crashed) await migrate(dataSource)
        expect([steps, await stretches(), await claims()]).to.deep.equal([
          steps,
          [...taken, ...rest],
          ['h 10:00 10:15', 'h 10:15 10:30', 'p 10:00 10:15'],
        ])
        expect(await refusesNegative(dataSource)).to.equal(true)
        if (!crashed) return expect(steps).to.be.above(8)
        await undo(dataSource)
      }
    })
  })
})

async function refusesNegative(dataSource: DataSource): Promise<boolean> {
  const instant = isSqlite(dataSource) ? "'2026-01-01 00:00:00.000'" : "'2026-01-01'"
  return dataSource
    .query(
      `INSERT INTO taken_seats (site_id, calendar_id, starts_at, ends_at, taken) VALUES ('x', 'x', ${instant}, ${instant}, -1)`,
    )
    .then(
      () => false,
      () => true,
    )
}
