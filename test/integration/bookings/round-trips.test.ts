import { expect } from 'chai'
import { startApp, type TestApp } from '../../support/app.js'
import { CountedLine } from '../../support/counted-line.js'
import { at, bodyOf, bodyWithHold, booked, expectOrder, held } from '../../support/crowd.js'
import { MARIADB } from '../../support/engines.js'
import { describeWith } from '../../support/needs.js'

/** docs/decisions/035: what is asked at the same time goes together. Each of these grew by one when a part was asked apart. */
for (const limits of ['off', 'on']) {
  describeWith('MariaDB', `how often a booking goes to the server and back, limits by address ${limits}`, () => {
    let app: TestApp
    let line: CountedLine
    let person = 0
    before(async () => {
      const freshUrl = async () => {
        const url = new URL((await MARIADB.freshUrl()) as string)
        line = await CountedLine.to(Number(url.port))
        url.port = String(line.port)
        return url.href
      }
      const settings = { RATE_LIMITS: limits }
      app = await startApp({ name: 'mariadb', freshUrl }, { settings })
      await booked(app, person++, { start: at('08:30') }) // reads the calendar
    })
    after(async () => {
      await expectOrder(app)
      await app.close()
      await line.close()
    })

    /** @returns how often each unit of `work` asked */
    const trips = async (work: () => Promise<unknown>): Promise<number[]> => {
      line.units.length = 0
      await work()
      return line.units.map((unit) => unit.length)
    }
    const book = async (part: object, headers?: Record<string, string>) => {
      const { status } = await app.api.post('/bookings', bodyOf(person++, { ...part }), headers)
      expect(status).to.equal(201)
    }

    it('a booking in a slot whose row is there: four times', async () => {
      expect(await trips(() => book({ start: at('09:00') }))).to.deep.equal([4])
    })

    it('the first of a day, which makes the rows of its slots: four times', async () => {
      expect(await trips(() => book({ start: at('09:00', '2026-11-26') }))).to.deep.equal([4])
    })

    it('K9: with a key one more, the first of a day too', async () => {
      expect(await trips(() => book({ start: at('09:15') }, { 'idempotency-key': 'one' }))).to.deep.equal([5])
      const first = { start: at('09:00', '2026-11-27') }
      expect(await trips(() => book(first, { 'idempotency-key': 'two' }))).to.deep.equal([5])
    })

    it('K2: a party of three slots: one more', async () => {
      expect(await trips(() => book({ start: at('10:00'), persons: 5 }))).to.deep.equal([5])
    })

    it('K4: a hold: four times, and as often when it becomes a booking – once more where it must be confirmed', async () => {
      let hold = ''
      const take = async () => {
        hold = (await held(app, { start: at('10:00', '2026-11-26') })).hold
      }
      expect(await trips(take)).to.deep.equal([4])
      const keep = () => app.api.post('/bookings', bodyWithHold(person++, hold))
      // Too many came from this address by now (X2).
      expect(await trips(keep)).to.deep.equal([limits === 'on' ? 5 : 4])
    })
  })
}
