import { expect } from 'chai'
import { BookingStore } from '../../../src/bookings/booking.store.js'
import { startApp, type TestApp } from '../../support/app.js'
import { booked } from '../../support/crowd.js'
import { forEachEngine } from '../../support/engines.js'

describe('what K5 counts is found by its index, however many bookings there are', function () {
  this.timeout(30_000)
  forEachEngine((engine) => {
    let app: TestApp
    before(async () => {
      app = await startApp(engine)
      for (let person = 1; person <= 3; person++) await booked(app, person)
    })
    after(() => app.close())

    it('the person’s and the mail address’s, never all that are confirmed', async () => {
      const { dataSource } = app.database
      const { logger } = dataSource
      const asked: { sql: string; values: unknown[] }[] = []
      dataSource.logger = Object.assign(Object.create(logger) as typeof logger, {
        logQuery: (sql: string, values: unknown[] = []) => asked.push({ sql, values }),
      })
      const keys = {
        personHashes: ['a'.repeat(64), 'b'.repeat(64)],
        serviceId: 'scelta-revoca',
        emailKey: 'a@example.org',
      }
      await new BookingStore(dataSource.manager).active({ ...keys, now: app.clock() })
      dataSource.logger = logger
      expect(asked).to.have.length(1)
      const [{ sql, values }] = asked as [{ sql: string; values: unknown[] }]
      const explain = engine.name === 'sqlite' ? 'EXPLAIN QUERY PLAN' : 'EXPLAIN'
      const plan = JSON.stringify(await dataSource.query(`${explain} ${sql}`, values))
      expect(plan).to.include('ix_booking_person').and.to.include('ix_booking_mail')
      // MariaDB names what it could have taken, too.
      if (engine.name === 'sqlite') expect(plan).not.to.include('ix_booking_status')
      else expect(plan).not.to.include('"key":"ix_booking_status"')
    })
  })
})
