import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import { io, type Socket } from 'socket.io-client'
import type { DataSource } from 'typeorm'
import { migrations } from '../../../migrations/index.js'
import { entities } from '../../../src/entities.js'
import { openDatabase } from '../../../src/platform/db/data-source.js'
import { makeLog } from '../../../src/platform/log.js'
import { startApp, type TestApp } from '../../support/app.js'
import { aRule } from '../../support/builders.js'
import { at, bodyOf, bodyWithHold, booked, expectOrder, freeAt, held, SERVICE, tally } from '../../support/crowd.js'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'
import { MARIADB, SQLITE } from '../../support/engines.js'
import { describeWith } from '../../support/needs.js'

const DAY = '2026-11-25'
const days = async ({ api }: TestApp, persons = 1): Promise<number> =>
  (await api.get(`/sites/legnano/services/${SERVICE}/days?from=${DAY}&to=${DAY}&persons=${persons}`)).body.days[0].free

describeWith('MariaDB', 'two instances on one database', function () {
  let database: TestDatabase
  /** The second one's connections. */
  let own: DataSource
  let one: TestApp
  let two: TestApp
  before(async function () {
    this.timeout(60_000)
    database = await openTestDatabase(MARIADB)
    one = await startApp(MARIADB, { database })
    const settings = { databaseUrl: database.url, dataDir: database.dataDir, production: false }
    own = await openDatabase(settings, { entities, migrations }, makeLog('silent'))
    two = await startApp(MARIADB, { database: { ...database, dataSource: own } })
    await one.saveCalendar({ rules: [aRule({ seats: 1 })], horizonDays: 365 })
    await sleep(1100)
  })
  after(async () => {
    await Promise.all([one.close(), two.close()])
    await own.destroy()
    await database.close()
  })

  const waitFor = async (is: () => Promise<boolean>): Promise<number> => {
    const startedMs = performance.now()
    while (!(await is())) {
      if (performance.now() - startedMs > 4000) break
      await sleep(20)
    }
    return performance.now() - startedMs
  }

  it('I9: a booking and its cancelling at one show at the other within 2 s, whenever it had last looked', async () => {
    for (const [person, waitedMs] of [
      [1, 0],
      [2, 500],
      [3, 950],
    ] as const) {
      const start = at('08:30', DAY)
      await sleep(1100)
      await days(two) // now in its memory
      const { token } = await booked(one, person, { start })
      await sleep(waitedMs)
      await days(two, 2) // an answer made of what is in memory may be kept in its turn
      expect(await waitFor(async () => (await days(two, 2)) === 15), 'booked').to.be.below(2000 - waitedMs)
      expect(await freeAt(two, start)).to.equal(0)
      await one.api.post(`/bookings/${token}/cancel`)
      expect(await waitFor(async () => (await days(two, 2)) === 16), 'cancelled').to.be.below(2000)
    }
  }).timeout(30_000)

  it('K4: a hold that becomes a booking at one stays taken at the other when its ten minutes are over', async () => {
    const start = at('12:00', DAY)
    const { hold } = await held(one, { start })
    await sleep(1100)
    expect(await days(two)).to.equal(15)
    expect((await one.api.post('/bookings', bodyWithHold(6, hold))).status).to.equal(201)
    await sleep(1100)
    for (const app of [one, two]) app.clock.advanceMinutes(11)
    expect(await days(two)).to.equal(15)
    expect(await freeAt(two, start)).to.equal(0)
    for (const app of [one, two]) app.clock.advanceMinutes(-11)
  }).timeout(10_000)

  it('where it does not show yet nobody is let in all the same: the database decides (K1)', async () => {
    const start = at('09:00', DAY)
    expect(await freeAt(two, start)).to.equal(1)
    await booked(one, 10, { start })
    expect((await two.api.post('/bookings', bodyOf(11, { start }))).body.code).to.equal('slot-full')
  })

  it('a closed calendar is closed at the other at once for whoever books, and to see within 2 s', async () => {
    await one.saveCalendar({ rules: [aRule({ seats: 1, from: '10:00' })], horizonDays: 365 })
    expect((await two.api.post('/bookings', bodyOf(20, { start: at('08:45', DAY) }))).body.code).to.equal('not-offered')
    expect(await waitFor(async () => (await freeAt(two, at('08:45', DAY))) === null)).to.be.below(2000)
    await one.saveCalendar({ rules: [aRule({ seats: 1 })], horizonDays: 365 })
    await sleep(1100)
  })

  it('K2: how many persons a slot serves, changed at one, holds for who books at the other at once, and shows within 2 s', async () => {
    const change = (personsPerSlot: number) =>
      one.unitOfWork.run((tx) =>
        one.queue.changeService(tx, {
          siteId: 'legnano',
          serviceId: SERVICE,
          to: { personsPerSlot },
          who: 'test',
        }),
      )
    const minutes = async (start: string) => {
      const { hold, start: from, end } = await held(two, { start, persons: 2 })
      await two.api.delete(`/holds/${hold}`)
      return (Date.parse(end) - Date.parse(from)) / 60_000
    }
    const free = await days(two, 2)
    expect(await minutes(at('10:00', DAY))).to.equal(15)
    await change(1)
    expect(await minutes(at('10:00', DAY))).to.equal(30)
    expect(await days(one, 2)).to.be.below(free)
    expect(await waitFor(async () => (await days(two, 2)) < free)).to.be.below(2000)
    expect(await days(two, 2)).to.equal(await days(one, 2))
    await sleep(1100)
    await days(two, 2)
    await change(2)
    expect(await waitFor(async () => (await days(two, 2)) === free)).to.be.below(2000)
    expect(await minutes(at('10:00', DAY))).to.equal(15)
  }).timeout(20_000)

  it('50 people at both of them for one seat: one gets it', async () => {
    for (const round of [0, 1, 2, 3, 4]) {
      const start = at(`1${round % 2}:${['00', '15', '30'][round % 3]}`, '2026-11-26')
      const people = Array.from({ length: 50 }, (_, n) =>
        (n % 2 ? one : two).api.post('/bookings', bodyOf(100 + round * 50 + n, { start })),
      )
      expect(tally(await Promise.all(people))).to.deep.equal({ '201': 1, '409 slot-full': 49 })
    }
    await expectOrder(one)
  }).timeout(60_000)

  it('K9: a double submit that reaches both is one booking', async () => {
    for (const round of [0, 1, 2, 3, 4]) {
      const body = bodyOf(400 + round, {
        start: at(`09:${['00', '15', '30', '45'][round % 4]}`, round < 4 ? '2026-11-27' : '2026-11-30'),
      })
      const copies = Array.from({ length: 10 }, (_, n) =>
        (n % 2 ? one : two).api.post('/bookings', body, { 'idempotency-key': `both-${round}` }),
      )
      const answers = await Promise.all(copies)
      expect(tally(answers)).to.deep.equal({ '201': 10 })
      expect(new Set(answers.map((answer) => answer.body.booking.token)).size).to.equal(1)
    }
    await expectOrder(one)
  })

  it('K5: one person at both of them at once: one booking', async () => {
    for (const person of [500, 501, 502, 503, 504]) {
      const attempts = [one, two, one, two].map((app, n) =>
        app.api.post(
          '/bookings',
          bodyOf(person, {
            site: n % 2 ? 'magenta' : 'legnano',
            // Each a seat of its own: on a full slot nobody is told of bookings (X7).
            start: at(`11:${['00', '15', '30', '45'][n]}`, `2026-12-0${1 + (person % 5)}`.replace('-05', '-09')),
          }),
        ),
      )
      expect(tally(await Promise.all(attempts))).to.deep.equal({ '201': 1, '409 already-booked': 3 })
    }
    await expectOrder(one)
  })
})

