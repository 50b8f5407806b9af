import { expect } from 'chai'
import type { Booking } from '../../../src/bookings/booking.js'
import { BookingStore } from '../../../src/bookings/booking.store.js'
import { startApp, type TestApp } from '../../support/app.js'
import { at, bodyOf, bodyWithHold, booked, expectOrder, held } from '../../support/crowd.js'
import { forEachEngine } from '../../support/engines.js'

type Write = (...args: [Partial<Booking>] | [unknown, Partial<Booking>]) => Promise<unknown>

/** Codes are drawn: sooner or later one is drawn that somebody has. */
describe('a code that is another booking’s', () => {
  forEachEngine((engine) => {
    let app: TestApp
    before(async () => {
      app = await startApp(engine)
    })
    afterEach(() => expectOrder(app))
    after(() => app.close())

    /** @returns how often it was written while `body` ran; the first time with `code` */
    const drawing = async (way: 'add' | 'change', code: string, body: () => Promise<void>): Promise<number> => {
      const store = BookingStore.prototype as unknown as Record<string, Write>
      const write = store[way] as Write
      let times = 0
      store[way] = function (this: BookingStore, ...args) {
        times++
        const [last, before] = [args.at(-1) as Partial<Booking>, args.slice(0, -1)]
        return write.apply(this, [...before, times === 1 ? { ...last, code } : last] as Parameters<Write>)
      }
      try {
        await body()
      } finally {
        store[way] = write
      }
      return times
    }

    it('is drawn again, for a slot and for a hold, with a key and without: nobody notices', async () => {
      const { code } = await booked(app, 1, { start: at('09:00') })
      const { hold } = await held(app, { start: at('09:00') })
      const ways = [
        ['add', bodyOf(2, { start: at('09:15') }), {}],
        ['add', bodyOf(3, { start: at('09:30') }), { 'idempotency-key': 'one' }],
        ['change', bodyWithHold(4, hold), { 'idempotency-key': 'two' }],
      ] as const
      for (const [way, body, headers] of ways) {
        const times = await drawing(way, String(code), async () => {
          const answer = await app.api.post('/bookings', body, headers)
          expect(answer.status).to.equal(201)
          expect(answer.body.booking.code).not.to.equal(code)
        })
        expect(times).to.equal(2)
      }
    })
  })
})
