import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import type { EntityManager } from 'typeorm'
import { BookingEntity } from '../../../src/bookings/index.js'
import { bookingsLeftOutside } from '../../../src/bookings/affected-bookings.js'
import { BookingStore } from '../../../src/bookings/booking.store.js'
import type { AppError } from '../../../src/kernel/app-error.js'
import { addDays } from '../../../src/kernel/local-day.js'
import type { Tx } from '../../../src/platform/db/tx.js'
import { KeptAnswers } from '../../../src/platform/http/kept-answers.js'
import { makeAddClosure, PlanStore } from '../../../src/scheduling/index.js'
import { SeatsStore, type StretchKey } from '../../../src/seats/seats.store.js'
import { TakenSeatsEntity } from '../../../src/seats/index.js'
import { startApp, type TestApp } from '../../support/app.js'
import { aRule } from '../../support/builders.js'
import { ApiClient, type Answer } from '../../support/client.js'
import {
  at,
  bodyOf,
  bodyWithHold,
  booked,
  expectOrder,
  freeAt,
  held,
  insist,
  SERVICE,
  tally,
} from '../../support/crowd.js'
import { forEachEngine, MARIADB } from '../../support/engines.js'
import { describeWith } from '../../support/needs.js'
import { faultsOf } from '../../support/oracle.js'

const CLIENTS = 50
const ROUNDS = 20
const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index)

/** One seat to each slot; the n-th slot of a long day, so that each round has a last seat of its own. */
const ONE_SEAT = {
  rules: [aRule({ rrule: 'FREQ=DAILY', from: '00:00', to: '24:00', slotMinutes: 15, seats: 1 })],
  horizonDays: 365,
}
const TWENTY_MINUTES = {
  rules: [aRule({ rrule: 'FREQ=DAILY', from: '00:00', to: '24:00', slotMinutes: 20, seats: 1 })],
  horizonDays: 365,
}
const startOf = (round: number, day: string): string =>
  at(`${String(Math.floor(round / 4)).padStart(2, '0')}:${['00', '15', '30', '45'][round % 4]}`, day)

/** Real sockets: a connection for each client, kept over the rounds. */
const crowdOf = (app: TestApp): ApiClient[] => range(CLIENTS).map(() => new ApiClient(app.url))

const post = (client: ApiClient, path: string, body?: unknown, headers?: Record<string, string>) =>
  insist(() => client.post(path, body, headers))

