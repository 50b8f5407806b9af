import { expect } from 'chai'
import type { Route } from 'playwright-core'
import { startApp, type TestApp } from '../../support/app.js'
import { visitorOf } from '../../support/builders.js'
import { SQLITE } from '../../support/engines.js'
import type { StaffClient } from '../../support/staff.js'
import { at as slotAt } from '../bookings.js'
import { inBrowser } from '../in-browser.js'
import { aManager, drawn, KioskScreen, PORTRAIT } from '../pages/kiosk-screen.js'
import { at, NEWBORN } from '../../integration/queue/room.js'

/** Tablets and laptops that serve as kiosks. */
const LOW = [
  { width: 1024, height: 768 },
  { width: 1280, height: 800 },
  { width: 1366, height: 768 },
]

inBrowser('the kiosk in trouble', () => {
  let app: TestApp
  let manager: StaffClient
  let kiosk: KioskScreen
  before(async () => {
    app = await startApp(SQLITE, { now: at('09:00') })
    manager = await aManager(app)
  })
  afterEach(async () => {
    await kiosk?.end()
    app.clock.set(at('09:00'))
  })
  after(() => app?.close())

  const stand = async (options = {}) => {
    kiosk = await KioskScreen.paired(app, manager, options)
  }
  let person = 0
  const booked = async () => {
    person += 1
    const visitor = { ...visitorOf(person), phone: undefined }
    const start = slotAt(['09:15', '09:30', '09:45', '10:00', '10:15'][person] ?? '10:30')
    app.clock.set(at('07:00'))
    const { body } = await app.api.post('/bookings', { site: 'legnano', service: 'scelta-revoca', start, visitor })
    app.clock.set(at('09:00'))
    return (body as { booking: { code: string } }).booking.code
  }
  /** One more ticket of this lane since the test began? */
  const made = async (lane: string) => (await drawn(app)).filter((ticket) => ticket.startsWith(lane)).length

  describe('loses no number (case K09)', () => {
    it('when the page is reloaded before the paper: the number is back, printed once, one ticket', async () => {
      await stand()
      const before = await made('D')
      await kiosk.page.route('**/qr.svg', () => undefined)
      await kiosk.press('offer-accesso-diretto')
      const number = await kiosk.number()
      expect(await kiosk.printed()).to.equal(0)
      await kiosk.page.reload()
      expect(await kiosk.number()).to.equal(number)
      await kiosk.page.waitForFunction(() => (globalThis as unknown as { printed: number }).printed === 1)
      expect(await made('D')).to.equal(before + 1)
    })

    it('when it is reloaded while it prints: the number is back in its language, paper only when it is asked for', async () => {
      await stand()
      const before = await made('R')
      await kiosk.speak('en')
      await kiosk.press('offer-punto-ritiro')
      await kiosk.press('senior-no')
      const number = await kiosk.number()
      await kiosk.page.waitForFunction(() => (globalThis as unknown as { printed: number }).printed === 1)
      await kiosk.page.reload()
      expect(await kiosk.number()).to.equal(number)
      expect(await kiosk.text()).to.include('Your number')
      await kiosk.page.locator('.kiosk-qr img').waitFor()
      expect(await kiosk.printed(), 'since the reload').to.equal(0)
      await kiosk.press('print-again')
      await kiosk.page.waitForFunction(() => (globalThis as unknown as { printed: number }).printed === 1)
      expect(await made('R')).to.equal(before + 1)
      await kiosk.press('done')
      await kiosk.page.reload()
      await kiosk.test('start').waitFor()
      expect(await kiosk.page.evaluate(() => JSON.stringify({ ...localStorage }))).not.to.include(number)
    })
  })

  describe('tells staff when the paper does not come', () => {
    beforeEach(() => manager.post('/sites/legnano/printer', { works: true }))
    const printer = async () => {
      const { body } = await manager.get('/sites/legnano/console')
      return (body as { printerFailedAt: string | null }).printerFailedAt
    }
    const untilTold = async (failed: boolean) => {
      for (let tries = 0; tries < 50 && ((await printer()) !== null) !== failed; tries += 1)
        await kiosk.page.waitForTimeout(50)
      return printer()
    }

    it('asked to print again: the console says so, until a ticket came out, or staff says that it works', async () => {
      await stand()
      await kiosk.press('offer-accesso-diretto')
      const number = await kiosk.number()
      await kiosk.press('print-again')
      expect(await kiosk.test('paper').innerText()).to.include(`il suo numero resta ${number}`)
      expect(await untilTold(true)).to.equal('2026-11-24T09:00:00+01:00')
      await kiosk.press('done')
      await kiosk.press('offer-accesso-diretto')
      await kiosk.number()
      await kiosk.page.waitForFunction(() => (globalThis as unknown as { printed: number }).printed === 3)
      await kiosk.press('done')
      expect(await untilTold(false)).to.equal(null)
    })

    it('where the browser cannot print: the number stays on the screen, with words; staff ends it by one press', async () => {
      await stand()
      await kiosk.page.evaluate('print = () => undefined')
      await kiosk.press('offer-accesso-diretto')
      const number = await kiosk.number()
      await kiosk
        .test('paper')
        .filter({ hasText: `ricordi il numero ${number}` })
        .waitFor()
      expect(await untilTold(true)).not.to.equal(null)
      expect((await manager.post('/sites/legnano/printer', { works: true })).status).to.equal(204)
      expect(await printer()).to.equal(null)
    })
  })

  describe('shows all of a step', () => {
    for (const viewport of LOW) {
      it(`on ${viewport.width} × ${viewport.height}: "Conferma" is seen, with a fault, a warning and in English too`, async () => {
        await stand({ viewport })
        for (const choice of ['offer-neonati', 'booking']) {
          await kiosk.press(choice)
          await kiosk.expectOnScreen('confirm')
          await kiosk.press('confirm')
          await kiosk.test('wrong').waitFor()
          await kiosk.speak('en')
          await kiosk.page.evaluate(() => {
            for (const part of ['away', 'idle']) {
              const place = document.querySelector<HTMLElement>(`[data-part="${part}"]`)
              if (place) place.hidden = false
            }
          })
          await kiosk.expectOnScreen('confirm')
          await kiosk.expectOnScreen('erase')
          const small = await kiosk.page.evaluate(() =>
            [...document.querySelectorAll('main button, main input')]
              .map((el) => el.getBoundingClientRect())
              .filter(({ width, height }) => Math.min(width, height) < 43.5)
              .map(({ width, height }) => `${width}×${height}`),
          )
          expect(small, 'targets').to.deep.equal([])
          await kiosk.speak('it')
          await kiosk.press('home')
        }
        await kiosk.press('offer-accesso-diretto')
        await kiosk.number()
        await kiosk.page.locator('.kiosk-qr img').waitFor()
        await kiosk.expectOnScreen('done')
      })
    }
  })

  describe('is typed on by hand', () => {
    it('with the keyboard alone: letters, Backspace and Enter work wherever the focus is', async () => {
      await stand()
      await kiosk.press('offer-neonati')
      const { keyboard } = kiosk.page
      await keyboard.type(`${NEWBORN}X`, { delay: 20 })
      await kiosk.page.waitForTimeout(400)
      await keyboard.press('Backspace')
      expect(await kiosk.page.locator('#typed').inputValue()).to.equal(NEWBORN)
      await kiosk.page.waitForTimeout(300)
      await keyboard.press('Enter')
      expect(await kiosk.number()).to.match(/^N/)
    })

    it('with a finger on the screen’s keys and Enter of a keyboard: it confirms, and presses no key again', async () => {
      const code = await booked()
      await stand({ viewport: PORTRAIT })
      await kiosk.press('booking')
      await kiosk.touch(code)
      await kiosk.page.keyboard.press('Backspace')
      await kiosk.touch(code.slice(-1))
      await kiosk.page.keyboard.press('Enter')
      expect(await kiosk.number()).to.match(/^P/)
    })

    it('an empty field says so at Enter', async () => {
      await stand()
      await kiosk.press('booking')
      await kiosk.page.keyboard.press('Enter')
      expect(await kiosk.wrong()).to.equal('Scriva il codice con i tasti qui sotto.')
    })
  })

  describe('keeps the number on the screen', () => {
    it('when the same code is read twice', async () => {
      const code = await booked()
      await stand()
      await kiosk.scan(code)
      const number = await kiosk.number()
      await kiosk.scan(code)
      await kiosk.page.waitForTimeout(300)
      expect([await kiosk.number(), await kiosk.test('next').count()]).to.deep.equal([number, 0])
    })

    it('when the next person’s code is read: theirs comes once it is taken, or after a few seconds', async () => {
      const [one, other, third] = [await booked(), await booked(), await booked()]
      await stand()
      await kiosk.scan(one)
      const first = await kiosk.number()
      await kiosk.scan(other)
      await kiosk.scan(third)
      expect(await kiosk.number()).to.equal(first)
      expect(await kiosk.test('next').innerText()).to.include('un altro codice')
      await kiosk.press('done')
      const second = await kiosk.number()
      expect(second).not.to.equal(first)
      await kiosk.test('number').filter({ hasNotText: second }).waitFor({ timeout: 14_000 })
      expect(await kiosk.number()).not.to.equal(first)
    })
  })

  it('says so when the server wants it to wait (X8), and gives one number then', async () => {
    await stand()
    const before = await made('D')
    let asked = 0
    await kiosk.page.route('**/walk-ins', async (route: Route) => {
      if (route.request().method() === 'GET') return route.continue()
      asked += 1
      if (asked > 1) return route.continue()
      const json = { type: 'about:blank', title: 'Troppe richieste', status: 429, code: 'too-many-requests' }
      return route.fulfill({ status: 429, headers: { 'retry-after': '2' }, json })
    })
    await kiosk.press('offer-accesso-diretto')
    await kiosk.test('asking-busy').waitFor()
    expect(await kiosk.heading()).to.equal('Troppi numeri in poco tempo')
    await kiosk.number()
    expect([asked, await made('D')]).to.deep.equal([2, before + 1])
  })
})
