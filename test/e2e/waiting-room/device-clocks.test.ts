import { expect } from 'chai'
import type { Page } from 'playwright-core'
import type { TestApp } from '../../support/app.js'
import type { TestDatabase } from '../../support/database.js'
import { newVisit } from '../../support/chromium.js'
import { signedIn, type StaffClient } from '../../support/staff.js'
import { at } from '../../integration/queue/room.js'
import { inBrowser } from '../in-browser.js'
import { at as slotAt } from '../bookings.js'
import { VisitorPage } from '../pages/booking-steps.js'
import { Shortcut } from '../pages/shortcut.js'
import { Visit } from '../pages/visit.js'
import { aManager, KioskScreen } from '../pages/kiosk-screen.js'
import { restartableApp } from './restartable-app.js'

const MINUTE_MS = 60_000

/** What a device may take for the hour; the server's stands at 9:00 on 24 November 2026 in the tests. */
const CLOCKS: [title: string, wrongMs: number][] = [
  ['an hour ahead', 60 * MINUTE_MS],
  ['seven minutes behind', -7 * MINUTE_MS],
  ['in the year 2018', Date.parse('2018-03-01T04:44:00Z') - at('09:00').getTime()],
]

inBrowser('a device whose clock is wrong (case K11)', () => {
  let app: TestApp
  let staff: StaffClient
  let database: TestDatabase
  let start: () => Promise<TestApp>
  before(async () => {
    ;({ database, start } = await restartableApp())
    app = await start()
    staff = await signedIn(app)
  })
  after(async () => {
    await app?.close()
    await database?.close()
  })

  /** A device that stands in another zone, too. */
  const device = async (wrongMs: number, viewport = { width: 1280, height: 800 }): Promise<Page> => {
    const context = await newVisit({ viewport, timezoneId: 'America/New_York' })
    await context.addInitScript(wrongClock, at('09:00').getTime() + wrongMs)
    return context.newPage()
  }

  for (const [title, wrongMs] of CLOCKS) {
    it(`${title}: display and phone show the server’s time, also when they have lost it`, async () => {
      const { ticket } = (await staff.post('/sites/legnano/walk-ins', { service: 'accesso-diretto' })).body
      const [wall, phone] = [await device(wrongMs), await device(wrongMs, { width: 390, height: 844 })]
      await wall.goto(`${app.url}/display/legnano`)
      await wall
        .locator('[data-part="time"]')
        .filter({ hasText: /^09:0[01]$/ })
        .waitFor()
      expect(await wall.locator('[data-part="day"]').innerText()).to.equal('martedì 24 novembre')
      const socket = phone.waitForEvent('websocket')
      await phone.goto(`${app.url}/numero/${ticket.token}`)
      await socket
      await app.close()
      const stale = { hasText: /dalle 0?9:0[01]/ }
      await wall.locator('[data-part="stale"]').filter(stale).waitFor({ timeout: 25_000 })
      await phone.locator('[data-part="stale"]').filter(stale).waitFor({ timeout: 25_000 })
      app = await start()
      for (const page of [wall, phone]) await page.context().close()
    })
  }

  for (const [title, wrongMs] of CLOCKS) {
    it(`${title}: a time that is held ends after the server’s ten minutes`, async () => {
      app.clock.set(at('07:00'))
      const visit = await Visit.begin(app, { fresh: true, timezoneId: 'America/New_York' })
      await visit.page.addInitScript(wrongClock, at('07:00').getTime() + wrongMs)
      await new Shortcut(visit).toVisitor({ start: slotAt('09:15') })
      await visit.open('/prenota/richiedente')
      const hold = (await new VisitorPage(visit).find()).test('hold')
      expect(await hold.innerText())
        .to.match(/fino alle 7:10/)
        .and.to.match(/10 minuti|9 minuti/)
      expect(await hold.locator('[data-hold-over]').isVisible()).to.equal(false)
      await visit.end()
      app.clock.set(at('09:00'))
    })
  }

  it('at a kiosk: the clock and the paper', async () => {
    const manager = await aManager(app)
    const kiosk = await KioskScreen.place(app)
    await kiosk.context.addInitScript(wrongClock, Date.parse('2018-03-01T04:44:00Z'))
    await kiosk.open()
    const { body } = await manager.post('/sites/legnano/devices', { kind: 'kiosk' })
    await kiosk.pair((body as { pairingCode: string }).pairingCode)
    await kiosk.press('offer-accesso-diretto')
    await kiosk.number()
    expect(await kiosk.page.locator('[data-part="clock"]').innerText()).to.match(/^9:0[01]$/)
    await kiosk.page.locator('.receipt img').waitFor({ state: 'attached' })
    expect(await kiosk.page.locator('.receipt').textContent()).to.match(/martedì 24 novembre 2026 – 9:0[01]/)
    await kiosk.end()
  })
})

/** Runs in the page: the device's clock stands there, and goes on. */
function wrongClock(startMs: number): void {
  const Right = Date
  const now = () => startMs + performance.now()
  globalThis.Date = class extends Right {
    constructor(...all: []) {
      super(...(all.length === 0 ? ([now()] as unknown as []) : all))
    }
    static override now = now
  } as DateConstructor
}