describe('50 people at once for the last seat, 20 rounds, over real sockets', function () {
  this.timeout(120_000)
  forEachEngine((engine) => {
    let app: TestApp
    let crowd: ApiClient[]
    before(async () => {
      app = await startApp(engine)
      for (const siteId of ['legnano', 'magenta']) await app.saveCalendar({ siteId, ...ONE_SEAT })
      crowd = crowdOf(app)
    })
    afterEach(() => expectOrder(app))
    after(() => app.close())

    it('K1: booking: exactly one 201 a round, the others slot-full, nothing else', async () => {
      for (const round of range(ROUNDS)) {
        const start = startOf(round, '2026-11-25')
        if (round % 2) await app.api.delete(`/holds/${(await held(app, { start })).hold}`) // its counter is there already
        const answers = await Promise.all(
          crowd.map((client, n) => post(client, '/bookings', bodyOf(round * CLIENTS + n, { start }))),
        )
        expect(tally(answers), `round ${round}`).to.deep.equal({ '201': 1, '409 slot-full': CLIENTS - 1 })
      }
    })

    it('E25, K2: parties whose slots overlap by one: one of all wins', async () => {
      for (const round of range(5)) {
        const starts = [startOf(2 * round, '2026-12-03'), startOf(2 * round + 1, '2026-12-03')]
        const answers = await Promise.all(
          range(20).map((n) =>
            post(
              crowd[n] as ApiClient,
              '/bookings',
              bodyOf(4000 + round * 20 + n, { start: starts[n % 2], persons: 3 }),
            ),
          ),
        )
        expect(tally(answers), `round ${round}`).to.deep.equal({ '201': 1, '409 slot-full': 19 })
        const token = String(answers.find(({ status }) => status === 201)?.body.booking.token)
        expect((await app.api.post(`/bookings/${token}/cancel`)).status).to.equal(200)
      }
    })

    it('K1: holding', async () => {
      for (const round of range(ROUNDS)) {
        const choice = { site: 'legnano', service: SERVICE, start: startOf(round, '2026-11-26') }
        const answers = await Promise.all(crowd.map((client) => post(client, '/holds', choice)))
        expect(tally(answers), `round ${round}`).to.deep.equal({ '201': 1, '409 slot-full': CLIENTS - 1 })
      }
    })

    it('K1: holding, booking and moving together, a party among them: one of all wins each slot', async () => {
      const movers = await Promise.all(
        range(10).map((n) => booked(app, 2000 + n, { site: 'magenta', start: startOf(n, '2026-11-24') })),
      )
      for (const round of range(5)) {
        const start = startOf(2 * round, '2026-11-27')
        const choice = { site: 'magenta', service: SERVICE, start }
        const answers = await Promise.all([
          ...range(15).map((n) => post(crowd[n] as ApiClient, '/holds', choice)),
          ...range(15).map((n) => post(crowd[15 + n] as ApiClient, '/bookings', bodyOf(2100 + round * 15 + n, choice))),
          ...range(10).map((n) => post(crowd[30 + n] as ApiClient, '/holds', { ...choice, persons: 3 })),
          ...movers.map(({ token }, n) => post(crowd[40 + n] as ApiClient, `/bookings/${token}/move`, { start })),
        ])
        const won = answers.filter(({ status }) => status < 300)
        expect(won, `round ${round}: ${JSON.stringify(tally(answers))}`).to.have.length(1)
        expect(
          answers.filter(({ status, body }) => status >= 300 && body.code !== 'slot-full').map(({ body }) => body),
        ).to.deep.equal([])
      }
    })

    it('K4: the seat of an expired hold, while the job gives it back', async () => {
      for (const round of range(3)) {
        const choice = { site: 'legnano', service: SERVICE, start: startOf(round, '2026-11-28') }
        await held(app, choice)
        app.clock.advanceMinutes(10)
        const answers = await Promise.all([app.jobs.runAll(), ...crowd.map((client) => post(client, '/holds', choice))])
        expect(tally(answers.slice(1) as Answer[]), `round ${round}`).to.deep.equal({
          '201': 1,
          '409 slot-full': CLIENTS - 1,
        })
      }
    })

    it('K8: moving: one is moved, the others stay where they were', async () => {
      const day = '2026-12-09'
      const people = await Promise.all(
        range(CLIENTS).map((n) => booked(app, 3000 + n, { site: 'magenta', start: startOf(n, day) })),
      )
      for (const round of range(ROUNDS)) {
        const start = startOf(round, '2026-12-10')
        const answers = await Promise.all(
          people.map(({ token }, n) => post(crowd[n] as ApiClient, `/bookings/${token}/move`, { start })),
        )
        expect(tally(answers), `round ${round}`).to.deep.equal({ '200': 1, '409 slot-full': CLIENTS - 1 })
      }
    })

    it('K8: two who swap into each other’s seats, and one who moves while he cancels: nobody loses a seat', async () => {
      for (const round of range(10)) {
        const [here, there] = [startOf(2 * round, '2026-12-11'), startOf(2 * round + 1, '2026-12-11')]
        const [one, two] = [
          await booked(app, 3100 + round, { start: here }),
          await booked(app, 3200 + round, { start: there }),
        ]
        const swap = await Promise.all([
          post(crowd[0] as ApiClient, `/bookings/${one.token}/move`, { start: there }),
          post(crowd[1] as ApiClient, `/bookings/${two.token}/move`, { start: here }),
        ])
        expect(tally(swap)).to.deep.equal({ '409 slot-full': 2 })
        await Promise.all([
          post(crowd[0] as ApiClient, `/bookings/${one.token}/cancel`),
          post(crowd[1] as ApiClient, `/bookings/${one.token}/move`, { start: startOf(2 * round, '2026-12-12') }),
          post(crowd[2] as ApiClient, `/bookings/${two.token}/move`, { start: here }),
        ])
      }
    })

    it('K7: cancelling eight times at once: 200 for each, the seat free once, one mail', async () => {
      for (const round of range(ROUNDS)) {
        const start = startOf(round, '2026-12-14')
        const { token } = await booked(app, 3300 + round, { start })
        const answers = await Promise.all(range(8).map((n) => post(crowd[n] as ApiClient, `/bookings/${token}/cancel`)))
        expect(tally(answers), `round ${round}`).to.deep.equal({ '200': 8 })
        expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).to.equal(1)
        expect(await freeAt(app, start)).to.equal(1)
      }
    })

    it('a hold that is used and let go at once, and used twice at once: at most one booking', async () => {
      for (const round of range(ROUNDS)) {
        const start = startOf(round, '2026-12-15')
        const { hold } = await held(app, { start })
        const [first, second, release] = await Promise.all([
          post(crowd[0] as ApiClient, '/bookings', bodyWithHold(3400 + round, hold)),
          post(crowd[1] as ApiClient, '/bookings', bodyWithHold(3500 + round, hold)),
          crowd[2]?.delete(`/holds/${hold}`),
        ])
        const codes = [first, second].map(({ status, body }) => (status === 201 ? '201' : body.code))
        expect(
          codes.filter((code) => code === '201').length + (release?.status === 204 ? 1 : 0),
          JSON.stringify([codes, release?.body]),
        ).to.equal(1)
        for (const code of codes) expect(code).to.be.oneOf(['201', 'state', 'hold-expired', 'already-booked'])
      }
    })

    it('S5, S8: closing a day while it is booked: the list of those left outside misses nobody', async () => {
      for (const round of range(5)) {
        const day = `2027-01-1${round}`
        const { listed, answers } = await closingWhileBooking(app, crowd, day, 4000 + 50 * round)
        expect(
          Object.keys(tally(answers)).filter((key) => !['201', '409 slot-full', '422 not-offered'].includes(key)),
        ).to.deep.equal([])
        expect(codesOf(answers), `round ${round}`).to.deep.equal(listed)
      }
    })

    it('K9: 50 double submits with one key: one booking, the same answer for all', async () => {
      for (const round of range(10)) {
        const body = bodyOf(3600 + round, { site: 'magenta', start: startOf(round, '2026-12-16') })
        const headers = { 'idempotency-key': `double-${round}` }
        const answers = await Promise.all(crowd.map((client) => post(client, '/bookings', body, headers)))
        expect(tally(answers), `round ${round}`).to.deep.equal({ '201': CLIENTS })
        expect(new Set(answers.map((answer) => answer.body.booking.token)).size).to.equal(1)
      }
    })
  })
})

