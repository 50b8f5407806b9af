import { LANGS } from '../../../src/messages/index.js'
import { expect } from 'chai'
import { accessibilityFaults } from '../checks/accessibility.js'
import { languageFaults } from '../checks/language.js'
import { layoutFaults } from '../checks/layout.js'
import { inBrowser } from '../in-browser.js'
import { Console } from '../pages/operator.js'
import { Morning } from './morning.js'

/** Each looked at by axe, for what does not fit, and for words of the other language. */
inBrowser('the console in all its states', () => {
  for (const lang of LANGS) {
    it(`is in order in ${lang === 'it' ? 'Italian' : 'English'}`, async function () {
      this.timeout(240_000)
      const morning = await Morning.begin()
      const desk = await morning.console('legnano-1', { lang })
      const { page } = desk
      const close = () => page.keyboard.press('Escape')
      await desk.inOrder()
      await desk.press('counter')
      await desk.hasNobody()
      await desk.inOrder()

      for (const who of [0, 1, 4]) await morning.arrives(who)
      await morning.walksIn('punto-ritiro')
      await morning.walksIn('accesso-diretto', { urgent: { reason: 'malore' } })
      for (let i = 0; i < 8; i += 1) await morning.walksIn()
      await morning.colleague.post('/counters/legnano-2/open')
      await morning.colleague.post('/counters/legnano-2/next')
      await desk.press('next')
      await desk.test('number').waitFor()
      await desk.test('more').first().click()
      await desk.inOrder()
      await desk.press('start')
      await desk.press('park')
      await desk.inOrder()
      await desk.because('manca un modulo')
      await desk.hasNobody()
      morning.app.clock.advanceMinutes(1)
      await desk.press('next')
      await desk.press('missed')
      await desk.test('list-missed').waitFor()
      morning.app.clock.advanceMinutes(1)
      await desk.press('next')
      await desk.test('number').waitFor()
      morning.app.clock.advanceMinutes(1)
      await desk.press('next')
      await desk.test('ask-missed').waitFor()
      await desk.inOrder()
      await close()
      await desk.press('start')
      await desk.inOrder([1920, 1280, 768, 320])
      // The main task needs no scrolling at a desk of 1280×800.
      const below = await page.evaluate(() => ({
        page: (document.scrollingElement?.scrollHeight ?? 0) > innerHeight,
        buttons: [...document.querySelectorAll('#actions button')].some(
          (el) => el.getBoundingClientRect().bottom > 800,
        ),
      }))
      expect(below).to.deep.equal({ page: false, buttons: false })

      for (const question of ['transfer', 'pause', 'reopen'] as const) {
        await desk.press(question)
        await desk.test('ask-send').waitFor()
        await desk.inOrder()
        await close()
      }
      await desk.press('counter')
      await desk.inOrder()
      await close()
      await desk.test('call').first().click()
      await page.keyboard.press('Enter')
      await desk.inOrder()
      await close()

      await desk.press('ticket')
      await page.locator('input[value=scelta-revoca]').check()
      await desk.test('give-ticket').click()
      await desk.test('walk-in-fault').filter({ hasText: /./ }).waitFor()
      desk.visit.forgive(/^(422 for|console: .* 422 )/)
      await desk.test('urgent').check()
      await desk.test('override').check()
      await desk.inOrder()
      await close()
      await desk.press('code')
      await page.keyboard.type(morning.codes[2] ?? '')
      await page.keyboard.press('Enter')
      await desk.test('issued-number').waitFor()
      await page.keyboard.type('ZZZZ9999')
      await page.keyboard.press('Enter')
      await desk.test('code-error').filter({ hasText: /./ }).waitFor()
      desk.visit.forgive(/^(404 for|console: .* 404 )/)
      await page.locator('#code').blur()

      await desk.press('bookings')
      await desk.test('bookings-count').waitFor()
      await desk.inOrder()
      await desk.test('book').click()
      await page.locator('#book-slots input').first().waitFor()
      await desk.test('beyond').check()
      await page.locator(`#book-slots input:enabled`).first().check()
      await page.locator('#reason').fill('x')
      await desk.test('send-booking').click()
      await page.locator('#taxCode-error').waitFor()
      desk.visit.forgive(/^(422 for|console: .* 422 )/)
      await desk.inOrder()
      await close()

      await page.context().setOffline(true)
      await desk.test('lost').waitFor()
      const lost = [
        ...(await accessibilityFaults(page)),
        ...(await languageFaults(page, lang)),
        ...(await layoutFaults(page)),
      ]
      expect(lost).to.deep.equal([])
      await page.context().setOffline(false)
      await desk.test('lost').waitFor({ state: 'detached' })
      desk.visit.forgive(/^console: /)
      await morning.colleague.post('/counters/legnano-1/open', { takeOver: true })
      await desk.test('next').waitFor({ state: 'detached' })
      await desk.inOrder()
      await desk.test('change').click()
      await page.locator('.choose-site').first().waitFor()
      await new Console(desk.visit).inOrder()
      await desk.visit.end()
      await morning.end()
    })
  }
})
