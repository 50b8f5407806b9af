import { expect } from 'chai'
import { BookingEntity } from '../../../src/bookings/index.js'
import { addDays } from '../../../src/kernel/local-day.js'
import { makeAddClosure } from '../../../src/scheduling/index.js'
import { makeAddOpening } from '../../../src/scheduling/add-opening.js'
import { makeDeleteCalendar } from '../../../src/scheduling/delete-calendar.js'
import { makeRemoveClosure } from '../../../src/scheduling/remove-closure.js'
import { makeRemoveOpening } from '../../../src/scheduling/remove-opening.js'
import { SeatClaimEntity, stretches, TakenSeatsEntity } from '../../../src/seats/index.js'
import { ServiceEntity } from '../../../src/sites/index.js'
import { startApp, type TestApp } from '../../support/app.js'
import { aBooking, aRule, aWindow, THE_DAY, THE_DAY_BEFORE, visitorOf } from '../../support/builders.js'
import { at, bodyOf, booked, held, SERVICE } from '../../support/crowd.js'
import { forEachEngine } from '../../support/engines.js'

interface Day {
  date: string
  free: number
  reason: { code: string; text: string; opensOn?: string } | null
}

describe('free seats as everybody sees them', () => {
  forEachEngine((engine) => {
    let app: TestApp
    before(async function () {
      this.timeout(60_000)
      app = await startApp(engine)
    })
    beforeEach(async () => {
      app.clock.set(THE_DAY_BEFORE)
      await app.saveCalendar({ rules: [aRule({ seats: 2 })], horizonDays: 30, minNoticeMinutes: 60 })
    })
    after(() => app.close())

    const path = (site = 'legnano', service = SERVICE) => `/sites/${site}/services/${service}`
    const days = async (from: string, to = from, more = '', headers?: Record<string, string>): Promise<Day[]> => {
      const { status, body } = await app.api.get(`${path()}/days?from=${from}&to=${to}${more}`, headers)
      expect(status, JSON.stringify(body)).to.equal(200)
      return body.days
    }
    const day = async (date: string, more = ''): Promise<Day> => (await days(date, date, more))[0] as Day
    const slots = async (date: string, more = '') => (await app.api.get(`${path()}/slots?date=${date}${more}`)).body
    const close = (fromOn: string, part: { reason?: string; isPublic?: boolean; calendarId?: string | null } = {}) =>
      app.unitOfWork.run((tx) =>
        makeAddClosure(app)(tx, {
          siteId: 'legnano',
          calendarId: null,
          reason: 'Assemblea',
          isPublic: true,
          who: 'giulia',
          range: { fromOn, toOn: addDays(fromOn, 1) },
          ...part,
        }),
      )

    describe('why a day shows no slot (S7)', () => {
      const reasons: [title: string, date: string, code: string, text: RegExp, now?: string][] = [
        ['yesterday', '2026-11-22', 'past', /./],
        ['today after the last start', '2026-11-23', 'past', /./, '2026-11-23T12:16:00+01:00'],
        [
          'today after the last start that leaves the notice: with the first day that does',
          '2026-11-23',
          'too-soon',
          /24\/11\/2026/,
          '2026-11-23T11:16:00+01:00',
        ],
        ['a Sunday', '2026-11-29', 'closed', /non si riceve/],
        ['a national holiday, by its name', '2026-12-08', 'closed', /Immacolata/],
        ['the day beyond the horizon', '2026-12-24', 'not-open-yet', /24\/11\/2026/],
        ['C27: a Sunday holiday is closed all the same', '2026-12-27', 'closed', /./],
        ['yesterday, though it was a Sunday', '2026-11-15', 'past', /./],
        ['a holiday beyond the horizon is closed first', '2026-12-25', 'closed', /Natale/],
      ]
      for (const [title, date, code, text, now] of reasons) {
        it(`${title}: ${code}`, async () => {
          if (now) app.clock.set(now)
          const { free, reason } = await day(date)
          expect([free, reason?.code]).to.deep.equal([0, code])
          expect(reason?.text).to.match(text)
          expect(await slots(date)).to.deep.equal({ slots: [], reason })
        })
      }

      it('case K04: with ten days of notice the open days before are too soon, closed ones closed; the first free day is told across the month’s end', async () => {
        app.clock.set('2026-11-25T09:00:00+01:00')
        await app.saveCalendar({ rules: [aRule({ seats: 2 })], horizonDays: 30, minNoticeMinutes: 14_400 })
        const shown = await days('2026-11-24', '2026-12-08')
        const told = shown.map(({ date, free, reason }) => `${date.slice(8)} ${reason?.code ?? free}`)
        expect(told.slice(0, 5)).to.deep.equal(['24 past', '25 too-soon', '26 too-soon', '27 too-soon', '28 closed'])
        // 5 and 6 December are a weekend; on the 7th everything is ten days away.
        expect(told.slice(10)).to.deep.equal(['04 too-soon', '05 closed', '06 closed', '07 32', '08 closed'])
        for (const { reason } of shown.filter((each) => each.reason?.code === 'too-soon')) {
          expect(reason?.opensOn).to.equal('2026-12-07')
          expect(reason?.text).to.include('07/12/2026')
        }
        const { body } = await app.api.get('/sites')
        const legnano = (body.sites as { id: string; firstFree: Record<string, string> }[]).find(
          ({ id }) => id === 'legnano',
        )
        expect(legnano?.firstFree[SERVICE]).to.equal('2026-12-07T08:30:00+01:00')
      })

      it('too-soon names another day as soon as the one it names is too near itself', async () => {
        await app.saveCalendar({ rules: [aRule({ seats: 2 })], horizonDays: 30, minNoticeMinutes: 1440 })
        const windows = [aWindow({ to: '09:00' })]
        const command = { siteId: 'legnano', calendarId: SERVICE, day: THE_DAY, windows, who: 'giulia' }
        const { id } = await app.unitOfWork.run((tx) => makeAddOpening(app)(tx, command))
        app.clock.set('2026-11-23T08:45:00+01:00')
        expect((await day('2026-11-23')).reason?.opensOn).to.equal(THE_DAY)
        app.clock.set('2026-11-23T08:45:00.001+01:00')
        expect((await day('2026-11-23')).reason?.opensOn).to.equal('2026-11-25')
        const opening = { siteId: 'legnano', openingId: id, who: 'giulia' }
        await app.unitOfWork.run((tx) => makeRemoveOpening(app)(tx, opening))
      })

      it('a calendar of a service that people may not book, whatever is stored, offers nothing and books nothing', async () => {
        const [date, { dataSource }] = ['2026-12-03', app.database]
        const setBookable = (bookable: boolean) =>
          app.unitOfWork.run(async (tx) => {
            await tx.em.update(ServiceEntity, { id: SERVICE }, { bookable })
            tx.afterCommit(() => app.events.publish('site.changed', { siteId: 'legnano' }))
          })
        expect((await day(date)).free).to.equal(32)
        await setBookable(false)
        try {
          expect((await day(date)).reason?.code).to.equal('not-offered')
          const start = `${date}T09:00:00+01:00`
          const choice = { site: 'legnano', service: SERVICE, start }
          expect((await app.api.post('/holds', choice)).body.code).to.equal('not-offered')
          expect((await app.api.post('/bookings', bodyOf(900, { start }))).body.code).to.equal('not-offered')
          expect(await dataSource.manager.countBy(BookingEntity, { startsAt: new Date(start) })).to.equal(0)
        } finally {
          await setBookable(true)
        }
      })

      it('not-open-yet says on which day it opens, and on that day it does', async () => {
        const { reason } = await day('2026-12-24')
        expect(reason?.opensOn).to.equal('2026-11-24')
        app.clock.set('2026-11-24T00:00:00+01:00')
        expect((await day('2026-12-24')).reason).to.equal(null)
      })

      it('a closure: with its reason where citizens may read it, without where not', async () => {
        await close('2026-12-01', { reason: 'Disinfestazione' })
        await close('2026-12-02', { reason: 'Sciopero interno', isPublic: false })
        expect((await day('2026-12-01')).reason).to.deep.include({ code: 'closed', text: 'Chiuso: Disinfestazione.' })
        expect(JSON.stringify(await day('2026-12-02'))).not.to.include('Sciopero')
        expect((await day('2026-12-02')).reason?.code).to.equal('closed')
      })

      it('not-offered: the service has no calendar here; yesterday is past all the same', async () => {
        const { body } = await app.api.get(`${path('legnano', 'punto-ritiro')}/days?from=2026-11-22&to=2026-11-24`)
        expect(body.days.map((each: Day) => each.reason?.code)).to.deep.equal(['past', 'not-offered', 'not-offered'])
        const { body: list } = await app.api.get(`${path('legnano', 'punto-ritiro')}/slots?date=2026-11-24`)
        expect([list.slots, list.reason.code]).to.deep.equal([[], 'not-offered'])
      })

      it('full: every start is listed with 0; for a party of four already when no two neighbours are left', async () => {
        const FULL = '2026-12-21'
        await app.saveCalendar({ rules: [aRule({ from: '08:30', to: '09:15', seats: 1 })] })
        await booked(app, 900, { start: at('08:45', FULL) })
        expect((await day(FULL)).free).to.equal(2)
        const party = await day(FULL, '&persons=4')
        expect([party.free, party.reason?.code]).to.deep.equal([0, 'full'])
        const { slots: list, reason } = await slots(FULL, '&persons=4')
        expect(list.map(({ start, end, free }: Record<string, unknown>) => [start, end, free])).to.deep.equal([
          [at('08:30', FULL), at('09:00', FULL), 0],
          [at('08:45', FULL), at('09:15', FULL), 0],
        ])
        expect(reason.code).to.equal('full')
        await booked(app, 901, { start: at('08:30', FULL) })
        await booked(app, 902, { start: at('09:00', FULL) })
        expect((await day(FULL)).reason?.code).to.equal('full')
      })

      it('in English when asked for, in Italian when asked for another language', async () => {
        const reason = async (lang: string) =>
          (await days('2026-12-08', '2026-12-08', '', { 'accept-language': lang }))[0]?.reason?.text
        expect(await reason('en-GB,en;q=0.9')).to.match(/Immaculate Conception/)
        expect(await reason('fr')).to.match(/Immacolata/)
        expect(await reason('de, en;q=0.1, it;q=0.9')).to.match(/Immacolata/)
      })

      it('an unknown site or service is a 404, not "not offered"', async () => {
        for (const wrong of [path('milano'), path('legnano', 'passaporti')]) {
          for (const rest of ['/days?from=2026-11-24&to=2026-11-24', '/slots?date=2026-11-24']) {
            expect((await app.api.get(wrong + rest)).status, wrong + rest).to.equal(404)
          }
        }
      })

      const wrong: [query: string, code: string][] = [
        ['from=2026-11-24', 'required'],
        ['from=2026-11-24&to=2026-11-23', 'order'],
        ['from=2026-11-24&to=2027-01-25', 'too-many-days'],
        ['from=2026-02-31&to=2026-03-01', 'day'],
        ['from=2026-11-24&to=2026-11-24&persons=7', 'format'],
        ['from=2026-11-24&to=2026-11-24&x=1', 'unknown-field'],
        ['from=2026-11-24&from=2026-11-24&to=2026-11-24', 'type'],
      ]
      for (const [query, code] of wrong) {
        it(`days?${query}: 400 ${code}`, async () => {
          const { status, body } = await app.api.get(`${path()}/days?${query}`)
          expect([status, body.errors?.[0]?.code]).to.deep.equal([400, code])
          expect(body.errors[0].message).to.match(/\.$/)
        })
      }

      it('62 dates are answered, each one, in order', async () => {
        const list = await days('2026-11-24', '2027-01-24')
        expect(list.map(({ date }) => date)).to.deep.equal(
          Array.from({ length: 62 }, (_, index) => addDays('2026-11-24', index)),
        )
        for (const { free, reason } of list) expect(free > 0).to.equal(reason === null)
      })
    })

    it('case A39, S8: the day’s number is the sum of its slots’, for every site, day and size of party', async function () {
      this.timeout(60_000)
      for (let person = 700; person < 730; person++) {
        const time = `${['09', '10', '11'][person % 3]}:${['00', '15', '30', '45'][person % 4]}`
        const site = ['legnano', 'magenta', 'cuggiono'][person % 3]
        await app.api.post('/holds', {
          site,
          service: SERVICE,
          start: at(time, addDays('2026-11-24', person % 3)),
          persons: 1 + (person % 6),
        })
      }
      for (const { id: site } of (await app.directory.all()).sites) {
        for (const persons of [1, 3, 6]) {
          const { body } = await app.api.get(`${path(site)}/days?from=2026-11-23&to=2026-11-30&persons=${persons}`)
          for (const { date, free, reason } of body.days as Day[]) {
            const list = (await app.api.get(`${path(site)}/slots?date=${date}&persons=${persons}`)).body
            const sum = (list.slots as { free: number }[]).reduce((all, slot) => all + slot.free, 0)
            expect(sum, `${site} ${date} ${persons}`).to.equal(free)
            expect(list.reason).to.deep.equal(reason)
          }
        }
      }
    })

    it('each site shows its first free moment; full and closed days are passed over; none is null', async () => {
      const firstFree = async (site: string) => {
        const { body } = await app.api.get('/sites')
        return body.sites.find(({ id }: { id: string }) => id === site).firstFree[SERVICE]
      }
      await app.saveCalendar({ siteId: 'abbiategrasso', rules: [aRule({ from: '08:30', to: '08:45', seats: 1 })] })
      expect(await firstFree('abbiategrasso')).to.equal(at('08:30'))
      const { token } = await booked(app, 930, { site: 'abbiategrasso' })
      expect(await firstFree('abbiategrasso')).to.equal(at('08:30', '2026-11-25'))
      await app.api.post(`/bookings/${token}/cancel`)
      expect(await firstFree('abbiategrasso')).to.equal(at('08:30'))
      await app.saveCalendar({ siteId: 'abbiategrasso', rules: [aRule({ startsOn: '2027-03-01' })] })
      expect(await firstFree('abbiategrasso')).to.equal(null)
    })

    describe('keeps no answer longer than it is true', () => {
      const freeOf = async (date: string) => {
        const [first, again] = [await day(date), await day(date)]
        expect(again).to.deep.equal(first)
        const list = await slots(date)
        expect((list.slots as { free: number }[]).reduce((all, { free }) => all + free, 0)).to.equal(first.free)
        return first.free
      }
      /** A day that no test before has touched. */
      let DAY = '2026-12-02'
      beforeEach(() => {
        do DAY = addDays(DAY, 1)
        while ([0, 6].includes(new Date(DAY).getUTCDay()) || DAY === '2026-12-08')
      })
      const ALL = 32

      it('a booking, its move and its cancelling show at once, on each of the days', async () => {
        const NEXT = '2026-12-23'
        expect(await freeOf(DAY)).to.equal(ALL)
        const { token } = await booked(app, 940, { start: at('09:00', DAY), persons: 4 })
        expect([await freeOf(DAY), await freeOf(NEXT)]).to.deep.equal([ALL - 2, ALL])
        await app.api.post(`/bookings/${token}/move`, { start: at('09:00', NEXT) })
        expect([await freeOf(DAY), await freeOf(NEXT)]).to.deep.equal([ALL, ALL - 2])
        await app.api.post(`/bookings/${token}/cancel`)
        expect([await freeOf(DAY), await freeOf(NEXT)]).to.deep.equal([ALL, ALL])
      })

      it('K4: a hold shows at once and is over at its very instant', async () => {
        await held(app, { start: at('09:00', DAY) })
        expect(await freeOf(DAY)).to.equal(ALL - 1)
        app.clock.set('2026-11-23T09:09:59.999+01:00')
        expect(await freeOf(DAY)).to.equal(ALL - 1)
        app.clock.set('2026-11-23T09:10:00+01:00')
        expect(await freeOf(DAY)).to.equal(ALL)
      })

      it('K4: a hold that became a booking lasts past the hold’s time', async () => {
        const { hold } = await held(app, { start: at('09:00', DAY) })
        expect(await freeOf(DAY)).to.equal(ALL - 1)
        const { body } = await app.api.post('/bookings', { hold, visitor: visitorOf(941) })
        app.clock.advanceMinutes(11)
        expect(await freeOf(DAY)).to.equal(ALL - 1)
        await app.api.post(`/bookings/${body.booking.token}/cancel`)
      })

      it('S6: a start is gone the millisecond it is inside the notice, and the day when the last one is', async () => {
        app.clock.set('2026-11-24T07:30:00+01:00')
        expect(await freeOf(THE_DAY)).to.be.greaterThan(0)
        const all = await freeOf(THE_DAY)
        app.clock.set('2026-11-24T07:30:00.001+01:00')
        expect(await freeOf(THE_DAY)).to.equal(all - 2)
        app.clock.set('2026-11-24T11:15:00+01:00')
        expect(await freeOf(THE_DAY)).to.equal(2)
        app.clock.set('2026-11-24T11:15:00.001+01:00')
        expect((await day(THE_DAY)).reason).to.deep.include({ code: 'too-soon', opensOn: '2026-11-25' })
        app.clock.set('2026-11-24T12:15:00+01:00')
        expect((await day(THE_DAY)).reason?.code).to.equal('too-soon')
        app.clock.set('2026-11-24T12:15:00.001+01:00')
        expect((await day(THE_DAY)).reason?.code).to.equal('past')
      })

      it('S6: midnight at the site opens the next day of the horizon and ends the present one', async () => {
        app.clock.set('2026-11-23T23:59:59.999+01:00')
        expect((await day('2026-12-24')).reason?.code).to.equal('not-open-yet')
        app.clock.set('2026-11-24T00:00:00+01:00')
        expect(await freeOf('2026-12-24')).to.equal(ALL)
        expect((await day('2026-11-23')).reason?.code).to.equal('past')
      })

      it('a change of the calendar, a closure and its end show at once', async () => {
        expect(await freeOf(DAY)).to.equal(ALL)
        await app.saveCalendar({ rules: [aRule({ seats: 3 })], horizonDays: 30 })
        expect(await freeOf(DAY)).to.equal(48)
        const { id } = await close(DAY)
        expect((await day(DAY)).reason?.code).to.equal('closed')
        await app.unitOfWork.run((tx) =>
          makeRemoveClosure(app)(tx, {
            siteId: 'legnano',
            closureId: id,
            who: 'giulia',
          }),
        )
        expect(await freeOf(DAY)).to.equal(48)
        await app.saveCalendar({ rules: [aRule()], horizonDays: 5 })
        expect((await day(DAY)).reason?.code).to.equal('not-open-yet')
      })

      it('a service that gets a calendar is offered at once, and no more when it loses it', async () => {
        const ask = async () => (await app.api.get(`${path('magenta')}/days?from=${DAY}&to=${DAY}`)).body.days[0] as Day
        const key = { siteId: 'magenta', calendarId: SERVICE }
        const remove = () => app.unitOfWork.run((tx) => makeDeleteCalendar(app)(tx, { ...key, who: 'giulia' }))
        await remove()
        expect((await ask()).reason?.code).to.equal('not-offered')
        await app.saveCalendar({ ...key, rules: [aRule()] })
        expect((await ask()).free).to.equal(ALL)
        await remove()
        expect((await ask()).reason?.code).to.equal('not-offered')
      })

      it('what the clock does while an answer is being made does not make it last too long', async () => {
        await held(app, { start: at('10:00', DAY) }) // until 09:10:00
        const times = ['2026-11-23T09:09:59.999+01:00', '2026-11-23T09:10:00.001+01:00'].map((text) => new Date(text))
        let asked = 0
        const { availability } = app
        const days = availability.days.bind(availability)
        availability.days = async (query) => {
          app.clock.set(times[0] as Date)
          const answer = await days(query)
          asked++
          app.clock.set(times[1] as Date) // while the answer is being written
          return answer
        }
        expect((await day(DAY)).free).to.equal(ALL - 1)
        availability.days = days
        expect(asked).to.equal(1)
        expect((await day(DAY)).free).to.equal(ALL)
      })
    })
  })
})

