import { expect } from 'chai'
import { inBrowser } from '../in-browser.js'
import { Morning } from './morning.js'

inBrowser('an operator who works from the keyboard alone', () => {
  let morning: Morning
  before(async () => {
    morning = await Morning.begin()
  })
  after(() => morning.end())

  it('opens, calls, starts, ends, parks, transfers, brings back and takes back a step (Q3–Q5)', async () => {
    const { app } = morning
    const [first, second] = [await morning.arrives(0), await morning.arrives(1)]
    const [walk, newborn] = [await morning.walksIn(), await morning.walksIn('punto-ritiro', { senior: true })]
    const console = await morning.console()
    expect(await console.allowed()).to.deep.equal(['counter'])
    await console.press('counter')
    await console.said('opened')
    expect(await console.allowed()).to.deep.equal(['next', 'pause', 'counter'])
    await console.lists([first, second, walk, newborn])

    await console.press('next')
    await console.said('next', { number: first, why: console.word('class.booked-due') })
    await console.has(first)
    await console.lists([second, walk, newborn])
    expect(await console.allowed()).to.have.members(
      'next start done recall missed park transfer undo pause counter'.split(' '),
    )

    await console.press('undo')
    await console.said('undo', { number: first })
    await console.hasNobody()
    await console.lists([first, second, walk, newborn])

    app.clock.advanceMinutes(1)
    await console.press('next')
    await console.has(first)
    await console.press('recall')
    await console.said('recallSoon', { number: first })
    app.clock.advanceMinutes(0.2)
    await console.press('recall')
    await console.said('recall', { number: first })
    await console.sees(console.test('times'), console.word('visit.times', { count: 2 }))
    await console.press('start')
    await console.said('start', { number: first })
    expect(await console.allowed()).to.have.members('next done park transfer pause counter'.split(' '))
    await console.press('done')
    await console.said('done', { number: first })
    await console.press('undo')
    await console.said('undo', { number: first })
    await console.has(first)
    await console.press('next')
    await console.has(second)
    await console.lists([walk, newborn])

    await console.press('missed')
    await console.said('missed', { number: second })
    await console.lists([second], 'missed')
    await console.press('undo')
    await console.has(second)
    await console.press('park')
    await console.because('manca un modulo')
    await console.said('park', { number: second })
    await console.sees(console.row(second), 'manca un modulo')
    await console.lists([second], 'parked')
    await console.test('return', console.row(second)).focus()
    await console.page.keyboard.press('Enter')
    await console.said('return', { number: second })
    await console.lists([second, walk, newborn])

    app.clock.advanceMinutes(1)
    await console.press('next')
    await console.has(second)
    await console.press('transfer')
    await console.page.locator('dialog[open] input[value="service:neonati"]').focus()
    await console.page.keyboard.press('Space')
    await console.page.keyboard.press('Enter')
    await console.hasNobody()
    await console.lists([second, walk, newborn])
    expect(await console.row(second).innerText()).to.contain('Prima iscrizione del neonato')

    await console.press('counter')
    await console.said('closed')
    expect(await console.allowed()).to.deep.equal(['counter'])
    await console.visit.end()
  })

  it('says missed at the fourth call, having said so before (Q4)', async () => {
    const { app } = morning
    const console = await morning.openConsole('legnano-2')
    app.clock.advanceMinutes(1)
    await console.press('next')
    await console.test('number').waitFor()
    const number = await console.test('number').innerText()
    for (const count of [2, 3]) {
      app.clock.advanceMinutes(0.2)
      await console.press('recall')
      await console.sees(console.test('times'), console.word('visit.times', { count }))
    }
    await console.sees(console.page.locator('#actions'), console.word('visit.lastCall'))
    app.clock.advanceMinutes(0.2)
    await console.press('recall')
    await console.said('missed', { number })
    await console.lists([number], 'missed')
    await console.press('counter')
    await console.said('closed')
    await console.visit.end()
  })

  it('fires no shortcut while a field is typed in, with a modifier, in a question, or when they are turned off (WCAG 2.1.4)', async () => {
    const console = await morning.openConsole('legnano-3')
    const { page } = console
    const key = console.word('keys.next')
    await console.press('code')
    await page.keyboard.type(key.toLowerCase())
    expect(await page.locator('#code').inputValue()).to.equal(key.toLowerCase())
    await page.locator('#code').fill('')
    await page.locator('#code').blur()
    for (const chord of [`Control+Shift+${key}`, `Alt+${key}`]) await page.keyboard.press(chord)
    await console.press('ticket')
    await page.locator('input[name=service]').first().focus()
    await page.keyboard.press(key)
    await page.keyboard.press('Escape')
    expect(await console.test('next').getAttribute('aria-keyshortcuts')).to.equal(key)
    await console.test('shortcuts').click()
    await page.reload()
    await console.find()
    expect(await console.test('next').getAttribute('aria-keyshortcuts')).to.equal(null)
    await page.keyboard.press(key)
    await page.waitForTimeout(300)
    await console.hasNobody()
    // By Tab and Enter it works as before.
    await console.test('next').focus()
    await page.keyboard.press('Enter')
    await console.test('number').waitFor()
    await console.visit.end()
  })

  it('shows the seconds that are left for taking a step back, then no longer offers it (Q5)', async () => {
    const console = await morning.openConsole('legnano-1')
    morning.app.clock.advanceMinutes(1)
    await morning.walksIn()
    await console.press('next')
    await console.test('undo-left').waitFor()
    expect(Number.parseInt(await console.test('undo-left').innerText(), 10)).to.be.within(7, 10)
    await console.test('undo-left').waitFor({ state: 'detached', timeout: 15_000 })
    expect(await console.allowed()).not.to.include('undo')
    await console.visit.end()
  })
})
