import { expect } from 'chai'
import { inBrowser } from '../in-browser.js'
import type { Console } from '../pages/operator.js'
import { Morning } from './morning.js'

inBrowser('two counters at once', () => {
  let morning: Morning
  let [one, two]: [Console?, Console?] = []
  const both = (): [Console, Console] => {
    if (!one || !two) throw new Error('not started')
    return [one, two]
  }
  before(async () => {
    morning = await Morning.begin()
    one = await morning.openConsole('legnano-1', { username: 'anna' })
    two = await morning.openConsole('legnano-2', { username: 'carlo' })
  })
  after(async () => {
    await one?.visit.end()
    await two?.visit.end()
    await morning.end()
  })

  it('what the other does appears at once: arrivals, calls, who works where', async () => {
    const [here, there] = both()
    const number = await morning.arrives(0)
    await Promise.all([here.lists([number]), there.lists([number])])
    await there.press('next')
    await here.lists([])
    await here.sees(here.test('counter-legnano-2'), new RegExp(`${number}[\\s\\S]*carlo`))
    await there.press('start')
    await here.sees(here.test('counter-legnano-2'), here.word('counters.serving', { minutes: '0 min' }))
    await there.press('done')
    await here.sees(here.test('counter-legnano-2'), here.word('counters.free'))
  })

  it('two who press next in the same moment get two numbers (Q3)', async () => {
    const [here, there] = both()
    const numbers = [await morning.walksIn(), await morning.walksIn()]
    await Promise.all([here.lists(numbers), there.lists(numbers)])
    await Promise.all([here.press('next'), there.press('next')])
    await Promise.all([here.test('number').waitFor(), there.test('number').waitFor()])
    const got = [await here.test('number').innerText(), await there.test('number').innerText()]
    expect(got.sort()).to.deep.equal(numbers.sort())
    for (const console of both()) {
      await console.press('done')
      await console.hasNobody()
    }
  })

  it('who loses a race for a number is told which counter has it, and the list is fresh', async () => {
    const [here, there] = both()
    const number = await morning.arrives(1)
    await Promise.all([here.lists([number]), there.lists([number])])
    await here.onRow(number, 'call')
    // While the reason is still being written, the other counter calls.
    await there.press('next')
    await there.has(number)
    await here.because('persona fragile')
    await here.sees(here.test('ask-fault'), here.word('race.called', { number, counter: '2' }))
    await here.page.keyboard.press('Escape')
    await here.lists([])
    here.visit.forgive(/^(409 for|console: .* 409 )/)
    await there.press('missed')
    await Promise.all([here.lists([number], 'missed'), there.lists([number], 'missed')])
  })

  it('calls out of order with a reason, which the present visit shows (Q2)', async () => {
    const [here] = both()
    const [before, chosen] = [await morning.walksIn(), await morning.walksIn()]
    await here.lists([before, chosen])
    await here.onRow(chosen, 'call')
    await here.page.keyboard.press('Enter')
    await here.sees(here.test('ask-fault'), here.word('ask.needed'))
    await here.because('è al nono mese')
    await here.has(chosen)
    await here.sees(here.test('why'), 'è al nono mese')
    await here.press('undo')
    await here.lists([before, chosen])
  })

  it('a number sent to one counter is that counter’s alone, and one that went home is gone (Q4)', async () => {
    const [here, there] = both()
    const [first, second] = await here.numbers()
    if (!first || !second) throw new Error('two should wait')
    await here.onRow(first, 'transfer')
    await here.page.locator('dialog[open] input[value="counter:legnano-2"]').check()
    await here.test('ask-send').click()
    await here.sees(here.row(first), here.word('list.forOther', { counter: '2' }))
    await there.sees(there.row(first), there.word('list.forThis'))
    await here.sees(here.row(second), here.word('list.first'))
    await here.onRow(second, 'left')
    await here.said('left', { number: second })
    await there.lists([first])
    morning.app.clock.advanceMinutes(1)
    await here.press('next')
    await here.said('nobody')
    await there.press('next')
    await there.has(first)
    await there.press('done')
    await there.hasNobody()
  })

  it('keeps the focus where it is while the list moves under it', async () => {
    const [here] = both()
    const [one, two] = [await morning.walksIn(), await morning.walksIn()]
    await here.lists([one, two])
    await here.test('call', here.row(two)).focus()
    const urgent = await morning.walksIn('accesso-diretto', { urgent: { reason: 'malore' } })
    await here.lists([urgent, one, two])
    const focused = await here.page.evaluate(() => document.activeElement?.getAttribute('aria-label'))
    expect(focused).to.equal(here.word('list.callOf', { number: two }))
  })

  it('asks before it closes a counter that has somebody, and the list stays', async () => {
    const [here, there] = both()
    morning.app.clock.advanceMinutes(1)
    const [first = ''] = await there.numbers()
    await there.press('next')
    await there.has(first)
    await there.press('counter')
    await there.sees(there.test('ask'), there.word('ask.closeText', { number: first }))
    await there.page.keyboard.press('Escape')
    await there.has(first)
    await there.press('counter')
    await there.test('ask-send').click()
    await there.said('closed')
    await here.sees(here.test('counter-legnano-2'), here.word('counters.closed'))
    await there.press('counter')
    await there.said('opened')
  })

  it('a counter that another takes over says by whom, and passes back at a press', async () => {
    const [here, there] = both()
    await morning.colleague.post('/counters/legnano-1/open', { takeOver: true })
    await here.sees(here.test('visit'), here.word('visit.taken', { counter: '1', operator: 'bruno' }))
    await here.said('takenOver', { operator: 'bruno' })
    expect(await here.allowed()).to.deep.equal(['counter'])
    await here.press('counter')
    await here.test('ask-send').click()
    await here.said('opened')
    await here.hasNobody()
    await there.sees(there.test('counter-legnano-1'), /anna/)
  })
})
