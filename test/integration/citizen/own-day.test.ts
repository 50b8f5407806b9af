import { expect } from 'chai'
import { BookingEntity } from '../../../src/bookings/index.js'
import { SiteEntity } from '../../../src/sites/index.js'
import { startApp, type TestApp } from '../../support/app.js'
import { aRule, visitorOf } from '../../support/builders.js'
import { at, bodyOf, booked } from '../../support/crowd.js'
import { forEachEngine } from '../../support/engines.js'
import { signedIn } from '../../support/staff.js'
import { type WebPage, WebVisit } from './web-visit.js'

const SITE = 'legnano'
const headingOf = ({ html }: WebPage) => /<h1>([^<]*)<\/h1>/.exec(html)?.[1]
const hasCode = ({ html }: WebPage) => html.includes('data-test="code-box"') && html.includes('/qr.svg')
const offersAgain = ({ html }: WebPage) => html.includes('data-test="again"')
const numberOn = ({ html }: WebPage) => /data-test="number">([^<]*)</.exec(html)?.[1]

/** What the page says at a moment to who booked for 09:00; the site closes at 12:30. */
const MOMENTS: [when: string, clock: string, heading: string, words: string][] = [
  ['half an hour before', '2026-11-24T08:30', 'La sua prenotazione', 'l’aspettiamo'],
  ['5 minutes after the start', '2026-11-24T09:05', 'È l’ora del suo appuntamento', 'entro le 9:15'],
  ['15 minutes after it', '2026-11-24T09:15', 'È l’ora del suo appuntamento', 'passa con chi ha prenotato'],
  [
    '16 minutes after it',
    '2026-11-24T09:16',
    'È tardi, ma può ancora venire',
    'senza prenotazione, nell’ordine di arrivo',
  ],
  ['3 hours after it', '2026-11-24T12:00', 'È tardi, ma può ancora venire', 'Il codice vale fino alle 12:30'],
  ['at closing', '2026-11-24T12:30', 'La sede ha chiuso', 'La sede ha chiuso alle 12:30'],
  ['an hour after closing (case K18)', '2026-11-24T13:30', 'La sede ha chiuso', 'si rivolga al personale'],
  ['once the day is over (K11)', '2026-11-24T14:31', 'Appuntamento passato', 'non risulta che sia stato servito'],
  ['the day after', '2026-11-25T09:00', 'Appuntamento passato', 'non risulta che sia stato servito'],
]

