import { expect } from 'chai'
import { BookingEntity } from '../../../src/bookings/index.js'
import { freeAt, tally } from '../../support/crowd.js'
import { forEachEngine } from '../../support/engines.js'
import { expectOrder, at } from '../../support/crowd.js'
import { NICOLO } from '../citizen/journey.js'
import { freeTimes, WebVisit } from '../citizen/web-visit.js'
import { abusedHouse, startsOf } from './house.js'

describe('how many seats may be held at once (X1)', () => {
  forEachEngine((engine) => {
    const h = abusedHouse(engine)
    afterEach(() => expectOrder(h.app, { trail: false }))
    /** Starts on many days, so that no day's share is met. */
    const starts = (count: number) =>
      Array.from({ length: Math.ceil(count / 4) }, () => startsOf(h.day()).slice(0, 4))
        .flat()
        .slice(0, count)
    const holdAll = async (ips: readonly string[], wanted: readonly string[]) => {
      const answers = []
      for (const [n, start] of wanted.entries()) answers.push(await h.hold(ips[n % ips.length] as string, start))
      return tally(answers)
    }

    it('ten from one address; the eleventh is told when to ask again, and another address is not', async () => {
      const net = h.network()
      expect(await holdAll([`${net}.1`], starts(10))).to.deep.equal({ '201': 10 })
      const { status, body, headers } = await h.hold(`${net}.1`, at('08:30', h.day()))
      expect([status, body.code]).to.deep.equal([429, 'too-many-holds'])
      expect(Number(headers.get('retry-after'))).to.be.within(590, 600)
      expect(body.detail).to.include(headers.get('retry-after'))
      expect((await h.hold(`${net}.2`, at('08:30', h.day()))).status).to.equal(201)
    })

    it('forty from a /24, whichever its addresses', async () => {
      const net = h.network()
      const ips = [1, 2, 3, 4, 5].map((n) => `${net}.${n}`)
      expect(await holdAll(ips, starts(40))).to.deep.equal({ '201': 40 })
      expect((await h.hold(`${net}.200`, at('08:30', h.day()))).body.code).to.equal('too-many-holds')
      expect((await h.hold(`${h.network()}.1`, at('08:30', h.day()))).status).to.equal(201)
    })

    it('IPv6: a /64 is one address, a /48 one network', async () => {
      const ips = Array.from({ length: 10 }, (_, n) => `2001:db8:1:1::${n + 1}`)
      expect(await holdAll(ips, starts(11))).to.deep.equal({ '201': 10, '429 too-many-holds': 1 })
      const lines = ['2', '3', 'ff00'].map((line) => `2001:db8:1:${line}::1`)
      expect(await holdAll(lines, starts(31))).to.deep.equal({ '201': 30, '429 too-many-holds': 1 })
    })

    it('three for one browser, which is known by a cookie that only we can make', async () => {
      const net = h.network()
      const visit = new WebVisit(h.app.url)
      await visit.get('/prenota')
      const name = visit.cookies.get('browser') ?? ''
      expect(name).to.match(/^[\w-]{22}\.[0-9a-f]{32}$/)
      const holdAs = (cookie: string, n: number) =>
        h.hold(`${net}.${n}`, at('08:30', h.day()), { cookie: `browser=${cookie}` })
      for (let n = 0; n < 3; n++) expect((await holdAs(name, n)).status).to.equal(201)
      expect((await holdAs(name, 4)).body.code, 'from another address').to.equal('too-many-holds')
      const forged = `${'x'.repeat(22)}.${name.slice(23)}`
      for (let n = 5; n < 9; n++) expect((await holdAs(forged, n)).status, 'as if it had none').to.equal(201)
    })

    it('of a day’s seats three in ten, from however many addresses; what ends makes room', async () => {
      const day = h.day()
      const nine = startsOf(day).slice(0, 9) // of 32 seats
      for (const start of nine) expect((await h.hold(`${h.network()}.1`, start)).status).to.equal(201)
      const more = (start: string) => h.hold(`${h.network()}.1`, start)
      expect((await more(at('12:00', day))).body.code).to.equal('too-many-holds')
      expect((await more(at('08:30', h.day()))).status, 'another day').to.equal(201)
      h.app.clock.advanceMinutes(11)
      expect((await more(at('12:00', day))).status).to.equal(201)
    })

    it('never fewer than five, however small the day', async () => {
      const rules = [
        { rrule: 'FREQ=DAILY', startsOn: '2026-01-01', from: '08:30', to: '10:00', slotMinutes: 15, seats: 1 },
      ]
      await h.app.saveCalendar({ siteId: 'cuggiono', rules, minNoticeMinutes: 0, horizonDays: 365 })
      const day = h.day()
      const hold = (start: string) =>
        h.app.api.post(
          '/holds',
          { site: 'cuggiono', service: 'scelta-revoca', start },
          { 'x-forwarded-for': `${h.network()}.1` },
        )
      const answers = []
      for (const start of startsOf(day).slice(0, 6)) answers.push(await hold(start))
      expect(tally(answers)).to.deep.equal({ '201': 5, '429 too-many-holds': 1 })
    })

    it('a full slot is said to be full first, whoever asks', async () => {
      const [net, day] = [h.network(), h.day()]
      for (let seat = 0; seat < 2; seat++) await h.book(`${h.network()}.1`, at('08:30', day))
      await holdAll([`${net}.1`], starts(10))
      expect((await h.hold(`${net}.1`, at('08:30', day))).body.code).to.equal('slot-full')
    })

    it('thirty at once from one address: ten; thirty at once from thirty addresses on one day: nine', async function () {
      this.timeout(30_000)
      const net = h.network()
      const fromOne = await Promise.all(starts(30).map((start) => h.hold(`${net}.1`, start)))
      expect(tally(fromOne)).to.deep.equal({ '201': 10, '429 too-many-holds': 20 })
      const ofDay = [...startsOf(h.day()), ...startsOf(h.day())].slice(0, 16)
      const fromMany = await Promise.all(
        [...ofDay, ...ofDay.slice(0, 14)].map((start) => h.hold(`${h.network()}.1`, start)),
      )
      expect(tally(fromMany)).to.deep.equal({ '201': 9, '429 too-many-holds': 21 })
    })

    it('what is held forgets where it came from when it ends', async () => {
      const { hold } = (await h.hold(`${h.network()}.1`, at('08:30', h.day()))).body
      const rows = () => h.app.database.dataSource.manager.findBy(BookingEntity, { status: 'held' })
      expect((await rows()).every(({ addressHash, networkHash }) => addressHash && networkHash)).to.equal(true)
      await h.app.api.delete(`/holds/${hold}`)
      h.app.clock.advanceMinutes(11)
      await h.app.jobs.runAll()
      expect(await rows()).to.deep.equal([])
      const ended = await h.app.database.dataSource.manager.findBy(BookingEntity, { status: 'expired' })
      expect(
        ended.filter(({ addressHash, networkHash, browserHash }) => addressHash ?? networkHash ?? browserHash),
      ).to.deep.equal([])
    })

    it('nobody is refused a booking: the pages go on without a hold, say so, and take the seat at the summary', async () => {
      const day = h.day()
      for (const start of startsOf(day).slice(0, 9)) await h.hold(`${h.network()}.1`, start)
      const visit = new WebVisit(h.app.url)
      await visit.submit(await visit.get('/prenota'), '/prenota', { site: 'legnano', persons: '1' })
      const slots = await visit.get(`/prenota/data-e-orario?giorno=${day}`)
      const start = freeTimes(slots).at(-1) as string
      const details = await visit.submit(slots, '/prenota/data-e-orario', { start })
      expect(details.address).to.equal('/prenota/dettagli')
      expect(details.text).to.include('Il posto non è ancora riservato')
      expect(details.html).not.to.include('data-extend')
      expect(await freeAt(h.app, start)).to.equal(2)
      const visitor = await visit.submit(details, '/prenota/dettagli')
      const summary = await visit.submit(visitor, '/prenota/richiedente', {
        ...NICOLO,
        email: `nicolo-${engine.name}@example.org`,
      })
      expect(summary.text).to.include('Il posto non è ancora riservato')
      const done = await visit.submit(summary, '/prenota/riepilogo')
      expect([done.address, done.text.includes('Prenotazione confermata')]).to.deep.equal(['/prenota/conferma', true])
      expect(await freeAt(h.app, start)).to.equal(1)
    })

    it('if the seat is gone by then, another time is chosen, and what was typed stays', async () => {
      const day = h.day()
      for (const start of startsOf(day).slice(0, 9)) await h.hold(`${h.network()}.1`, start)
      const visit = new WebVisit(h.app.url)
      await visit.submit(await visit.get('/prenota'), '/prenota', { site: 'legnano', persons: '1' })
      const slots = await visit.get(`/prenota/data-e-orario?giorno=${day}`)
      const start = freeTimes(slots).at(-1) as string
      const details = await visit.submit(slots, '/prenota/data-e-orario', { start })
      const visitor = await visit.submit(details, '/prenota/dettagli')
      const typed = { ...NICOLO, taxCode: 'MRTMTT25D09F205Z', email: 'gone@example.org' }
      const summary = await visit.submit(visitor, '/prenota/richiedente', typed)
      for (let seat = 0; seat < 2; seat++) await h.book(`${h.network()}.1`, start)
      const again = await visit.submit(summary, '/prenota/riepilogo')
      expect(again.address).to.equal('/prenota/data-e-orario')
      expect(again.text).to.include('Questo orario è appena stato preso')
      expect((await visit.get('/prenota/richiedente')).address).to.equal('/prenota/data-e-orario')
    })
  })
})