describe('a month of availability (issue: at most 3 statements, however many bookings)', () => {
  forEachEngine((engine) => {
    let app: TestApp
    const statements: string[] = []
    before(async function () {
      this.timeout(120_000)
      app = await startApp(engine)
      await app.saveCalendar({ rules: [aRule({ seats: 500 })], horizonDays: 60 })
      const starts = Array.from({ length: 62 }, (_, index) => new Date(`${addDays(THE_DAY, index)}T07:30:00Z`))
      await app.unitOfWork.run(async ({ em }) => {
        for (const startsAt of starts) {
          const times = stretches(startsAt, 15, 16)
          const key = { siteId: 'legnano', calendarId: SERVICE }
          await em.insert(
            TakenSeatsEntity,
            times.map((time) => ({ ...key, ...time, taken: 5 })),
          )
          const bookings = times.flatMap((time) => Array.from({ length: 4 }, () => aRow(time.startsAt)))
          await em.insert(BookingEntity, bookings)
          const expiresAt = new Date(THE_DAY_BEFORE.getTime() + 600_000)
          await em.insert(
            SeatClaimEntity,
            times.map((time) => ({ ...key, ...time, holderId: crypto.randomUUID(), expiresAt })),
          )
        }
      })
      const { dataSource } = app.database
      dataSource.setOptions({ logger: { ...silent, logQuery: (sql: string) => void statements.push(sql) } })
    })
    after(() => app.close())

    const aRow = (startsAt: Date) => {
      const id = crypto.randomUUID()
      return aBooking({ id, startsAt, code: null, tokenHash: id.padEnd(64, '0') })
    }
    const silent = {
      logQueryError: nothing,
      logQuerySlow: nothing,
      logSchemaBuild: nothing,
      logMigration: nothing,
      log: nothing,
    }

    const asked = async (query: string) => {
      statements.length = 0
      const { status, body } = await app.api.get(`/sites/legnano/services/${SERVICE}/days?${query}`)
      expect(status).to.equal(200)
      return { days: body.days as Day[], count: statements.filter((sql) => sql.startsWith('SELECT')).length }
    }

    it('the first time it takes 3 or fewer, with 4,000 bookings and 1,000 holds in the way; after that none', async () => {
      app.events.publish('calendar.changed', { siteId: 'legnano', calendarId: SERVICE }) // as when nothing is in memory
      await asked('from=2026-11-23&to=2026-11-23')
      const first = await asked('from=2026-11-24&to=2026-12-24')
      expect(first.count).to.be.within(1, 3)
      expect(first.days.find(({ date }) => date === THE_DAY)?.free).to.equal(16 * 495)
      const again = await asked('from=2026-11-24&to=2026-12-24')
      expect(again.count).to.equal(0)
      const wider = await asked('from=2026-11-24&to=2027-01-20&persons=2')
      expect(wider.count).to.be.within(1, 3)
    })

    it('after a booking of one of its days too', async () => {
      await booked(app, 1)
      const { count } = await asked('from=2026-11-24&to=2026-12-24')
      expect(count).to.be.within(1, 3)
    })

    it('also when somebody books during the reading: what is not kept is not read again day by day', async () => {
      const { manager } = app.database.dataSource
      const build = manager.createQueryBuilder.bind(manager)
      const days = Array.from({ length: 40 }, (_, index) => addDays(THE_DAY, index))
      const change = () => app.events.publish('seats.changed', { siteId: 'legnano', calendarId: SERVICE, days })
      let disturbed = 0
      const disturbing = (...args: Parameters<typeof build>) => {
        if ((args[0] as unknown) === TakenSeatsEntity) {
          disturbed++
          change()
        }
        return build(...args)
      }
      change()
      Object.assign(manager, { createQueryBuilder: disturbing })
      const { count } = await asked('from=2026-11-25&to=2026-12-26&persons=3')
      Object.assign(manager, { createQueryBuilder: build })
      expect(disturbed).to.be.greaterThan(0)
      expect(count).to.be.at.most(6)
    })
  })
})

function nothing(): void {
  return undefined
}
