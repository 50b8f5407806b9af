import { expect } from 'chai'
import type { Lang } from '../../../src/messages/index.js'
import { startApp, type TestApp } from '../../support/app.js'
import { THE_DAY } from '../../support/builders.js'
import { type Engine, forEachEngine } from '../../support/engines.js'
import { inBrowser } from '../in-browser.js'
import { SmtpInbox } from '../../support/smtp.js'
import { at, bookingsOf, freeAt, manageLinkIn, nicolo } from '../bookings.js'
import {
  ConfirmedPage,
  DetailsPage,
  HomePage,
  PlacePage,
  SummaryPage,
  TimePage,
  VisitorPage,
} from '../pages/booking-steps.js'
import { BookingPage, CancelPage } from '../pages/own-booking.js'
import { Visit } from '../pages/visit.js'

const START = at('09:45')

/** From the first page to the last step. @returns the code that is shown */
async function book(visit: Visit): Promise<string> {
  const home = await new HomePage(visit).open()
  await home.book()
  const place = await new PlacePage(visit).arrive()
  await place.choose({ site: 'legnano' })
  const time = await new TimePage(visit).arrive()
  await time.chooseDay(THE_DAY)
  await time.choose(START)
  const details = await new DetailsPage(visit).arrive()
  await details.notes.fill('Vengo con un’interprete')
  await details.goOn()
  const visitor = await new VisitorPage(visit).arrive()
  const { phone: _, ...person } = nicolo()
  await visitor.submit(person)
  const summary = await new SummaryPage(visit).arrive()
  expect(await summary.page.locator('main').innerText()).to.include("Nicolò D'Angelo-Müller")
  await summary.confirm()
  return (await new ConfirmedPage(visit).arrive()).code()
}

function journey(engine: Engine, how: { lang?: Lang; javaScriptEnabled?: boolean }): void {
  let [app, inbox, visit]: [TestApp?, SmtpInbox?, Visit?] = []

  before(async () => {
    inbox = await SmtpInbox.create()
    app = await startApp(engine, { inbox })
    visit = await Visit.begin(app, how)
  })
  after(async () => {
    await visit?.end()
    await app?.close()
    await inbox?.close()
  })

  it("books as Nicolò D'Angelo-Müller, and cancels by the mailed link: the seat is free again at once", async () => {
    if (!app || !inbox || !visit) throw new Error('not started')
    const before = (await freeAt(app, START)) ?? 0
    const code = await book(visit)
    expect(await freeAt(app, START)).to.equal(before - 1)

    const mail = await inbox.waitFor(({ to }) => to.includes('nicolo@example.org'))
    expect(mail.parsed.subject).to.equal(visit.t('mail.confirmed.subject'))
    expect(mail.parsed.text).to.include(code)
    expect(mail.parsed.text, 'X6: nobody has read a mail there yet').not.to.include('Nicolò')
    expect(mail.parsed.html).to.include(code)

    await visit.forget()
    await visit.open(manageLinkIn(mail, app.url))
    const booking = await new BookingPage(visit).arrive()
    expect(await booking.test('code').innerText()).to.equal(code)
    await booking.cancel()
    await (await new CancelPage(visit).arrive()).yes()
    const cancelled = await new BookingPage(visit, 'cancelled').arrive()
    expect(await freeAt(app, START), 'free places after cancelling').to.equal(before)
    expect(await cancelled.notice().innerText()).to.include(visit.t('citizen.booking.done.cancelled.title'))
    expect(await bookingsOf(app)).to.have.length(1)
    const subject = visit.t('mail.cancelled.subject')
    const last = await inbox.waitFor(({ parsed }) => parsed.subject === subject)
    expect(last.parsed.text, 'X6: who cancelled has read the mail').to.include("Nicolò D'Angelo-Müller")
  })
}

inBrowser('a person who needs an appointment', () => {
  forEachEngine((engine) => {
    if (engine.name === 'mariadb') return describe('in English', () => journey(engine, { lang: 'en' }))
    describe('with JavaScript', () => journey(engine, {}))
    describe('with JavaScript off', () => journey(engine, { javaScriptEnabled: false }))
  })
})
