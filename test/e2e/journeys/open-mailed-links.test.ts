import { expect } from 'chai'
import { SiteEntity } from '../../../src/sites/index.js'
import { startApp, type TestApp } from '../../support/app.js'
import { taxCodeOf, visitorOf } from '../../support/builders.js'
import { SQLITE } from '../../support/engines.js'
import { inBrowser } from '../in-browser.js'
import { sleep } from '../../support/servers.js'
import { SmtpInbox } from '../../support/smtp.js'
import { at, bookElsewhere, linksIn } from '../bookings.js'
import { BookingPage, CancelPage } from '../pages/own-booking.js'
import { Visit } from '../pages/visit.js'

/** As long as a scanner lets the scripts of a page run. */
const SCRIPTS_MS = 2000

/** Of a scanner in front of a mail server, of a chat's preview, of an old phone. */
const READERS = ['Mozilla/5.0 (compatible; MSOffice 16)', 'WhatsApp/2.24', 'curl/8']

const KINDS = ['confermata', 'da confermare', 'spostata', 'annullata', 'Promemoria', 'La sua prenotazione']

inBrowser('a scanner that opens every mailed link (L1)', () => {
  let [app, inbox]: [TestApp?, SmtpInbox?] = []

  before(async () => {
    inbox = await SmtpInbox.create()
    app = await startApp(SQLITE, { inbox })
    await sendEveryKind(app)
    await inbox.waitFor(() => KINDS.every((kind) => inbox?.mails.some(({ parsed }) => parsed.subject?.includes(kind))))
  })
  after(async () => {
    await app?.close()
    await inbox?.close()
  })

  /** One mail at least of each event that a citizen can cause. */
  async function sendEveryKind(app: TestApp): Promise<void> {
    await app.unitOfWork.run(async (tx) => {
      await tx.em
        .createQueryBuilder()
        .update(SiteEntity)
        .set({ emailConfirmation: true })
        .where({ id: 'magenta' })
        .execute()
      tx.afterCommit(() => app.events.publish('site.changed', { siteId: 'magenta' }))
    })
    await bookElsewhere(app, { start: at('08:30'), visitor: visitorOf(1) })
    const moved = await bookElsewhere(app, { start: at('09:00'), visitor: visitorOf(3) })
    await app.api.post(`/bookings/${moved.token}/move`, { start: at('09:00', '2026-11-25') })
    const cancelled = await bookElsewhere(app, { start: at('09:30'), visitor: visitorOf(4) })
    await app.api.post(`/bookings/${cancelled.token}/cancel`)
    const { phone: _, ...again } = visitorOf(5, { taxCode: taxCodeOf(1) })
    const refusal = await app.api.post('/bookings', {
      site: 'legnano',
      service: 'scelta-revoca',
      start: at('10:00'),
      visitor: again,
    })
    expect(refusal.body).to.include({ code: 'already-booked' })
    await app.jobs.runAll()
    app.clock.advanceMinutes(9 * 60 + 1) // 18:01: tomorrow's people are reminded
    await app.jobs.runAll()
    await bookElsewhere(app, { start: at('08:30', '2026-12-01'), visitor: visitorOf(2), site: 'magenta' })
  }

  /** The whole database, once nothing is on its way any more. */
  async function settled({ database }: TestApp): Promise<Record<string, unknown[]>> {
    for (let before = await database.contents('job_run'); ; await sleep(100)) {
      const now = await database.contents('job_run')
      const waiting = (now['outbox'] as { row_state: string }[]).filter((row) => row.row_state === 'waiting')
      if (waiting.length === 0 && JSON.stringify(now) === JSON.stringify(before)) return now
      before = now
    }
  }

  it('changes nothing, in the whole database', async () => {
    if (!app || !inbox) throw new Error('not started')
    const { url } = app
    const links = [...new Set(inbox.mails.flatMap((mail) => linksIn(mail, url)))]
    expect(links.filter((link) => link.includes('/prenotazione/'))).to.have.length(4)
    const before = await settled(app)
    expect(Object.values(before).flat().length).to.be.greaterThan(20)

    for (const link of links)
      for (const method of ['HEAD', 'GET'])
        for (const reader of READERS) {
          const answer = await fetch(link, { method, headers: { 'user-agent': reader } })
          expect(answer.status, `${method} ${link}`).to.equal(200)
        }

    const visit = await Visit.begin(app)
    const found = await openAll(visit, links)
    const further = [...found].filter((link) => link.startsWith(`${url}/`) && !links.includes(link))
    expect(
      further.some((link) => link.endsWith('/annulla')) && further.some((link) => link.endsWith('/sposta')),
    ).to.equal(true)
    await openAll(
      visit,
      further.filter((link) => /\/prenotazione\/[^/]+\/(annulla|sposta)/.test(link)),
    )
    const { request } = visit.page.context()
    for (const link of further) {
      await request.get(link, { timeout: 5000 })
      await request.head(link, { timeout: 5000 })
    }
    expect(await settled(app)).to.deep.equal(before)
    await visit.end()
  })

  it('is not the person, whose own press does act', async () => {
    if (!app || !inbox) throw new Error('not started')
    const { url } = app
    const mail = inbox.mails.find(({ parsed }) => parsed.subject?.includes('Promemoria'))
    const before = await settled(app)
    const visit = await Visit.begin(app)
    await visit.open((mail && linksIn(mail, url)[0]) ?? '')
    await (await new BookingPage(visit).arrive()).cancel()
    await (await new CancelPage(visit).find()).yes()
    await new BookingPage(visit, 'cancelled').find()
    expect(await settled(app)).not.to.deep.equal(before)
    await visit.end()
  })
})

/** Each link in a tab of its own, its scripts running for a while. @returns every address that the pages lead to */
async function openAll(visit: Visit, links: readonly string[]): Promise<Set<string>> {
  const tabs = await Promise.all(links.map(async (link) => (await visit.newTab()).open(link)))
  await sleep(SCRIPTS_MS)
  const found = await Promise.all(
    tabs.map(({ page }) =>
      page.locator('a').evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).href.split('#')[0] ?? '')),
    ),
  )
  await Promise.all(tabs.map(({ page }) => page.close()))
  return new Set(found.flat())
}
