import { LANGS } from '../../../src/messages/index.js'
import { startApp, type TestApp } from '../../support/app.js'
import { THE_DAY_BEFORE } from '../../support/builders.js'
import { SQLITE } from '../../support/engines.js'
import { at, bookElsewhere } from '../bookings.js'
import { expectInOrder } from '../checks/in-order.js'
import { inBrowser } from '../in-browser.js'
import { Visit } from '../pages/visit.js'
import { STATES } from './states.js'
import { FULL_DAY, furnish, Newcomers } from './town.js'

inBrowser('every page', () => {
  const town = new Newcomers()
  let app: TestApp | undefined

  before(async () => {
    app = await startApp(SQLITE)
    await furnish(app)
    await bookElsewhere(app, { start: at('08:30', FULL_DAY), visitor: town.someone(), site: 'castano-primo' })
  })
  after(() => app?.close())

  for (const lang of LANGS) {
    describe(lang === 'it' ? 'in Italian' : 'in English', () => {
      let visit: Visit | undefined
      before(async () => {
        if (app) visit = await Visit.begin(app, { lang })
      })
      afterEach(async () => {
        app?.clock.set(THE_DAY_BEFORE)
        await visit?.page.unrouteAll()
        await visit?.forget()
      })
      after(() => visit?.end())

      for (const [name, reach] of Object.entries(STATES)) {
        it(name, async () => {
          if (!app || !visit) throw new Error('not started')
          await expectInOrder(await reach({ app, visit, town }))
        })
      }
    })
  }
})
