import { expect } from 'chai'
import { startApp, type TestApp } from '../../support/app.js'
import { visitorOf } from '../../support/builders.js'
import { SQLITE } from '../../support/engines.js'
import { at, bookElsewhere } from '../bookings.js'
import { inBrowser } from '../in-browser.js'
import { HomePage, PlacePage, TimePage } from '../pages/booking-steps.js'
import { Shortcut } from '../pages/shortcut.js'
import { Visit } from '../pages/visit.js'
import { FULL_DAY, furnish } from '../states/town.js'

/** What a day without a free time says (S7), at a site with one seat a day. */
const EMPTY_DAYS: [day: string, reason: string][] = [
  ['2026-12-08', 'Chiuso per festività: Immacolata Concezione.'],
  [FULL_DAY, 'Tutti i posti di questo giorno sono già prenotati.'],
  ['2027-01-11', 'Le prenotazioni per questo giorno aprono il'],
  ['2026-11-20', 'Non si può più prenotare per questo giorno.'],
]

inBrowser('a person who looks for a free day', () => {
  let [app, visit]: [TestApp?, Visit?] = []
  const started = (): { app: TestApp; visit: Visit; time: TimePage; shortcut: Shortcut } => {
    if (!app || !visit) throw new Error('not started')
    return { app, visit, time: new TimePage(visit), shortcut: new Shortcut(visit) }
  }

  before(async () => {
    app = await startApp(SQLITE)
    await furnish(app)
    await bookElsewhere(app, { start: at('08:30', FULL_DAY), visitor: visitorOf(1), site: 'castano-primo' })
  })
  beforeEach(async () => {
    if (app) visit = await Visit.begin(app)
  })
  afterEach(() => visit?.end())
  after(() => app?.close())

  it('sees on the first page when each site is free, and starts there', async () => {
    const { visit } = started()
    const home = await new HomePage(visit).open()
    expect(await home.test('site-castano-primo').innerText()).to.include('mercoledì 25 novembre 2026, ore 8:30')
    expect(await home.test('site-cuggiono').innerText()).to.include('Nessun posto libero')
    await home.test('site-castano-primo').locator('a').click()
    const place = await new PlacePage(visit).find()
    expect(await place.site('castano-primo').isChecked()).to.equal(true)
  })

  for (const [day, reason] of EMPTY_DAYS) {
    it(`reads why ${day} is empty, and goes on to the next free day`, async () => {
      const { visit, time, shortcut } = started()
      await shortcut.toTimes({ site: 'castano-primo' })
      await visit.open(`/prenota/data-e-orario?giorno=${day}`)
      await time.find()
      expect(await time.test('empty').innerText()).to.include(reason)
      await time.test('next-free').click()
      await visit.page.locator('[data-slots]').waitFor()
      expect(await visit.page.locator('input[name=start]:enabled').count()).to.be.greaterThan(0)
    })
  }

  it('changes to another site from a day that is empty', async () => {
    const { visit, time, shortcut } = started()
    await shortcut.toTimes({ site: 'cuggiono' })
    await visit.open('/prenota/data-e-orario')
    await time.find()
    expect(await time.test('empty').innerText()).to.include('non ci sono posti liberi')
    const others = visit.page.locator('button[name=site]')
    const names = await others.evaluateAll((all) => all.map((button) => button.getAttribute('value')))
    expect(names).to.have.members(['legnano', 'magenta', 'abbiategrasso', 'castano-primo'])
    await others.first().click()
    await visit.page.locator('[data-slots][data-site=legnano]').waitFor()
  })

  it('turns the month, whose shut days say why', async () => {
    const { visit, time, shortcut } = started()
    await shortcut.toTimes()
    await visit.open('/prenota/data-e-orario')
    await (await time.find()).test('next-month').click()
    await visit.page.waitForURL(/mese=2026-12/)
    const calendar = await visit.page.locator('#calendario').innerText()
    expect(calendar).to.include('8 dicembre').and.to.include('Immacolata Concezione').and.to.include('24 dicembre')
    expect(await time.day('2026-12-08').count(), 'a holiday cannot be chosen').to.equal(0)
    expect(await time.day('2026-12-09').count()).to.equal(1)
  })
})
