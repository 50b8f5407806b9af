import { expect } from 'chai'
import { makeAddOpening } from '../../../src/scheduling/add-opening.js'
import { makeRemoveOpening } from '../../../src/scheduling/remove-opening.js'
import { startApp, type TestApp } from '../../support/app.js'
import { aRule, aWindow, THE_DAY, THE_DAY_BEFORE } from '../../support/builders.js'
import { at, bodyOf, bodyWithHold, booked, expectOrder, freeAt, held, insist, SERVICE } from '../../support/crowd.js'
import { forEachEngine } from '../../support/engines.js'

/** 08:30–12:30 on working days. */
const grid = (slotMinutes: number, seats = 1, part: Parameters<typeof aRule>[0] = {}) => ({
  rules: [aRule({ slotMinutes, seats, ...part })],
})

describe('time that is occupied, when the grid of a calendar changes (K1, T59)', () => {
  forEachEngine((engine) => {
    let app: TestApp
    let person = 0
    let tokens: string[] = []
    before(async function () {
      this.timeout(60_000)
      app = await startApp(engine)
    })
    afterEach(async () => {
      await expectOrder(app)
      for (const token of tokens) await app.api.post(`/bookings/${token}/cancel`)
      tokens = []
      app.clock.set(THE_DAY_BEFORE)
      await expectOrder(app)
    })
    after(() => app.close())

    const book = async (time: string, part: object = {}) => {
      const booking = await booked(app, ++person, { start: at(time), ...part })
      tokens.push(booking.token)
      return booking
    }
    const tryBook = async (time: string, part: object = {}) => {
      const asked = bodyOf(++person, { start: at(time), ...part })
      const { status, body } = await insist(() => app.api.post('/bookings', asked))
      if (status === 201) tokens.push(String(body.booking.token))
      return status === 201 ? '201' : `${status} ${body.code}`
    }
    /** What is free at these times; null where nothing starts. */
    const free = async (...times: string[]) =>
      Object.fromEntries(await Promise.all(times.map(async (time) => [time, await freeAt(app, at(time))] as const)))

    it('case K01: from 10 to 15 minutes, a visit 09:10–09:20 fills 09:00 and 09:15; cancelling frees both', async () => {
      await app.saveCalendar(grid(10))
      const { token } = await book('09:10')
      await app.saveCalendar(grid(15))
      expect(await free('09:00', '09:15', '09:30', '09:10')).to.deep.equal({
        '09:00': 0,
        '09:15': 0,
        '09:30': 1,
        '09:10': null,
      })
      expect([await tryBook('09:00'), await tryBook('09:15')]).to.deep.equal(['409 slot-full', '409 slot-full'])
      expect((await app.api.post('/holds', { site: 'legnano', service: SERVICE, start: at('09:15') })).status).to.equal(
        409,
      )
      expect(await tryBook('09:30')).to.equal('201')
      await app.api.post(`/bookings/${token}/cancel`)
      expect(await free('09:00', '09:15')).to.deep.equal({ '09:00': 1, '09:15': 1 })
      expect([await tryBook('09:00'), await tryBook('09:15')]).to.deep.equal(['201', '201'])
    })

    it('case K02: from 45 to 20 minutes, 2 seats, 09:15–10:00 full: 09:10, 09:30, 09:50 full, 10:10 free', async () => {
      await app.saveCalendar(grid(45, 2))
      await book('09:15')
      await book('09:15')
      await app.saveCalendar(grid(20, 2))
      expect(await free('08:50', '09:10', '09:30', '09:50', '10:10')).to.deep.equal({
        '08:50': 2,
        '09:10': 0,
        '09:30': 0,
        '09:50': 0,
        '10:10': 2,
      })
      expect(await tryBook('09:50')).to.equal('409 slot-full')
      expect(await tryBook('10:10', { persons: 3 })).to.equal('201')
    })

    it('case K03: a special opening of 15 minutes over a visit 09:10–09:20, made and removed again', async () => {
      await app.saveCalendar(grid(10))
      await book('09:10')
      const opening = await app.unitOfWork.run((tx) =>
        makeAddOpening(app)(tx, {
          siteId: 'legnano',
          calendarId: SERVICE,
          day: THE_DAY,
          windows: [aWindow({ to: '10:00', seats: 1 })],
          who: 'giulia',
        }),
      )
      expect(await free('09:00', '09:15', '09:30')).to.deep.equal({ '09:00': 0, '09:15': 0, '09:30': 1 })
      expect(await tryBook('09:15')).to.equal('409 slot-full')
      expect(await tryBook('09:30')).to.equal('201')
      const command = { siteId: 'legnano', openingId: opening.id, who: 'giulia' }
      await app.unitOfWork.run((tx) => makeRemoveOpening(app)(tx, command))
      expect(await free('09:00', '09:10', '09:20', '09:30', '09:40', '09:50')).to.deep.equal({
        '09:00': 1,
        '09:10': 0,
        '09:20': 1,
        '09:30': 0,
        '09:40': 0,
        '09:50': 1,
      })
    })

    it('case E09: with three seats all taken at 09:00 by another grid, 09:00–09:30 is refused', async () => {
      await app.saveCalendar(grid(10, 3))
      for (let i = 0; i < 3; i++) await book('09:00')
      await app.saveCalendar(grid(30, 3))
      expect(await tryBook('09:00')).to.equal('409 slot-full')
      expect(await free('09:00')).to.deep.equal({ '09:00': 0 })
    })

    it('case E11: what counts is the fullest minute, not how many touch the slot: the peak is 2 of 3', async () => {
      const before = [
        ['13:30', 60],
        ['13:30', 90],
        ['14:00', 120],
        ['15:00', 30],
      ] as const
      for (const [from, minutes] of before) {
        await app.saveCalendar(grid(minutes, 3, { from, to: '16:30' }))
        await book(from)
      }
      await app.saveCalendar(grid(90, 3, { from: '14:30', to: '16:30' }))
      expect(await free('14:30')).to.deep.equal({ '14:30': 1 })
      expect([await tryBook('14:30'), await tryBook('14:30')]).to.deep.equal(['201', '409 slot-full'])
    })

    it('another length under the same start is another slot: 09:00–09:10 leaves nothing of 09:00–09:20', async () => {
      await app.saveCalendar(grid(10))
      await book('09:00')
      await app.saveCalendar(grid(20, 1, { from: '09:00' }))
      expect(await free('09:00', '09:20')).to.deep.equal({ '09:00': 0, '09:20': 1 })
      expect(await tryBook('09:00')).to.equal('409 slot-full')
    })

    it('a start that is shifted, and seats that are taken away: over-full offers nothing, the others go on', async () => {
      await app.saveCalendar(grid(30, 2))
      const [first] = [await book('09:00'), await book('09:00')]
      await app.saveCalendar(grid(30, 2, { from: '08:45' }))
      expect(await free('08:45', '09:15', '09:45')).to.deep.equal({ '08:45': 0, '09:15': 0, '09:45': 2 })
      await app.saveCalendar(grid(30, 1, { from: '08:45' }))
      await app.api.post(`/bookings/${first.token}/cancel`)
      expect(await free('08:45', '09:15', '09:45')).to.deep.equal({ '08:45': 0, '09:15': 0, '09:45': 1 })
      await app.saveCalendar(grid(30, 2, { from: '08:45' }))
      expect(await free('08:45', '09:15')).to.deep.equal({ '08:45': 1, '09:15': 1 })
      expect([await tryBook('09:15'), await tryBook('09:15')]).to.deep.equal(['201', '409 slot-full'])
    })

    it('a hold keeps its own length: it occupies, can be confirmed, and is over when its time is', async () => {
      await app.saveCalendar(grid(10))
      const [kept, over] = [
        await held(app, { start: at('09:10'), persons: 3 }),
        await held(app, { start: at('10:10') }),
      ]
      await app.saveCalendar(grid(15))
      expect(await free('09:00', '09:15', '09:30', '10:00', '10:15')).to.deep.equal({
        '09:00': 0,
        '09:15': 0,
        '09:30': 1,
        '10:00': 0,
        '10:15': 0,
      })
      const confirmed = await app.api.post('/bookings', bodyWithHold(++person, kept.hold))
      expect([confirmed.status, confirmed.body.booking.start, confirmed.body.booking.end]).to.deep.equal([
        201,
        at('09:10'),
        at('09:30'),
      ])
      tokens.push(String(confirmed.body.booking.token))
      app.clock.advanceMinutes(10)
      expect(await free('09:15', '10:00', '10:15')).to.deep.equal({ '09:15': 0, '10:00': 1, '10:15': 1 })
      // Nobody waits for the job: who takes the slot gives back what is overdue in it, whatever grid it is of.
      expect(await tryBook('10:00')).to.equal('201')
      expect(await tryBook('10:15')).to.equal('201')
      expect((await app.api.post('/bookings', bodyWithHold(++person, over.hold))).body.code).to.equal('hold-expired')
      await app.jobs.runAll()
    })

    it('a hold that is let go, and a move away, free what they stood across; the move may overlap with itself', async () => {
      await app.saveCalendar(grid(10))
      const { hold } = await held(app, { start: at('11:10') })
      const { token } = await book('09:10')
      await app.saveCalendar(grid(15))
      await app.api.delete(`/holds/${hold}`)
      expect(await free('11:00', '11:15')).to.deep.equal({ '11:00': 1, '11:15': 1 })
      const onto = await app.api.post(`/bookings/${token}/move`, { start: at('09:15') })
      expect([onto.status, onto.body.booking.end]).to.deep.equal([200, at('09:30')])
      expect(await free('09:00', '09:15')).to.deep.equal({ '09:00': 1, '09:15': 0 })
    })

    it('a closed hour opens again over the visits that stayed in it', async () => {
      await app.saveCalendar(grid(10, 1))
      await book('09:10')
      await app.saveCalendar(grid(15, 1, { from: '10:00' }))
      expect(await free('09:00', '10:00')).to.deep.equal({ '09:00': null, '10:00': 1 })
      await app.saveCalendar(grid(15, 1))
      expect(await free('09:00', '09:15', '10:00')).to.deep.equal({ '09:00': 0, '09:15': 0, '10:00': 1 })
    })

    it('S3: in autumn’s doubled hour each of both hours counts for itself', async () => {
      const night = { rrule: 'FREQ=DAILY', from: '01:00', to: '04:00' }
      app.clock.set('2026-10-20T09:00:00+02:00')
      await app.saveCalendar(grid(20, 1, night))
      const [summer, winter] = ['2026-10-25T02:20:00+02:00', '2026-10-25T02:20:00+01:00']
      const booking = await booked(app, ++person, { start: summer })
      tokens.push(booking.token)
      await app.saveCalendar(grid(30, 1, night))
      const starts = ['01:30:00+02:00', '02:00:00+02:00', '02:30:00+02:00', '02:00:00+01:00', '02:30:00+01:00']
      expect(await Promise.all(starts.map((start) => freeAt(app, `2026-10-25T${start}`)))).to.deep.equal([
        1, 0, 0, 1, 1,
      ])
      expect(await tryBook('', { start: '2026-10-25T02:00:00+01:00' })).to.equal('201')
      expect(await tryBook('', { start: '2026-10-25T02:30:00+02:00' })).to.equal('409 slot-full')
      expect(await tryBook('', { start: winter })).to.equal('422 not-offered')
    })

    it('50 people who book while the grid changes, there and back: at no minute are more than there are seats', async function () {
      this.timeout(60_000)
      for (let round = 0; round < 4; round++) {
        const [from, to] = round % 2 ? [15, 10] : [10, 15]
        await app.saveCalendar(grid(from, 2))
        const times = (step: number) =>
          Array.from({ length: 12 }, (_, i) => 9 * 60 + i * step).map(
            (minutes) =>
              `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`,
          )
        const crowd = (step: number) => times(step).flatMap((time) => [time, time])
        const changing = async () => {
          await new Promise((resolve) => setTimeout(resolve, 5 * round))
          await app.saveCalendar(grid(to, 2))
        }
        const first = [...crowd(from), '12:10'].map((time) => tryBook(time))
        const [, ...answers] = await Promise.all([changing(), ...first, ...crowd(to).map((time) => tryBook(time))])
        expect(answers.filter((answer) => !['201', '409 slot-full', '422 not-offered'].includes(answer))).to.deep.equal(
          [],
        )
        await expectOrder(app)
        for (const token of tokens.splice(0)) await app.api.post(`/bookings/${token}/cancel`)
      }
    })
  })
})
