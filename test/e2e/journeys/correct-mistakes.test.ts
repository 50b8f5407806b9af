import { expect } from 'chai'
import { startApp, type TestApp } from '../../support/app.js'
import { THE_DAY, visitorOf } from '../../support/builders.js'
import { SQLITE } from '../../support/engines.js'
import { inBrowser } from '../in-browser.js'
import { at, bookingsOf, freeAt } from '../bookings.js'
import { ConfirmedPage, DetailsPage, PlacePage, SummaryPage, TimePage, VisitorPage } from '../pages/booking-steps.js'
import { Shortcut } from '../pages/shortcut.js'
import { Visit } from '../pages/visit.js'

const WRONG = {
  firstName: 'Nicolò',
  lastName: "D'Angelo-Müller",
  taxCode: 'GLABNC72H25H501Y',
  email: 'nicolo@',
  comune: '015118',
}

inBrowser('a person who makes mistakes', () => {
  let app: TestApp | undefined
  let visit: Visit | undefined
  let persons = 100

  const started = (): { app: TestApp; visit: Visit; shortcut: Shortcut } => {
    if (!app || !visit) throw new Error('not started')
    return { app, visit, shortcut: new Shortcut(visit) }
  }
  const confirmed = async () =>
    (await bookingsOf(started().app)).filter((row) => (row as { row_status: string }).row_status === 'confirmed').length

  before(async () => {
    app = await startApp(SQLITE)
  })
  beforeEach(async () => {
    if (app) visit = await Visit.begin(app)
  })
  afterEach(() => visit?.end())
  after(() => app?.close())

  for (const javaScriptEnabled of [true, false]) {
    it(`loses nothing by a change of language, ${javaScriptEnabled ? 'with JavaScript' : 'with JavaScript off'} (D3, case K13)`, async () => {
      const visit = await Visit.begin(started().app, { javaScriptEnabled })
      const { page } = visit
      await new Shortcut(visit).toVisitor({ start: at('12:00') })
      await visit.open('/prenota/richiedente')
      const form = await new VisitorPage(visit).find()
      const kept = async () => {
        for (const [name, text] of Object.entries(WRONG))
          expect(await page.locator(`#${name}`).inputValue(), name).to.equal(text)
      }
      await form.fill(WRONG)
      await page.click('.languages [lang=en]')
      await page.locator('html[lang=en]').waitFor()
      await kept()
      expect(await page.locator('[data-test=errors]').count(), 'nothing was judged yet').to.equal(0)
      await page.locator('#taxCode').press('Enter')
      await page.locator('[data-test=errors]').waitFor()
      const english = await page.locator('#taxCode-error').innerText()
      await page.locator('#firstName').fill('Nicolò Maria')
      await page.click('.languages [lang=it]')
      await page.locator('html[lang=it] [data-test=errors]').waitFor()
      expect(await page.locator('#taxCode-error').innerText())
        .to.include('errore di battitura')
        .and.not.equal(english)
      expect(await page.locator('#firstName').inputValue()).to.equal('Nicolò Maria')
      await page.locator('[data-test=back]').click()
      await page.locator('#notes').fill('Vengo con mio figlio\ne con la nonna')
      await page.click('.languages [lang=en]')
      await page.locator('html[lang=en]').waitFor()
      expect(await page.locator('#notes').inputValue()).to.equal('Vengo con mio figlio\ne con la nonna')
      await page.locator('[data-test=continue]').click()
      await page.waitForURL('**/prenota/richiedente')
      expect(await page.locator('#firstName').inputValue()).to.equal('Nicolò Maria')
      visit.forgive(/422/)
      await visit.end()
    })

    it(`keeps place and time by a change of language, ${javaScriptEnabled ? 'with JavaScript' : 'with JavaScript off'} (D3)`, async () => {
      const visit = await Visit.begin(started().app, { javaScriptEnabled })
      const { page } = visit
      const inLanguage = async (lang: string) => {
        await page.click(`.languages [lang=${lang}]`)
        await page.locator(`html[lang=${lang}]`).waitFor()
      }
      await visit.open('/prenota')
      const place = await new PlacePage(visit).find()
      await page.locator('#persons').selectOption('2')
      await place.site('magenta').check({ force: true })
      await inLanguage('en')
      expect(await place.site('magenta').isChecked()).to.equal(true)
      expect(await page.locator('#persons').inputValue()).to.equal('2')
      await inLanguage('it')
      await place.goOn()
      const time = await new TimePage(visit).find()
      await time.chooseDay('2026-11-25')
      await time.time(at('10:15', '2026-11-25')).check({ force: true })
      await inLanguage('en')
      expect(await time.time(at('10:15', '2026-11-25')).isChecked()).to.equal(true)
      await inLanguage('it')
      await time.goOn()
      await new DetailsPage(visit).find()
      await visit.end()
    })

    it(`is led from the summary of errors to the fields, ${javaScriptEnabled ? 'with JavaScript' : 'with JavaScript off'}`, async () => {
      const visit = await Visit.begin(started().app, { javaScriptEnabled })
      await new Shortcut(visit).toVisitor({ start: at('09:00') })
      await visit.open('/prenota/richiedente')
      const form = await new VisitorPage(visit).find()
      await form.submit(WRONG)
      await form.findAgain(form.errors())
      expect(await visit.page.title()).to.match(/^Errore: /)
      expect(await form.focused(), 'the summary has the focus').to.equal('errors')
      const links = form.errors().locator('a')
      expect(await links.count()).to.equal(2)
      for (const name of ['taxCode', 'email'] as const) {
        await links.and(visit.page.locator(`[href="#${name}"]`)).click()
        expect(await form.focused(), 'the link leads to the field').to.equal(name)
        const field = form.field(name)
        expect(await field.getAttribute('aria-invalid')).to.equal('true')
        expect(await field.getAttribute('aria-describedby')).to.include(`${name}-error`)
        expect((await visit.page.locator(`#${name}-error`).innerText()).length).to.be.greaterThan(20)
      }
      for (const [name, text] of Object.entries(WRONG))
        expect(await form.field(name as keyof typeof WRONG).inputValue(), `${name} as typed`).to.equal(text)
      await visit.end()
    })
  }

  it('is led to the first choice of a step where nothing was chosen', async () => {
    const { visit, shortcut } = started()
    await visit.open('/prenota')
    const place = await new PlacePage(visit).find()
    await place.goOn()
    await place.findAgain(place.errors())
    expect(await place.focused()).to.equal('errors')
    await place.errors().locator('a').click()
    expect(await place.focused()).to.equal('site')

    await shortcut.toTimes()
    await visit.open(`/prenota/data-e-orario?giorno=${THE_DAY}`)
    const time = await new TimePage(visit).find()
    await time.goOn()
    await time.findAgain(time.errors())
    await time.errors().locator('a').click()
    expect(await time.focused()).to.equal('start')
  })

  it('presses twice and has one booking', async () => {
    const { visit, app, shortcut } = started()
    await shortcut.toSummary({ start: at('09:15') }, visitorOf(++persons))
    await visit.open('/prenota/riepilogo')
    const [before, seats] = [await confirmed(), await freeAt(app, at('09:15'))]
    const { confirmButton } = await new SummaryPage(visit).find()
    await confirmButton.dblclick({ noWaitAfter: true })
    await new ConfirmedPage(visit).find()
    expect([await confirmed(), await freeAt(app, at('09:15'))]).to.deep.equal([before + 1, seats])
  })

  it('presses twice with JavaScript off and has one booking', async () => {
    const { app } = started()
    const visit = await Visit.begin(app, { javaScriptEnabled: false })
    await new Shortcut(visit).toSummary({ start: at('09:30') }, visitorOf(++persons))
    await visit.open('/prenota/riepilogo')
    const before = await confirmed()
    const { confirmButton } = await new SummaryPage(visit).find()
    await confirmButton.dblclick({ noWaitAfter: true })
    await new ConfirmedPage(visit).find()
    expect(await confirmed()).to.equal(before + 1)
    await visit.end()
  })

  it('goes back from the summary and finds everything as typed', async () => {
    const { visit, shortcut } = started()
    await shortcut.toTimes()
    await visit.open(`/prenota/data-e-orario?giorno=${THE_DAY}`)
    const time = await new TimePage(visit).find()
    await time.choose(at('10:00'))
    const details = await new DetailsPage(visit).find()
    await details.notes.fill('Ho bisogno di una sedia')
    await details.goOn()
    const form = await new VisitorPage(visit).find()
    const { phone: _, ...person } = visitorOf(++persons)
    await form.submit(person)
    await new SummaryPage(visit).find()
    await visit.page.goBack()
    await form.find()
    for (const [name, text] of Object.entries(person))
      expect(await form.field(name as keyof typeof person).inputValue(), name).to.equal(text)
    await visit.page.goBack()
    expect(await (await details.find()).notes.inputValue()).to.equal('Ho bisogno di una sedia')
    await visit.page.goBack()
    await time.find()
    expect(await time.time(at('10:00')).isChecked(), 'the time that is reserved').to.equal(true)
  })

  it('goes back after booking and cannot book a second time', async () => {
    const { visit, app, shortcut } = started()
    await shortcut.toSummary({ start: at('10:15') }, visitorOf(++persons))
    await visit.open('/prenota/riepilogo')
    const before = await confirmed()
    const summary = await new SummaryPage(visit).find()
    await summary.confirm()
    await new ConfirmedPage(visit).find()
    await visit.page.goBack()
    await new ConfirmedPage(visit).find()
    expect(new URL(visit.page.url()).pathname, 'nothing is left to confirm').to.equal('/prenota/conferma')
    expect([await confirmed(), await freeAt(app, at('10:15'))]).to.deep.equal([before + 1, 2])
  })

  it('chooses another time in a second tab: the first says so and books nothing by surprise', async () => {
    const { visit, app, shortcut } = started()
    const visitor = visitorOf(++persons)
    await shortcut.toSummary({ start: at('10:30') }, visitor)
    await visit.open('/prenota/riepilogo')
    const summary = await new SummaryPage(visit).find()
    const before = await confirmed()

    const other = await visit.newTab()
    await other.open(`/prenota/data-e-orario?giorno=${THE_DAY}`)
    await (await new TimePage(other).find()).choose(at('11:30'))
    await new SummaryPage(other).find()

    await summary.confirm()
    await summary.findAgain(summary.notice())
    expect(await summary.notice().innerText()).to.include('La prenotazione è cambiata')
    expect(await summary.focused(), 'what is said has the focus').to.equal('notice')
    expect(await visit.page.locator('main').innerText()).to.include('ore 11:30')
    expect(await confirmed()).to.equal(before)
    await summary.confirm()
    await new ConfirmedPage(visit).find()
    expect([await freeAt(app, at('10:30')), await freeAt(app, at('11:30'))]).to.deep.equal([3, 2])
  })

  it('leaves the booking: the time is free and nothing typed is left', async () => {
    const { visit, app, shortcut } = started()
    await shortcut.toSummary({ start: at('12:15') }, visitorOf(++persons))
    await visit.open('/prenota/riepilogo')
    const summary = await new SummaryPage(visit).find()
    expect(await freeAt(app, at('12:15'))).to.equal(2)
    await summary.test('leave').click()
    await visit.page.waitForURL(`${app.url}/`)
    expect(await freeAt(app, at('12:15'))).to.equal(3)
    await visit.open('/prenota/richiedente')
    expect(new URL(visit.page.url()).pathname).to.equal('/prenota')
  })
})
