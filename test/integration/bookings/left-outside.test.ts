import { expect } from 'chai'
import { bookingsLeftOutside } from '../../../src/bookings/affected-bookings.js'
import { makeResolveLeftOutside } from '../../../src/bookings/resolve-left-outside.js'
import { addDays } from '../../../src/kernel/local-day.js'
import { makeAddClosure } from '../../../src/scheduling/index.js'
import { aRule } from '../../support/builders.js'
import { at, bodyOf, booked, freeAt, insist, SERVICE, tally } from '../../support/crowd.js'
import { forEachEngine } from '../../support/engines.js'
import { scene } from './scene.js'

describe('a calendar that changes under its bookings (S8)', () => {
  forEachEngine((engine) => {
    const s = scene(engine)
    afterEach(() => s.app.saveCalendar({ rules: [aRule()], horizonDays: 365 }))

    const outside = async () => {
      const plan = await s.app.calendars.planOf('legnano', SERVICE)
      if (!plan) throw new Error('no calendar')
      return (await bookingsLeftOutside(s.app.database.dataSource.manager, plan, s.app.clock())).map(({ code }) => code)
    }
    const resolve = (codes: string[], action: 'cancel' | 'offer-move') => {
      const act = makeResolveLeftOutside({ ...s.app.bookingDeps, calendars: s.app.calendars })
      return s.app.unitOfWork.run((tx) =>
        act(tx, { siteId: 'legnano', serviceId: SERVICE, codes, action, who: 'giulia', reason: 'lavori' }),
      )
    }
    const close = (day: string) =>
      s.app.unitOfWork.run((tx) =>
        makeAddClosure(s.app)(tx, {
          siteId: 'legnano',
          calendarId: null,
          reason: 'Lavori',
          isPublic: true,
          who: 'giulia',
          range: { fromOn: day, toOn: addDays(day, 1) },
        }),
      )

    it('shorter hours and a closure delete no booking; those outside are listed, soonest first', async () => {
      const day = s.day()
      const early = await booked(s.app, s.person(), { start: at('08:30', day) })
      const inside = await booked(s.app, s.person(), { start: at('10:00', day) })
      const half = await booked(s.app, s.person(), { start: at('11:30', day), persons: 3 })
      expect(await outside()).to.deep.equal([])
      await s.app.saveCalendar({ rules: [aRule({ from: '09:00', to: '12:00' })], horizonDays: 365 })
      expect(await outside()).to.deep.equal([early.code])
      await close(day)
      expect(await outside()).to.deep.equal([early.code, inside.code, half.code])
      for (const { token } of [early, inside, half]) {
        expect((await s.app.api.get(`/bookings/${token}`)).body.booking.status).to.equal('confirmed')
      }
      await resolve((await outside()) as string[], 'cancel')
    })

    it('one confirmed action cancels them with a mail each; their seats go back; who was not listed stays', async () => {
      const day = s.day()
      const [one, two] = [
        await booked(s.app, s.person(), { start: at('08:30', day) }),
        await booked(s.app, s.person(), { start: at('08:30', day) }),
      ]
      const inside = await booked(s.app, s.person(), { start: at('10:00', day) })
      await s.app.saveCalendar({ rules: [aRule({ from: '09:00' })], horizonDays: 365 })
      await resolve([two.code, one.code], 'cancel')
      for (const { code } of [one, two]) expect(await s.mails(code)).to.deep.equal(['closed-by-site', 'confirmed'])
      expect((await s.app.api.get(`/bookings/${one.token}`)).body.booking.status).to.equal('cancelled')
      expect((await s.app.api.get(`/bookings/${inside.token}`)).body.booking.status).to.equal('confirmed')
      expect(await outside()).to.deep.equal([])
      await s.app.saveCalendar({ rules: [aRule()], horizonDays: 365 })
      expect(await freeAt(s.app, at('08:30', day))).to.equal(2)
    })

    it('a list that has changed since it was shown is refused whole', async () => {
      const day = s.day()
      const one = await booked(s.app, s.person(), { start: at('08:30', day) })
      const late = await booked(s.app, s.person(), { start: at('08:45', day) })
      await s.app.saveCalendar({ rules: [aRule({ from: '09:00' })], horizonDays: 365 })
      const refused = await resolve([one.code], 'cancel').then(
        () => null,
        (error: { code: string; details: object }) => error,
      )
      expect(refused).to.deep.include({ code: 'list-changed' })
      expect((await s.app.api.get(`/bookings/${one.token}`)).body.booking.status).to.equal('confirmed')
      await resolve([one.code, late.code], 'offer-move')
      await resolve([one.code, late.code], 'offer-move')
      expect(await s.mails(one.code)).to.deep.equal(['confirmed', 'move-offered'])
      expect((await s.app.api.post(`/bookings/${one.token}/move`, { start: at('09:00', day) })).status).to.equal(200)
      await resolve([late.code], 'cancel')
    })

    it('K4: a pending one whose time is over is no more in the list, nor in the way of the others', async () => {
      await s.emailConfirmation(true, 'legnano')
      const day = s.day()
      await booked(s.app, s.person(), { start: at('08:30', day) })
      await s.emailConfirmation(false, 'legnano')
      s.app.clock.advanceMinutes(31)
      const real = await booked(s.app, s.person(), { start: at('08:30', day) })
      await s.app.saveCalendar({ rules: [aRule({ from: '09:00' })], horizonDays: 365 })
      expect(await outside()).to.deep.equal([real.code])
      await resolve([real.code], 'cancel')
    })

    it('a booking whose slot is gone can still be cancelled and moved by its owner, and its seat goes back', async () => {
      const day = s.day()
      const [one, two] = [
        await booked(s.app, s.person(), { start: at('08:30', day) }),
        await booked(s.app, s.person(), { start: at('08:30', day) }),
      ]
      await s.app.saveCalendar({ rules: [aRule({ from: '09:00', slotMinutes: 20 })], horizonDays: 365 })
      expect((await s.app.api.post(`/bookings/${one.token}/cancel`)).status).to.equal(200)
      const moved = await s.app.api.post(`/bookings/${two.token}/move`, { start: at('09:20', day) })
      expect(moved.body.booking).to.include({ start: at('09:20', day), end: at('09:40', day) })
    })

    it('fewer seats than bookings: nobody is sent away, nobody more gets in (K1)', async () => {
      const start = at('08:30', s.day())
      const { token } = await booked(s.app, s.person(), { start })
      await booked(s.app, s.person(), { start })
      await s.app.saveCalendar({ rules: [aRule({ seats: 1 })], horizonDays: 365 })
      expect(await freeAt(s.app, start)).to.equal(0)
      await s.app.api.post(`/bookings/${token}/cancel`)
      expect(await freeAt(s.app, start)).to.equal(0)
      expect((await s.app.api.post('/bookings', bodyOf(s.person(), { start }))).body.code).to.equal('slot-full')
      await s.app.saveCalendar({ rules: [aRule()], horizonDays: 365 })
      expect(await freeAt(s.app, start)).to.equal(1)
    })

    it('case E29: the calendar is saved again and again while 40 people book: none lost, no error but the rules’', async function () {
      this.timeout(60_000)
      const day = s.day()
      let saving = true
      let saved = 0
      const manager = (async () => {
        while (saving) {
          await s.app.saveCalendar({ rules: [aRule({ seats: 2 + (saved % 2) })], horizonDays: 365 })
          saved++
          await new Promise((resolve) => setTimeout(resolve, 5))
        }
      })()
      const times = Array.from(
        { length: 10 },
        (_, n) => `${String(9 + Math.floor(n / 4)).padStart(2, '0')}:${['00', '15', '30', '45'][n % 4]}`,
      )
      const people = Array.from({ length: 40 }, (_, n) => {
        const asked = bodyOf(s.person(), { start: at(times[n % 10] as string, day) })
        return insist(() => s.app.api.post('/bookings', asked))
      })
      const answers = await Promise.all(people)
      saving = false
      await manager
      await s.app.saveCalendar({ rules: [aRule({ seats: 3 })], horizonDays: 365 })
      expect(saved).to.be.greaterThan(1)
      const counts = tally(answers)
      expect(
        Object.keys(counts).filter((key) => !['201', '409 slot-full'].includes(key)),
        JSON.stringify(counts),
      ).to.deep.equal([])
      expect(counts['201']).to.be.within(20, 30)
      for (const { status, body } of answers) {
        if (status === 201)
          expect((await s.app.api.get(`/bookings/${body.booking.token}`)).body.booking.status).to.equal('confirmed')
      }
    })
  })
})