describe('the hint that free seats have changed (socket /seats)', () => {
  let app: TestApp
  const sockets: Socket[] = []
  before(async () => {
    app = await startApp(SQLITE)
  })
  after(async () => {
    for (const socket of sockets) socket.close()
    await app.close()
  })

  const listen = async (site: unknown, headers: Record<string, string> = {}) => {
    const socket = io(`${app.url}/seats`, {
      auth: { site },
      transports: ['websocket'],
      reconnection: false,
      extraHeaders: headers,
      forceNew: true,
    })
    sockets.push(socket)
    const heard: { days: string[] }[] = []
    socket.on('seats', (hint: { days: string[] }) => heard.push(hint))
    const connected = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true))
      socket.once('connect_error', () => resolve(false))
    })
    return { connected, heard, socket }
  }

  it('tells those who look at the site which days to ask for again, after the commit, a burst at once; others hear nothing', async () => {
    const [legnano, magenta] = [await listen('legnano'), await listen('magenta')]
    expect([legnano.connected, magenta.connected]).to.deep.equal([true, true])
    const free = new Promise<number | null>((resolve) =>
      legnano.socket.once('seats', () => void freeAt(app, at('09:00', DAY)).then(resolve)),
    )
    await Promise.all([
      booked(app, 1, { start: at('09:00', DAY) }),
      booked(app, 2, { start: at('09:15', DAY) }),
      booked(app, 3, { start: at('09:15', '2026-11-27') }),
    ])
    expect(await free).to.equal(2)
    await sleep(400)
    expect(legnano.heard).to.deep.equal([{ days: [DAY, '2026-11-27'] }])
    expect(magenta.heard).to.deep.equal([])
  })

  it('says nothing of what was refused', async () => {
    const { heard } = await listen('legnano')
    await app.api.post('/bookings', bodyOf(10, { start: at('08:31', DAY) }))
    await sleep(400)
    expect(heard).to.deep.equal([])
  })

  for (const site of [undefined, 1, {}, [], '', 'Legnano', 'x'.repeat(41), '../etc', null]) {
    it(`refuses a socket whose site is ${JSON.stringify(site)?.slice(0, 20)}`, async () =>
      expect((await listen(site)).connected).to.equal(false))
  }

  it('T32: a page of another origin cannot connect', async () => {
    expect((await listen('legnano', { origin: 'https://evil.example' })).connected).to.equal(false)
    expect((await listen('legnano', { origin: app.url })).connected).to.equal(true)
  })

  it('what a socket says is ignored, however large or strange; the app lives', async () => {
    const { socket } = await listen('legnano')
    socket.emit('seats', { days: ['2026-01-01'] })
    socket.emit('cancel', 'x'.repeat(10_000))
    socket.emit('__proto__', { constructor: 1 })
    const big = await listen('legnano')
    big.socket.emit('x', 'x'.repeat(100_000))
    await sleep(100)
    expect(big.socket.connected).to.equal(false)
    expect((await app.api.get('/sites')).status).to.equal(200)
  })
})
