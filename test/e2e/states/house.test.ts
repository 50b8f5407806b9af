import { LANGS } from '../../../src/messages/index.js'
import { startApp, type TestApp } from '../../support/app.js'
import { visitorOf } from '../../support/builders.js'
import { SQLITE } from '../../support/engines.js'
import { at, bookElsewhere } from '../bookings.js'
import { expectInOrder } from '../checks/in-order.js'
import { inBrowser } from '../in-browser.js'
import { MailFolderPage, MailPage, ProblemPage } from '../pages/other-pages.js'
import { Visit } from '../pages/visit.js'

/** More than one address may read in a minute (limits.ts). */
const TOO_MANY = 301

inBrowser('what the house itself says', () => {
  for (const lang of LANGS) {
    describe(lang === 'it' ? 'in Italian' : 'in English', () => {
      let [app, visit]: [TestApp?, Visit?] = []
      const started = (): { app: TestApp; visit: Visit } => {
        if (!app || !visit) throw new Error('not started')
        return { app, visit }
      }
      before(async () => {
        app = await startApp(SQLITE, { settings: { RATE_LIMITS: 'on' } })
        visit = await Visit.begin(app, { lang })
      })
      after(async () => {
        await visit?.end()
        await app?.close()
      })

      it('shows the mails that were not sent: none, then one', async () => {
        const { app, visit } = started()
        await visit.open('/dev/mail')
        await expectInOrder(new MailFolderPage(visit))
        await bookElsewhere(app, { start: at('08:30'), visitor: visitorOf(1), lang })
        await app.sender.sendDue()
        await visit.open('/dev/mail')
        const folder = new MailFolderPage(visit)
        await expectInOrder(folder)
        await folder.test('mail').locator('a').click()
        await expectInOrder(new MailPage(visit, 'confirmed'))
      })

      it('says so when something is broken, without a word of what', async () => {
        const { app, visit } = started()
        const { path } = await bookElsewhere(app, { start: at('08:45'), visitor: visitorOf(2) })
        const rename = (from: string, to: string) =>
          app.unitOfWork.run((tx) => tx.em.query(`ALTER TABLE ${from} RENAME TO ${to}`))
        await rename('booking', 'booking_away')
        try {
          await visit.open(path)
          await expectInOrder(new ProblemPage(visit, 'internal'))
        } finally {
          await rename('booking_away', 'booking')
        }
      })

      it('asks to wait when too much is asked', async () => {
        const { visit } = started()
        for (let asked = 0; asked < TOO_MANY; asked += 20)
          await Promise.all(
            Array.from({ length: 20 }, () => fetch(`${visit.origin}/prenota/dettagli`, { redirect: 'manual' })),
          )
        await visit.open('/prenota')
        await expectInOrder(new ProblemPage(visit, 'too-many'))
      })
    })
  }
})
