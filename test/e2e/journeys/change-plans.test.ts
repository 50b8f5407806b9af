import { readFile } from 'node:fs/promises'
import { expect } from 'chai'
import { startApp, type TestApp } from '../../support/app.js'
import { THE_DAY, visitorOf } from '../../support/builders.js'
import { SQLITE } from '../../support/engines.js'
import { inBrowser } from '../in-browser.js'
import { SmtpInbox } from '../../support/smtp.js'
import { at, bookElsewhere, freeAt, manageLinkIn, nicolo } from '../bookings.js'
import { BookingPage, MovePage } from '../pages/own-booking.js'
import { Visit } from '../pages/visit.js'

const [FROM, TO] = [at('08:30'), at('10:15', '2026-11-26')]

inBrowser('a person whose plans change', () => {
  let [app, inbox, link]: [TestApp?, SmtpInbox?, string?] = []

  before(async () => {
    inbox = await SmtpInbox.create()
    app = await startApp(SQLITE, { inbox })
    await bookElsewhere(app, { start: FROM, visitor: nicolo() })
    const mail = await inbox.waitFor(({ to }) => to.includes('nicolo@example.org'))
    link = manageLinkIn(mail, app.url)
  })
  after(async () => {
    await app?.close()
    await inbox?.close()
  })

  for (const javaScriptEnabled of [true, false]) {
    it(`moves the booking by its link, ${javaScriptEnabled ? 'with JavaScript' : 'with JavaScript off, and back'}`, async () => {
      if (!app || !inbox || !link) throw new Error('not started')
      inbox.reset()
      const [from, to] = javaScriptEnabled ? [FROM, TO] : [TO, FROM]
      const visit = await Visit.begin(app, { javaScriptEnabled })
      await visit.open(link)
      const booking = await new BookingPage(visit).find()
      const code = await booking.test('code').innerText()
      await booking.move()
      const move = await new MovePage(visit).find()
      await move.chooseDay(to.slice(0, 10))
      await move.choose(to)
      const moved = await new BookingPage(visit).find()
      expect(await moved.notice().innerText()).to.include('Prenotazione spostata')
      expect(await moved.when.innerText()).to.include(`ore ${to.slice(11, 16).replace(/^0/, '')}`)
      expect(await moved.test('code').innerText(), 'K8: the code stays').to.equal(code)
      expect([await freeAt(app, from), await freeAt(app, to)]).to.deep.equal([3, 2])
      const mail = await inbox.waitFor(({ parsed }) => parsed.subject === 'Prenotazione spostata')
      expect(manageLinkIn(mail, app.url), 'K8: the link stays').to.equal(link)
      await visit.end()
    })
  }

  it('finds the time just taken by somebody else, and nothing has changed', async () => {
    if (!app || !link) throw new Error('not started')
    await app.saveCalendar({
      siteId: 'legnano',
      rules: [{ rrule: 'FREQ=DAILY', startsOn: THE_DAY, from: '08:30', to: '12:30', slotMinutes: 15, seats: 1 }],
    })
    const visit = await Visit.begin(app, { javaScriptEnabled: false })
    await visit.open(`${link}/sposta?giorno=${THE_DAY}`)
    const move = await new MovePage(visit).find()
    await bookElsewhere(app, { start: at('11:00'), visitor: nicolo({ taxCode: 'RSSMRA74D22A001Q' }) })
    await move.choose(at('11:00'))
    await move.findAgain(move.notice())
    expect(await move.notice().innerText()).to.include('appena stato preso')
    expect(await freeAt(app, FROM), 'the old time is still ours').to.equal(0)
    await visit.end()
  })

  for (const javaScriptEnabled of [true, false]) {
    const how = javaScriptEnabled ? 'with JavaScript, which keeps the times fresh' : 'with JavaScript off'
    it(`moves to a time that overlaps only its own, ${how} (K8, case K16)`, async () => {
      if (!app) throw new Error('not started')
      const site = javaScriptEnabled ? 'castano-primo' : 'magenta'
      await app.saveCalendar({
        siteId: site,
        rules: [{ rrule: 'FREQ=DAILY', startsOn: THE_DAY, from: '09:00', to: '10:00', slotMinutes: 10, seats: 1 }],
      })
      const [own, other] = javaScriptEnabled ? [1, 2] : [3, 4]
      const { path } = await bookElsewhere(app, { site, start: at('09:00'), persons: 3, visitor: visitorOf(own) })
      const visit = await Visit.begin(app, { javaScriptEnabled })
      const refreshed = javaScriptEnabled
        ? visit.page.waitForResponse((answer) => new URL(answer.url()).pathname === `${path}/orari`)
        : null
      await visit.open(`${path}/sposta`)
      const move = await new MovePage(visit).arrive()
      await refreshed
      await bookElsewhere(app, { site, start: at('09:50'), visitor: visitorOf(other) })
      if (javaScriptEnabled) await move.places(at('09:40')).filter({ hasText: 'esaurito' }).waitFor({ timeout: 5000 })
      expect(await move.places(at('09:00')).innerText()).to.equal('orario attuale')
      expect(await move.time(at('09:00')).isDisabled()).to.equal(true)
      expect(await move.places(at('09:10')).innerText()).to.equal('1 posto libero')
      await move.choose(at('09:10'))
      const moved = await new BookingPage(visit).find()
      expect(await moved.when.innerText()).to.include('ore 9:10')
      await visit.end()
    })
  }

  it('puts the appointment into the calendar', async () => {
    if (!app || !link) throw new Error('not started')
    const visit = await Visit.begin(app)
    await visit.open(link)
    const booking = await new BookingPage(visit).find()
    const started = visit.page.waitForEvent('download')
    await booking.test('calendar').click()
    const download = await started
    expect(download.suggestedFilename()).to.match(/\.ics$/)
    const ics = await readFile(await download.path(), 'utf8')
    expect(ics).to.include('BEGIN:VCALENDAR').and.to.include('DTSTART')
    expect(ics, 'no word of why').not.to.match(/medico|Cambio/i)
    await visit.end()
  })

  it('prints the booking without what only a screen needs', async () => {
    if (!app || !link) throw new Error('not started')
    const visit = await Visit.begin(app)
    await visit.open(link)
    const booking = await new BookingPage(visit).find()
    await visit.page.emulateMedia({ media: 'print' })
    const screenOnly = 'nav, .skiplinks, footer a, button, .btn, .example-banner a'
    expect(await visit.page.locator(screenOnly).filter({ visible: true }).allInnerTexts()).to.deep.equal([])
    for (const part of [booking.test('code'), booking.when, booking.qr]) expect(await part.isVisible()).to.equal(true)
    await visit.end()
  })

  it('shows the code as a picture for the reader', async () => {
    if (!app || !link) throw new Error('not started')
    const visit = await Visit.begin(app)
    await visit.open(link)
    const { qr } = await new BookingPage(visit).find()
    const width = await qr.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth))
    expect(width).to.be.greaterThan(100)
    await visit.end()
  })
})