const codesOf = (answers: readonly Answer[]): string[] =>
  answers.flatMap(({ status, body }) => (status === 201 ? [String(body.booking.code)] : [])).sort()

/** Half the crowd books a day; in the middle of it a manager closes it and lists, in one unit, who is left outside. */
async function closingWhileBooking(app: TestApp, crowd: readonly ApiClient[], day: string, person: number) {
  const book = (n: number) => post(crowd[n] as ApiClient, '/bookings', bodyOf(person + n, { start: startOf(n, day) }))
  const close = async () => {
    const range = { fromOn: day, toOn: addDays(day, 1) }
    const closure = { siteId: 'legnano', calendarId: null, range, reason: 'Neve', isPublic: true, who: 'giulia' }
    return app.unitOfWork.run(async (tx) => {
      await makeAddClosure(app)(tx, closure)
      const plan = await app.calendars.planIn(tx, 'legnano', SERVICE)
      if (!plan) throw new Error('no calendar')
      const outside = await bookingsLeftOutside(tx.em, plan, app.clock())
      return outside
        .filter(({ onDay }) => onDay === day)
        .map(({ code }) => code ?? '')
        .sort()
    })
  }
  const first = range(12).map(book)
  await first[0]
  const [listed, ...answers] = await Promise.all([close(), ...first, ...range(12).map((n) => book(12 + n))])
  return { listed, answers }
}

