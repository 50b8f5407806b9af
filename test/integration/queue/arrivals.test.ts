import { expect } from 'chai'
import { Registry } from 'prom-client'
import { makeBookingMetrics } from '../../../src/platform/booking-metrics.js'
import { makeBookings } from '../../../src/bookings/actions.js'
import { BOOKING_SETTINGS } from '../../../src/bookings/booking-deps.js'
import { fingerprint } from '../../../src/platform/secrets.js'
import { makeAddClosure } from '../../../src/scheduling/index.js'
import { Seats } from '../../../src/seats/index.js'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'
import { forEachEngine } from '../../support/engines.js'
import { at, aWalkIn, bookingNumber, NEWBORN, queueRoom, type QueueRoom, refusalOf } from './room.js'

forEachEngine((engine) => {
  describe('arrivals', function () {
    this.timeout(60_000)
    let database: TestDatabase
    let room: QueueRoom
    before(async () => {
      database = await openTestDatabase(engine)
    })
    beforeEach(async () => {
      await database.clear()
      room = await queueRoom(database)
    })
    after(() => database.close())

    const details = async (promise: Promise<unknown>) =>
      promise.then(
        () => null,
        (error: { code: string; details: object }) => ({ code: error.code, ...error.details }),
      )

    describe('with a booking (W1)', () => {
      it('get a number of lane P, twice the same one', async () => {
        await room.addBookings(bookingNumber(1))
        const first = await room.checkIn('BOOK0001')
        const again = await room.checkIn('BOOK0001')
        expect([first.isNew, first.ticket.lane, first.ticket.number]).to.deep.equal([true, 'P', 1])
        expect([again.isNew, again.ticket.id]).to.deep.equal([false, first.ticket.id])
        expect(first.ticket.startsAt).to.deep.equal(at('08:30'))
      })

      it('may show the link of their mail as well', async () => {
        await room.addBookings(bookingNumber(1, { tokenHash: fingerprint('t'.repeat(43)) }))
        const key = { token: 't'.repeat(43) }
        const { ticket } = await database.unitOfWork.run((tx) =>
          room.inTx.checkIn(tx, { siteId: 'legnano', key, who: 'anna', isStaff: true }),
        )
        expect(ticket.bookingId).to.equal(bookingNumber(1).id)
      })

      it('are told which day, or which site, is right', async () => {
        await room.addBookings(
          bookingNumber(1, { startsAt: at('09:00', '2026-11-25') }),
          bookingNumber(2, { siteId: 'magenta' }),
        )
        expect(await details(room.checkIn('BOOK0001'))).to.deep.equal({
          code: 'wrong-day',
          start: '2026-11-25T09:00:00+01:00',
        })
        expect(await details(room.checkIn('BOOK0002'))).to.deep.equal({
          code: 'wrong-site',
          site: 'magenta',
          siteName: 'Magenta',
        })
        expect(await refusalOf(room.checkIn('NOBODY00'))).to.equal('not-found not-found')
      })

      for (const status of ['cancelled', 'pending', 'no-show'] as const) {
        it(`cannot arrive when it is ${status}`, async () => {
          await room.addBookings(bookingNumber(1, { status }))
          expect(await refusalOf(room.checkIn('BOOK0001'))).to.equal(`not-allowed not-active ${status}`)
        })
      }

      it('come at once to kiosk and desk: one ticket', async () => {
        await room.addBookings(...[1, 2, 3].map((n) => bookingNumber(n)))
        const arrivals = await Promise.all([1, 1, 2, 2, 3, 3, 1, 2, 3, 1].map((n) => room.checkIn(`BOOK000${n}`)))
        expect(arrivals.filter(({ isNew }) => isNew)).to.have.length(3)
        expect([...new Set(arrivals.map(({ ticket }) => ticket.number))].sort((a, b) => a - b)).to.deep.equal([1, 2, 3])
      })

      it('cancel at the moment they arrive: arrived or cancelled, never both', async () => {
        const { directory, calendars, events } = room.deps
        const bookings = makeBookings({
          ...room.deps,
          seats: new Seats({ directory, calendars, events }),
          settings: BOOKING_SETTINGS,
          metrics: makeBookingMetrics(new Registry()),
        })
        for (let n = 1; n <= 10; n++) {
          const token = String(n).padEnd(43, 'x')
          await room.addBookings(bookingNumber(n, { startsAt: at('11:30'), tokenHash: fingerprint(token) }))
          const [arrived, cancelled] = await Promise.allSettled([
            room.checkIn(bookingNumber(n).code ?? ''),
            database.unitOfWork.run((tx) => bookings.cancelBooking(tx, { token })),
          ])
          expect(arrived.status === 'fulfilled', `${n}`).to.equal(cancelled.status === 'rejected')
          expect(await room.bookingStatus(bookingNumber(n).id)).to.equal(
            arrived.status === 'fulfilled' ? 'arrived' : 'cancelled',
          )
        }
      })
    })

    describe('without a booking (W2–W4)', () => {
      const newborn = { serviceId: 'neonati', newbornTaxCode: NEWBORN }

      it('count per lane and start again each day, at each site', async () => {
        const numbers = async () => {
          const seen = []
          for (const part of [{}, {}, newborn, { serviceId: 'punto-ritiro' }, { siteId: 'magenta' }]) {
            const { lane, number } = await room.issue(part)
            seen.push(`${lane}${number}`)
          }
          return seen.join(' ')
        }
        expect(await numbers()).to.equal('D1 D2 N1 R1 D1')
        room.clock.set(at('08:30', '2026-11-25'))
        expect(await numbers()).to.equal('D1 D2 N1 R1 D1')
      })

      for (const [time, expected] of [
        ['08:29', 'not-allowed outside-window'],
        ['08:30', 'N1'],
        ['12:29', 'N1'],
        ['12:30', 'not-allowed outside-window'],
      ] as const) {
        it(`newborns at ${time}: ${expected}`, async () => {
          room.clock.set(at(time))
          const told = room.issue(newborn).then(({ lane, number }) => `${lane}${number}`)
          expect(await told.catch(() => refusalOf(room.issue(newborn)))).to.equal(expected)
        })
      }

      it('are told when it opens next, past holidays and closures', async () => {
        room.clock.set('2026-12-07T13:00:00+01:00')
        expect(await details(room.issue(newborn))).to.deep.equal({
          code: 'outside-window',
          opensAt: '2026-12-09T08:30:00+01:00',
        })
        const close = makeAddClosure(room.deps)
        const closure = { siteId: 'legnano', calendarId: null, reason: 'Lavori', isPublic: true, who: 'giulia' }
        await database.unitOfWork.run((tx) =>
          close(tx, { ...closure, range: { fromOn: '2026-12-09', toOn: '2026-12-10' } }),
        )
        expect(await details(room.issue(newborn))).to.deep.equal({
          code: 'outside-window',
          opensAt: '2026-12-10T08:30:00+01:00',
        })
        room.clock.set('2027-03-29T09:00:00+02:00')
        expect(await details(room.issue(newborn))).to.deep.equal({
          code: 'outside-window',
          opensAt: '2027-03-30T08:30:00+02:00',
        })
      })

      it('are admitted by staff outside the window, with the reason on record', async () => {
        room.clock.set(at('14:00'))
        await room.issue({ ...newborn, override: { reason: 'viene da lontano' }, who: 'anna' })
        const { audit_record: audit } = await database.contents()
        const rows = (audit as Record<string, string>[]).map(
          (row) => `${row['row_who']} ${row['row_what']} ${row['row_reason']}`,
        )
        expect(rows).to.include('anna issue-ticket override: viene da lontano')
      })

      it('need the child’s codice fiscale, which is kept nowhere', async () => {
        expect(await refusalOf(room.issue({ serviceId: 'neonati' }))).to.equal('not-allowed newborn-tax-code-required')
        expect(await refusalOf(room.issue({ ...newborn, newbornTaxCode: 'RSSMRA85T10A562S' }))).to.equal(
          'not-allowed not-a-newborn',
        )
        await room.issue(newborn)
        expect(JSON.stringify(await database.contents())).not.to.include(NEWBORN)
      })

      it('are as many as the quota of the day, whoever presses at once', async () => {
        const to = { dailyQuota: 3 }
        const command = { siteId: 'legnano', serviceId: 'accesso-diretto', to, who: 'giulia' }
        await database.unitOfWork.run((tx) => room.inTx.changeService(tx, command))
        const drawn = await Promise.allSettled(Array.from({ length: 10 }, () => room.issue()))
        expect(drawn.filter(({ status }) => status === 'fulfilled')).to.have.length(3)
        expect(await refusalOf(room.issue())).to.equal('not-allowed quota-reached')
        expect((await room.issue({ override: { reason: 'urgente' } })).number).to.equal(4)
      })

      it('count where they were admitted, also when they were sent on to another service (W3)', async () => {
        const command = { siteId: 'legnano', to: { dailyQuota: 1 }, who: 'giulia' }
        for (const serviceId of ['accesso-diretto', 'punto-ritiro'])
          await database.unitOfWork.run((tx) => room.inTx.changeService(tx, { ...command, serviceId }))
        const { id } = await room.issue()
        await room.transfer(id, { serviceId: 'punto-ritiro' })
        expect(await refusalOf(room.issue())).to.equal('not-allowed quota-reached')
        expect((await room.issue({ serviceId: 'punto-ritiro' })).number).to.equal(1)
      })

      it('cannot ask for what the site has not, or for what is only booked', async () => {
        expect(await refusalOf(room.issue({ serviceId: 'dentista' }))).to.equal('not-allowed not-offered')
        expect(await details(room.issue({ serviceId: 'scelta-revoca' }))).to.deep.equal({
          code: 'outside-window',
          opensAt: null,
        })
        const { lane } = await room.issue({ serviceId: 'scelta-revoca', override: { reason: 'anziana sola' } })
        expect(lane).to.equal('D')
        expect(await refusalOf(room.issue({ ...aWalkIn, siteId: 'atlantide' }))).to.equal('not-found unknown-site')
      })

      it('draw at once: numbers without gaps or repeats, also where presses fail between (T12, I3)', async () => {
        const presses = Array.from({ length: 60 }, (_, i) =>
          database.unitOfWork.run(async (tx) => {
            const ticket = await room.inTx.issueTicket(tx, {
              ...aWalkIn,
              serviceId: i % 2 ? 'accesso-diretto' : 'punto-ritiro',
            })
            if (i % 5 === 0) throw new Error('the power fails')
            return `${ticket.lane}${ticket.number}`
          }),
        )
        const drawn = (await Promise.allSettled(presses)).flatMap((each) =>
          each.status === 'fulfilled' ? [each.value] : [],
        )
        for (const lane of ['D', 'R']) {
          const numbers = drawn.filter((each) => each.startsWith(lane)).map((each) => Number(each.slice(1)))
          expect(numbers.sort((a, b) => a - b)).to.deep.equal(Array.from({ length: 24 }, (_, i) => i + 1))
        }
      })
    })
  })
})
