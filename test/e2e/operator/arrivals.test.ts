import { expect } from 'chai'
import { NEWBORN } from '../../integration/queue/room.js'
import { at, booked } from '../../support/crowd.js'
import { inBrowser } from '../in-browser.js'
import { accessibilityFaults } from '../checks/accessibility.js'
import type { Console } from '../pages/operator.js'
import { Morning } from './morning.js'

inBrowser('arrivals at the desk', () => {
  let morning: Morning
  let desk: Console
  before(async () => {
    morning = await Morning.begin()
    desk = await morning.openConsole()
  })
  after(async () => {
    await desk.visit.end()
    await morning.end()
  })

  /** As a scanner does: the text, then Enter. */
  const scan = async (text: string) => {
    await desk.press('code')
    await desk.page.keyboard.type(text)
    await desk.page.keyboard.press('Enter')
  }
  const issued = () => desk.test('issued-number').innerText()
  const leave = () => desk.page.locator('#code').blur()

  it('takes a code as it is typed or scanned, shows the number, and is ready for the next (W1)', async () => {
    const [first = '', second = ''] = morning.codes
    await scan(`${first.slice(0, 4)} ${first.slice(4)}`.toLowerCase())
    await desk.said('issued', { number: 'P001' })
    expect(await issued()).to.equal('P001')
    expect(await desk.page.locator('#code').inputValue()).to.equal('')
    await desk.page.keyboard.type(second)
    await desk.page.keyboard.press('Enter')
    await desk.said('issued', { number: 'P002' })
    await desk.lists(['P001', 'P002'])
    await leave()
  })

  it('takes two codes that are scanned faster than the server answers', async () => {
    await desk.press('code')
    await desk.page.route('**/check-ins', async (route) => {
      await desk.page.waitForTimeout(300)
      await route.continue()
    })
    for (const code of morning.codes.slice(2, 4)) {
      await desk.page.keyboard.type(code)
      await desk.page.keyboard.press('Enter')
    }
    await desk.lists(['P001', 'P002', 'P003', 'P004'])
    await desk.page.unroute('**/check-ins')
    await leave()
  })

  it('the same code again is the same number, and it says so', async () => {
    await scan(morning.codes[0] ?? '')
    await desk.said('there', { number: 'P001' })
    await desk.lists(['P001', 'P002', 'P003', 'P004'])
    await leave()
  })

  it('says where somebody belongs who came on the wrong day, to the wrong place, or with a wrong code (W1)', async () => {
    const tomorrow = await booked(morning.app, 20, { start: at('09:00', '2026-11-25') })
    const elsewhere = await booked(morning.app, 21, { site: 'magenta', start: at('11:30') })
    for (const [code, words] of [
      [tomorrow.code, 'un altro giorno: mer 25 nov, 9:00'],
      [elsewhere.code, 'Magenta'],
      ['ZZZZ9999', 'Nessuna prenotazione con questo codice'],
    ] as const) {
      await scan(code)
      await desk.sees(desk.test('code-error'), words)
      await leave()
    }
    desk.visit.forgive(/^((422|404) for|console: .* (422|404) )/)
  })

  it('gives a newborn’s number for the child’s codice fiscale alone, and says what is wrong with another (W4)', async () => {
    await desk.press('ticket')
    await desk.page.locator('input[value=neonati]').check()
    await desk.test('newborn').fill('RSSMRA85T10A562S')
    await desk.page.keyboard.press('Enter')
    await desk.sees(desk.page.locator('#newborn-error'), 'non è di un bambino')
    expect(await desk.page.evaluate(() => document.activeElement?.id)).to.equal('newborn')
    await desk.test('newborn').fill(NEWBORN.toLowerCase())
    await desk.page.keyboard.press('Enter')
    await desk.said('issued', { number: 'N001' })
    desk.visit.forgive(/^(422 for|console: .* 422 )/)
    expect(await desk.page.content()).not.to.contain(NEWBORN)
  })

  it('who is urgent comes first, with the reason (Q1)', async () => {
    await desk.press('ticket')
    await desk.page.locator('input[value=accesso-diretto]').check()
    await desk.test('urgent').check()
    await desk.test('give-ticket').click()
    await desk.sees(desk.page.locator('#urgentReason-error'), desk.word('ask.needed'))
    await desk.test('urgentReason').fill('si sente male')
    await desk.page.keyboard.press('Enter')
    await desk.said('issued', { number: 'D001' })
    await desk.sees(desk.row('D001'), desk.word('class.urgent'))
    expect((await desk.numbers())[0]).to.equal('D001')
  })

  it('at a pick-up point the over 65s come first (Q1)', async () => {
    await morning.walksIn('punto-ritiro')
    await desk.press('ticket')
    await desk.page.locator('input[value=punto-ritiro]').check()
    await desk.test('senior').check()
    await desk.test('give-ticket').click()
    await desk.said('issued', { number: 'R002' })
    const numbers = await desk.numbers()
    expect(numbers.indexOf('R002')).to.be.lessThan(numbers.indexOf('R001'))
    await desk.sees(desk.row('R001'), desk.word('class.not-preferred'))
  })

  it('outside the hours says when it opens next, and admits with a reason (W3)', async () => {
    await desk.visit.end()
    morning.app.clock.set(at('12:30'))
    // Hours later one has to sign in anew (A2).
    desk = await morning.openConsole()
    await desk.press('ticket')
    await desk.page.locator('input[value=accesso-diretto]').check()
    await desk.test('give-ticket').click()
    await desk.sees(desk.test('walk-in-fault'), '25 nov, 8:30')
    expect(await accessibilityFaults(desk.page)).to.deep.equal([])
    desk.visit.forgive(/^(422 for|console: .* 422 )/)
    await desk.test('override').check()
    await desk.test('overrideReason').fill('viene da lontano')
    await desk.page.keyboard.press('Enter')
    await desk.said('issued', { number: 'D002' })
  })

  it('prints the number without a word of the person, with the way to the phone page', async () => {
    const [paper] = await Promise.all([desk.page.context().waitForEvent('page'), desk.test('print').click()])
    await paper.waitForLoadState()
    expect(await paper.locator('[data-test=number]').innerText()).to.equal('D002')
    expect(await paper.locator('img').getAttribute('src')).to.match(/^data:image\/svg/)
    expect(await accessibilityFaults(paper)).to.deep.equal([])
    await paper.close()
  })
})