describe('the page behind the link on the day (D1, case K19)', () => {
  forEachEngine((engine) => {
    let [app, kiosk]: [TestApp?, Record<string, string>?] = []
    let persons = 0
    const started = () => {
      if (!app || !kiosk) throw new Error('not started')
      return { app, kiosk }
    }
    before(async function () {
      this.timeout(120_000)
      app = await startApp(engine, { now: '2026-11-24T07:00:00+01:00' })
      for (const siteId of [SITE, 'magenta']) await app.saveCalendar({ siteId, rules: [aRule({ seats: 30 })] })
      const manager = await signedIn(app, { role: 'manager' })
      const { body } = await manager.post(`/sites/${SITE}/devices`, { kind: 'kiosk' })
      const { body: device } = await app.api.post('/devices/pair', { pairingCode: body.pairingCode })
      kiosk = { authorization: `Bearer ${device.token}` }
    })
    after(() => app?.close())

    const person = async (day = '2026-11-24', part = {}) => {
      persons += 1
      const number = persons
      const { code, token } = await booked(started().app, number, { start: at('09:00', day), ...part })
      return { number, code, token, path: `/prenotazione/${token}` }
    }
    type Person = Awaited<ReturnType<typeof person>>
    const open = ({ path }: Pick<Person, 'path'>) => new WebVisit(started().app.url).get(path)
    const checkIn = ({ code }: Person) => started().app.api.post(`/sites/${SITE}/check-ins`, { code }, started().kiosk)
    /** What staff do at counter 1; a session would end while the clock jumps. */
    const staff = () => {
      const { unitOfWork, queue } = started().app
      const { openCounter, callTicket, missed, done } = queue
      const [who, counterId, reason] = ['anna', 'legnano-1', 'prova']
      return {
        open: () => unitOfWork.run((tx) => openCounter(tx, { counterId, serviceIds: null, who })),
        call: (ticketId: string) => unitOfWork.run((tx) => callTicket(tx, { ticketId, counterId, reason, who })),
        missed: (ticketId: string) => unitOfWork.run((tx) => missed(tx, { ticketId, who })),
        done: (ticketId: string) => unitOfWork.run((tx) => done(tx, { ticketId, who })),
      }
    }
    const clock = (time: string) => started().app.clock.set(`${time}:00+01:00`)
    /** K5, asked by trying: another site, a week later. */
    const mayBook = async ({ number }: Person): Promise<boolean> => {
      const { app } = started()
      const wish = bodyOf(number, { site: 'magenta', start: at('10:00', '2026-12-02'), visitor: visitorOf(number) })
      const { status, body } = await app.api.post('/bookings', wish)
      if (status === 201) await app.api.post(`/bookings/${body.booking.token}/cancel`)
      return status === 201
    }
    /** As if something had been done by the mailed link (X6). */
    const prove = ({ code }: Person) =>
      started().app.unitOfWork.run(({ em }) => em.update(BookingEntity, { code }, { provenAt: new Date() }))
    /** L1, W1, K5: opened it changes nothing, and it promises what kiosk and booking then do. */
    const agrees = async (who: Person): Promise<WebPage> => {
      const { app } = started()
      const before = await app.database.contents()
      const page = await open(who)
      expect(await app.database.contents()).to.deep.equal(before)
      if (offersAgain(page)) expect(await mayBook(who), 'K5').to.equal(true)
      const { status, body } = await checkIn(who)
      expect(hasCode(page), `code on «${headingOf(page)}», the kiosk answers ${status} ${body.code}`).to.equal(
        status < 300,
      )
      return page
    }

    it('shows code and QR until closing, says what happens to late people, and agrees with the kiosk and with K5', async () => {
      clock('2026-11-24T07:00')
      const people = []
      for (const moment of MOMENTS) people.push({ moment, who: await person() })
      for (const { moment, who } of people) {
        const [when, time, heading, words] = moment
        clock(time)
        if (when.startsWith('once')) await started().app.jobs.runAll()
        const page = await agrees(who)
        expect(headingOf(page), when).to.equal(heading)
        expect(page.text, when).to.include(words)
        expect(page.html.includes(`${who.path}/annulla"`), when).to.equal(when.startsWith('half'))
      }
    }).timeout(120_000)

    it('offers another booking only once K5 allows it: not before the end of the visit’s time', async () => {
      clock('2026-11-25T07:00')
      const who = await person('2026-11-25')
      clock('2026-11-25T09:14')
      expect([offersAgain(await open(who)), await mayBook(who)]).to.deep.equal([false, false])
      clock('2026-11-25T09:20')
      expect([offersAgain(await open(who)), hasCode(await open(who)), await mayBook(who)]).to.deep.equal([
        true,
        true,
        true,
      ])
      await booked(started().app, who.number, { site: 'magenta', start: at('10:00', '2026-12-03') })
      expect([offersAgain(await open(who)), await mayBook(who)], 'X7: a stranger is not told').to.deep.equal([
        true,
        false,
      ])
      await prove(who)
      expect([offersAgain(await open(who)), await mayBook(who)], 'there is another one').to.deep.equal([false, false])
    })

    it('is without an offer when the person has booked again after cancelling', async () => {
      const who = await person('2026-11-26')
      await started().app.api.post(`/bookings/${who.token}/cancel`)
      expect(offersAgain(await agrees(who))).to.equal(true)
      await booked(started().app, who.number, { start: at('10:00', '2026-11-26') })
      expect(offersAgain(await open(who)), 'X7: whoever typed a tax code is not told').to.equal(true)
      await prove(who)
      expect(offersAgain(await open(who))).to.equal(false)
    })

    it('shows no code to take a number with while the booking is pending (K4)', async () => {
      const { app } = started()
      const demand = (emailConfirmation: boolean) =>
        app.unitOfWork.run(async (tx) => {
          await tx.em.update(SiteEntity, { id: SITE }, { emailConfirmation })
          tx.afterCommit(() => app.events.publish('site.changed', { siteId: SITE }))
        })
      await demand(true)
      const who = await person('2026-11-26')
      await demand(false)
      const page = await agrees(who)
      expect(page.text).to.include('Prenotazione da confermare').and.include(who.code)
    })

    it('follows the number: waiting, called, missed, gone, done', async () => {
      const { app } = started()
      clock('2026-11-27T07:00')
      const [who, first] = [await person('2026-11-27'), await person('2026-11-27')]
      clock('2026-11-27T08:55')
      await checkIn(first)
      const { ticket } = (await checkIn(who)).body
      const arrived = await agrees(who)
      expect([headingOf(arrived), numberOn(arrived)]).to.deep.equal(['Ha già il suo numero', ticket.number])
      expect(arrived.text).to.include('È in coda').and.include('Prima di lei: 1 persona').and.include('Alle 8:55')
      expect(arrived.html).to.include(`href="/numero/${ticket.token}"`)
      expect(offersAgain(arrived)).to.equal(false)

      await staff().open()
      await staff().call(ticket.id)
      expect((await agrees(who)).text).to.include('È il suo turno: sportello 1')
      await staff().missed(ticket.id)
      const missed = await open(who)
      expect(headingOf(missed)).to.equal('Il suo numero è stato chiamato')
      expect(missed.text).to.include('torna in coda con lo stesso numero')
      expect((await checkIn(who)).body.ticket).to.include({ number: ticket.number, status: 'waiting' })

      await app.unitOfWork.run((tx) => app.queue.leave(tx, { ticketId: ticket.id, who: 'visitor' }))
      const left = await open(who)
      expect([headingOf(left), numberOn(left)]).to.deep.equal(['Ha lasciato la coda', undefined])
      expect(left.text).to.include('con lo stesso codice oggi ne ritira un altro')
      const { body: again } = await checkIn(who)
      expect(again.ticket.number).not.to.equal(ticket.number)
      expect(numberOn(await agrees(who))).to.equal(again.ticket.number)

      await staff().call(again.ticket.id)
      await staff().done(again.ticket.id)
      const done = await agrees(who)
      expect([headingOf(done), hasCode(done), offersAgain(done)]).to.deep.equal(['Appuntamento concluso', false, true])
    })

    it('hours shortened since: until the booking’s own end the page expects, the kiosk gives a number (S8, W1)', async () => {
      const { app } = started()
      const hours = (to: string) => app.saveCalendar({ siteId: SITE, rules: [aRule({ seats: 30, to })] })
      clock('2026-12-01T07:00')
      await hours('16:00')
      const [who, after] = [
        await person('2026-12-01', { start: at('15:00', '2026-12-01') }),
        await person('2026-12-01', { start: at('15:00', '2026-12-01') }),
      ]
      await hours('12:30')
      clock('2026-12-01T14:55')
      await app.jobs.runAll()
      expect((await agrees(who)).text).to.include('l’aspettiamo')
      expect(numberOn(await open(who)), 'its number is on the page').to.match(/^P/)
      clock('2026-12-01T15:05')
      expect(hasCode(await open(after))).to.equal(true)
      clock('2026-12-01T15:16')
      await app.jobs.runAll()
      expect((await agrees(after)).text).to.include('La sede ha chiuso alle 12:30')
    })

    it('after closing sends who missed the call to the staff, and the day’s end is the end', async () => {
      const { app } = started()
      clock('2026-11-30T07:00')
      const [missed, waiting] = [await person('2026-11-30'), await person('2026-11-30')]
      clock('2026-11-30T09:00')
      const { ticket } = (await checkIn(missed)).body
      await checkIn(waiting)
      await staff().open()
      await staff().call(ticket.id)
      await staff().missed(ticket.id)
      clock('2026-11-30T12:45')
      expect(headingOf(await agrees(missed))).to.equal('La sede ha chiuso')
      expect(headingOf(await agrees(waiting)), 'still called').to.equal('Ha già il suo numero')
      clock('2026-11-30T14:31')
      for (const who of [missed, waiting]) {
        const before = await app.database.contents()
        expect(headingOf(await open(who))).to.equal('Appuntamento passato')
        expect(await app.database.contents(), 'L1: no day is ended by looking').to.deep.equal(before)
      }
      await app.jobs.runAll()
      for (const who of [missed, waiting]) {
        const page = await open(who)
        expect([headingOf(page), page.text.includes('Il giorno di questo appuntamento è finito')]).to.deep.equal([
          'Appuntamento passato',
          true,
        ])
        expect(page.text, 'they came').not.to.include('Non usata')
      }
    })
  })
})
