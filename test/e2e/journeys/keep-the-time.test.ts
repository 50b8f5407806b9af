import { expect } from 'chai'
import { startApp, type TestApp } from '../../support/app.js'
import { THE_DAY, THE_DAY_BEFORE, visitorOf } from '../../support/builders.js'
import { SQLITE } from '../../support/engines.js'
import { inBrowser } from '../in-browser.js'
import { at, bookElsewhere, freeAt } from '../bookings.js'
import { ConfirmedPage, DetailsPage, SummaryPage, TimePage, VisitorPage } from '../pages/booking-steps.js'
import { Shortcut } from '../pages/shortcut.js'
import { Visit } from '../pages/visit.js'

inBrowser('a person who takes their time', () => {
  let [app, visit]: [TestApp?, Visit?] = []
  const started = (): { app: TestApp; visit: Visit; shortcut: Shortcut } => {
    if (!app || !visit) throw new Error('not started')
    return { app, visit, shortcut: new Shortcut(visit) }
  }

  before(async () => {
    app = await startApp(SQLITE)
  })
  beforeEach(async () => {
    if (!app) return
    app.clock.set(THE_DAY_BEFORE)
    visit = await Visit.begin(app)
  })
  afterEach(() => visit?.end())
  after(() => app?.close())

  it('reserves the time again after ten minutes, and books it (K4)', async () => {
    const { app, visit, shortcut } = started()
    await shortcut.toSummary({ start: at('08:30') }, visitorOf(1))
    await visit.open('/prenota/riepilogo')
    const summary = await new SummaryPage(visit).find()
    app.clock.advanceMinutes(10)
    expect(await freeAt(app, at('08:30')), 'counts for nothing at once').to.equal(3)
    await summary.confirm()
    await summary.findAgain(summary.test('renew'))
    expect(await summary.test('hold').innerText()).to.include('Il tempo è scaduto')
    expect(await summary.confirmButton.count(), 'nothing to confirm meanwhile').to.equal(0)
    await summary.test('renew').click()
    await summary.findAgain(summary.notice())
    expect(await summary.notice().innerText()).to.include('Orario riservato di nuovo')
    await summary.confirm()
    await new ConfirmedPage(visit).find()
  })

  it('finds that somebody else has the time by then, and is led to the others', async () => {
    const { app, visit, shortcut } = started()
    await shortcut.toVisitor({ start: at('08:45') })
    await visit.open('/prenota/richiedente')
    app.clock.advanceMinutes(11)
    for (const number of [10, 11, 12]) await bookElsewhere(app, { start: at('08:45'), visitor: visitorOf(number) })
    await visit.page.reload()
    await (await new VisitorPage(visit).find()).test('renew').click()
    const time = await new TimePage(visit).find()
    expect(await time.notice().innerText()).to.include('appena stato preso')
    expect(await time.focused()).to.equal('notice')
    await time.chooseDay(THE_DAY)
    await time.choose(at('09:00'))
    await new VisitorPage(visit).find()
  })

  it('asks for more time before it is over and loses nothing', async () => {
    const { app, visit, shortcut } = started()
    await shortcut.toDetails({ start: at('09:15') })
    await visit.open('/prenota/dettagli')
    const details = await new DetailsPage(visit).find()
    app.clock.advanceMinutes(8)
    await details.notes.fill('Scritto a metà')
    await details.test('extend').click()
    await details.findAgain(details.notice())
    expect(await details.notice().innerText()).to.include('fino alle 9:18')
    expect(await details.notes.inputValue()).to.equal('Scritto a metà')
  })

  it('sees the minutes go by, and when they are over can go on with what is typed', async () => {
    const { app } = started()
    const visit = await Visit.begin(app, { fresh: true })
    await visit.page.clock.install()
    await new Shortcut(visit).toVisitor({ start: at('09:30') })
    await visit.open('/prenota/richiedente')
    const form = await new VisitorPage(visit).find()
    await form.fill({ firstName: 'Nicolò' })
    const left = form.test('hold').locator('[data-hold-left]')
    expect(await left.innerText()).to.match(/10 minuti|9 minuti/)
    await visit.page.clock.runFor('08:01')
    expect(await left.innerText()).to.include('1 minuto')
    await visit.page.clock.runFor('02:01')
    const over = form.test('hold').locator('[data-hold-over]')
    expect(await over.isVisible()).to.equal(true)
    expect(await over.innerText()).to.include('Il tempo è scaduto')
    app.clock.advanceMinutes(11)
    await form.test('renew').click()
    await form.notice().waitFor()
    expect(await form.field('firstName').inputValue(), 'what was typed goes with it').to.equal('Nicolò')
    await visit.page.clock.resume()
    await form.arrive()
    await visit.end()
  })

  it('sees within two seconds what others take and give back (K7)', async () => {
    const { app, visit, shortcut } = started()
    await app.saveCalendar({
      siteId: 'magenta',
      rules: [{ rrule: 'FREQ=DAILY', startsOn: THE_DAY, from: '08:30', to: '12:30', slotMinutes: 30, seats: 1 }],
    })
    await shortcut.toTimes({ site: 'magenta' })
    const socket = visit.page.waitForEvent('websocket')
    await visit.open(`/prenota/data-e-orario?giorno=${THE_DAY}`)
    const time = await new TimePage(visit).find()
    await socket
    const start = at('09:00')
    await time.time(start).check({ force: true })
    const { token } = await bookElsewhere(app, { start, visitor: visitorOf(20), site: 'magenta' })
    await time.places(start).filter({ hasText: 'esaurito' }).waitFor({ timeout: 2000 })
    expect(await time.time(start).isDisabled()).to.equal(true)
    expect(await time.page.locator('[data-said]').innerText()).to.include('9:00')
    await app.api.post(`/bookings/${token}/cancel`)
    await time.places(start).filter({ hasText: '1 posto libero' }).waitFor({ timeout: 2000 })
    expect(await time.time(start).isEnabled()).to.equal(true)
    await time.arrive()
  })
})
