import { expect } from 'chai'
import type { Tx } from '../../../src/platform/db/tx.js'
import { SeatsStore } from '../../../src/seats/seats.store.js'
import { startApp, type TestApp } from '../../support/app.js'
import { aRule } from '../../support/builders.js'
import { at, bodyOf, booked, expectOrder, held, SERVICE, tally } from '../../support/crowd.js'
import { MARIADB } from '../../support/engines.js'
import { describeWith } from '../../support/needs.js'

const TWO_SEATS = { rules: [aRule({ rrule: 'FREQ=DAILY', seats: 2 })], horizonDays: 365 }

/** What one unit of work asks of a slot is several statements; another's commit may fall between any two of them. */
describeWith('MariaDB', 'K1: a seat that is there is not refused while others are at its slot', () => {
  const store = SeatsStore.prototype
  const { counted, dropOverdue } = store
  let app: TestApp
  before(async function () {
    this.timeout(60_000)
    app = await startApp(MARIADB)
    await app.saveCalendar(TWO_SEATS)
  })
  afterEach(async () => {
    Object.assign(store, { counted, dropOverdue })
    await expectOrder(app)
  })
  after(() => app.close())

  /** Before the next call of a way of the store, `meanwhile` happens, to its end. */
  const oneBefore = (name: 'counted' | 'dropOverdue', meanwhile: () => Promise<unknown>) => {
    const way = name === 'counted' ? counted : dropOverdue
    const once = async function (this: SeatsStore, ...args: unknown[]) {
      Object.assign(store, { [name]: way })
      await meanwhile()
      return (way as (...all: unknown[]) => Promise<unknown>).apply(this, args)
    }
    Object.assign(store, { [name]: once })
  }

  it('when somebody begins to count its day in between', async () => {
    const start = at('09:00', '2026-11-25')
    oneBefore('counted', () => booked(app, 1, { start }))
    // Without a look before: whoever looks knows that nobody counts the day yet, and begins himself.
    const choice = { siteId: 'legnano', serviceId: SERVICE, startsAt: new Date(start), persons: 1, now: app.clock() }
    const take = async (tx: Tx) => app.seats.take(tx, await app.seats.plan(tx, choice), choice)
    const undo = new Error('the seat was there')
    const taken = app.unitOfWork.run(async (tx) => {
      await take(tx)
      throw undo
    })
    expect(await taken.catch((error: unknown) => error)).to.equal(undo)
    await booked(app, 2, { start })
    expect(tally([await app.api.post('/bookings', bodyOf(3, { start }))])).to.deep.equal({ '409 slot-full': 1 })
  })

  for (const step of ['counted', 'dropOverdue'] as const)
    it(`when somebody gives back what was overdue in between (before ${step})`, async () => {
      const start = at(step === 'counted' ? '09:30' : '10:00', '2026-11-25')
      for (let holds = 0; holds < 2; holds++) await held(app, { start })
      app.clock.set(new Date(app.clock().getTime() + 11 * 60_000).toISOString())
      const [one, other] = step === 'counted' ? [11, 12] : [21, 22]
      oneBefore(step, () => booked(app, one, { start }))
      await booked(app, other, { start })
    })
})