describeWith('MariaDB', 'the same races without their guards: each of them shows', () => {
  let app: TestApp
  let crowd: ApiClient[]
  let person = 5000
  let day = '2027-02-01'
  beforeEach(async function () {
    this.timeout(60_000)
    app = await startApp(MARIADB)
    for (const siteId of ['legnano', 'magenta']) await app.saveCalendar({ siteId, ...ONE_SEAT })
    crowd = crowdOf(app)
  })
  afterEach(() => app.close())

  const faults = () => faultsOf({ dataSource: app.database.dataSource, now: app.clock() })
  /** Puts something weaker in a guard's place, for the time of `body`. */
  const without = async (owner: object, guard: string, weaker: unknown, body: () => Promise<void>): Promise<void> => {
    const kept: unknown = Reflect.get(owner, guard)
    expect(kept, guard).to.be.a('function')
    Reflect.set(owner, guard, weaker)
    try {
      await body()
    } finally {
      Reflect.set(owner, guard, kept)
    }
  }
  /** Leaves the slot's counter at 0: its first row is made under a lock of its own. */
  const bookedAndCancelled = async (start: string): Promise<void> => {
    const { token } = await booked(app, person++, { start })
    await app.api.post(`/bookings/${token}/cancel`)
  }
  /** Runs rounds until one shows what is wrong, at most ten. */
  const until = async (round: (start: string) => Promise<boolean>): Promise<boolean> => {
    for (const n of range(10)) if (await round(startOf(n, day))) return true
    return false
  }

  it('K1, T02: reading how many are taken, then writing one more: overbooked', async () => {
    const naive = async function (this: { em: EntityManager }, slot: StretchKey, seats: number): Promise<boolean> {
      const { siteId, calendarId, startsAt, endsAt } = slot
      const key = { siteId, calendarId, startsAt, endsAt }
      const row = await this.em.findOneBy(TakenSeatsEntity, key)
      if (!row || row.taken >= seats) return false
      await this.em.update(TakenSeatsEntity, key, { taken: row.taken + 1 })
      return true
    }
    await without(SeatsStore.prototype, 'increment', naive, async () => {
      const overbooked = await until(async (start) => {
        await bookedAndCancelled(start)
        const answers = await Promise.all(crowd.map((client) => post(client, '/bookings', bodyOf(person++, { start }))))
        return (tally(answers)['201'] ?? 0) > 1
      })
      expect(overbooked).to.equal(true)
    })
    expect((await faults()).join()).to.match(/I1: .*I2: /)
  }).timeout(60_000)

  it('K1: the condition left out of the statement: whoever asks at once gets the last seat', async () => {
    const unconditional = async function (this: { em: EntityManager }, slot: StretchKey): Promise<boolean> {
      return (await this.em.increment(TakenSeatsEntity, slot, 'taken', 1)).affected === 1
    }
    await without(SeatsStore.prototype, 'increment', unconditional, async () => {
      const overbooked = await until(async (start) => {
        const answers = await Promise.all(crowd.map((client) => post(client, '/bookings', bodyOf(person++, { start }))))
        return (tally(answers)['201'] ?? 0) > 1
      })
      expect(overbooked).to.equal(true)
    })
    expect((await faults()).join()).to.match(/I1: \d+ of 1/)
  }).timeout(60_000)

  it('K3: a change of state that does not ask for the state: a cancelled booking is moved, or cancelled twice', async () => {
    const blind = async function (this: { em: EntityManager }, was: { id: string }, to: object): Promise<boolean> {
      await this.em.update(BookingEntity, { id: was.id }, to)
      return true
    }
    await without(BookingStore.prototype, 'change', blind, async () => {
      const shows = await until(async (start) => {
        const { token } = await booked(app, person++, { start })
        const move = { start: start.replace(day, '2027-02-02') }
        const commands = range(8).map((n) =>
          post(crowd[n] as ApiClient, `/bookings/${token}/${n % 2 ? 'cancel' : 'move'}`, n % 2 ? undefined : move),
        )
        const answers = await Promise.all(commands)
        return answers.some(({ status }) => status === 500) || (await faults()).length > 0
      })
      expect(shows).to.equal(true)
    })
  }).timeout(60_000)

  it('K5: counting without owning the person first: two bookings for one', async () => {
    const run = app.unitOfWork.run.bind(app.unitOfWork)
    const unowned = (work: (tx: Tx) => Promise<unknown>) => run((tx) => work({ ...tx, own: () => Promise.resolve() }))
    await without(app.unitOfWork, 'run', unowned, async () => {
      const shows = await until(async (start) => {
        const one = person++
        const attempts = ['legnano', 'magenta'].map((site, n) =>
          post(crowd[n] as ApiClient, '/bookings', bodyOf(one, { site, start })),
        )
        return (tally(await Promise.all(attempts))['201'] ?? 0) > 1
      })
      expect(shows).to.equal(true)
    })
  }).timeout(60_000)

  it('K9: keys that nobody keeps: the copies get another answer', async () => {
    const forgetful = (request: { work: (tx: Tx) => Promise<unknown> }) => app.unitOfWork.run(request.work)
    await without(KeptAnswers.prototype, 'once', forgetful, async () => {
      const body = bodyOf(person++, { start: startOf(0, day) })
      const answers = await Promise.all(
        crowd.slice(0, 8).map((client) => post(client, '/bookings', body, { 'idempotency-key': 'k' })),
      )
      expect(tally(answers)).not.to.deep.equal({ '201': 8 })
    })
  }).timeout(60_000)

  it('K1: what stands across the slots left uncounted: its time is sold again', async () => {
    await booked(app, person++, { start: at('09:15', day) })
    await app.saveCalendar(TWENTY_MINUTES)
    const choice = { siteId: 'legnano', serviceId: SERVICE, startsAt: new Date(at('09:20', day)), persons: 1 }
    const take = () =>
      app.unitOfWork
        .run(async (tx) => {
          const now = app.clock()
          await app.seats.take(tx, await app.seats.plan(tx, { ...choice, now }), { now })
        })
        .then(
          () => 'taken',
          (error: AppError) => error.code,
        )
    expect(await take()).to.equal('slot-full')
    const blind = () => Promise.resolve([])
    await without(SeatsStore.prototype, 'occupied', blind, async () => {
      expect(await take()).to.equal('taken')
    })
  }).timeout(60_000)

  /** Somebody reads what is offered, and `meanwhile` happens before he takes his seat. */
  const overtaken = async (
    start: string,
    meanwhile: (goOn: () => Promise<Answer>) => Promise<void>,
  ): Promise<string> => {
    const { seats } = app
    const assertFree = seats.assertFree.bind(seats)
    let [hasRead, pass] = [() => {}, () => {}]
    const read = new Promise<void>((resolve) => (hasRead = resolve))
    const gate = new Promise<void>((resolve) => (pass = resolve))
    const slow = async (...args: Parameters<typeof assertFree>) => {
      await assertFree(...args)
      Object.assign(seats, { assertFree })
      hasRead()
      await gate
    }
    Object.assign(seats, { assertFree: slow })
    const first = post(crowd[0] as ApiClient, '/bookings', bodyOf(person++, { start }))
    await read
    await meanwhile(() => {
      pass()
      return first
    })
    pass()
    return Object.keys(tally([await first])).join()
  }

  const changeGrid = async (): Promise<void> => {
    await app.saveCalendar(TWENTY_MINUTES)
    await booked(app, person++, { start: at('09:20', day) })
  }

  /** Closes the day and lists who is left outside; only then the other goes on, and has a moment to be faster. */
  const closeAndList = async (goOn: () => Promise<Answer>): Promise<void> => {
    const range = { fromOn: day, toOn: addDays(day, 1) }
    const closure = { siteId: 'legnano', calendarId: null, range, reason: 'Neve', isPublic: true, who: 'giulia' }
    await app.unitOfWork.run(async (tx) => {
      await makeAddClosure(app)(tx, closure)
      await Promise.race([goOn(), sleep(200)])
    })
  }

  for (const isCounted of [true, false]) {
    it(`K1: who relied on the grid before is asked again, the day ${isCounted ? '' : 'not '}counted yet`, async () => {
      if (isCounted) await bookedAndCancelled(at('09:15', day))
      expect(await overtaken(at('09:15', day), changeGrid)).to.equal('422 not-offered')
      expect(await faults()).to.deep.equal([])
    }).timeout(60_000)
  }

  it('K1: counters that a change leaves open: he gets time that is sold', async () => {
    await bookedAndCancelled(at('09:15', day))
    await without(
      SeatsStore.prototype,
      'outdate',
      () => Promise.resolve(),
      async () => {
        expect(await overtaken(at('09:15', day), changeGrid)).to.equal('201')
      },
    )
    expect((await faults()).join()).to.match(/I1: 2 of 1/)
  }).timeout(60_000)

  it('S8: a day that begins to be counted without asking its calendar is booked while it is being closed', async () => {
    expect(await overtaken(at('09:15', day), closeAndList)).to.equal('422 not-offered')
    day = addDays(day, 1)
    await without(
      PlanStore.prototype,
      'relyOn',
      () => Promise.resolve(true),
      async () => {
        expect(await overtaken(at('09:15', day), closeAndList)).to.equal('201')
      },
    )
  }).timeout(60_000)

  it('S8: a change that leaves the counters open: somebody is booked into the closed day and listed nowhere', async () => {
    await without(
      SeatsStore.prototype,
      'outdate',
      () => Promise.resolve(),
      async () => {
        const shows = await until(async () => {
          day = addDays(day, 1)
          const { listed, answers } = await closingWhileBooking(app, crowd, day, (person += 50))
          return codesOf(answers).join() !== listed.join()
        })
        expect(shows).to.equal(true)
      },
    )
  }).timeout(60_000)
})
