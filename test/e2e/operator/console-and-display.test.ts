import { expect } from 'chai'
import { inBrowser } from '../in-browser.js'
import type { Console } from '../pages/operator.js'
import { Visit } from '../pages/visit.js'
import { Morning } from './morning.js'

/** Issue 3: within a second; a busy machine is given more, the display announces for four seconds each (B3). */
const SHOWN_MS = 10_000

/** What the room sees. */
class Screen {
  constructor(readonly visit: Visit) {}

  private readonly part = (name: string) => this.visit.page.locator(`[data-part="${name}"]`)

  /** Waits until this is the call of the moment. */
  async calls(number: string, counter: string): Promise<void> {
    await this.part('number').filter({ hasText: number }).waitFor({ timeout: SHOWN_MS })
    await this.part('counter').filter({ hasText: counter }).waitFor({ timeout: SHOWN_MS })
  }

  async callsNobody(): Promise<void> {
    await this.part('no-call').waitFor({ timeout: SHOWN_MS })
  }

  async times(count: number): Promise<void> {
    await this.part('times')
      .filter({ hasText: `${count}` })
      .waitFor({ timeout: SHOWN_MS })
  }

  /** Waits until so many wait in a lane. */
  async waiting(lane: string, count: number): Promise<void> {
    await this.visit.page
      .locator(`[data-lane="${lane}"]`)
      .filter({ hasText: new RegExp(`^${count}$`) })
      .waitFor({ timeout: SHOWN_MS })
  }
}

inBrowser('a console and the display of its room, open at once', () => {
  let morning: Morning
  let [desk, screen]: [Console?, Screen?] = []
  const both = (): [Console, Screen] => {
    if (!desk || !screen) throw new Error('not started')
    return [desk, screen]
  }
  before(async () => {
    morning = await Morning.begin()
    desk = await morning.openConsole('legnano-1')
    await morning.colleague.post('/counters/legnano-2/open')
    const visit = await Visit.begin(morning.app)
    await visit.open('/display/legnano')
    screen = new Screen(visit)
    await screen.callsNobody()
  })
  after(async () => {
    await desk?.visit.end()
    await screen?.visit.end()
    await morning.end()
  })

  it('arrivals, a call, a recall', async () => {
    const [desk, screen] = both()
    expect([await morning.arrives(0), await morning.arrives(1)]).to.deep.equal(['P001', 'P002'])
    await screen.waiting('P', 2)
    await desk.press('next')
    await screen.calls('P001', '1')
    await screen.waiting('P', 1)
    morning.app.clock.advanceMinutes(0.2)
    await desk.press('recall')
    await screen.times(2)
  })

  it('missed, then back in the queue', async () => {
    const [desk, screen] = both()
    await desk.press('missed')
    await desk.said('missed', { number: 'P001' })
    await screen.waiting('P', 1)
    await desk.onRow('P001', 'return')
    await screen.waiting('P', 2)
  })

  it('a call that is taken back is no longer shown', async () => {
    const [desk, screen] = both()
    await desk.press('next')
    await screen.calls('P002', '1')
    await desk.press('undo')
    await desk.said('undo', { number: 'P002' })
    // P001 was missed and waits again: neither is shown any more (B1).
    await screen.callsNobody()
    await screen.waiting('P', 2)
  })

  it('a transfer waits again, and is called by the other counter', async () => {
    const [desk, screen] = both()
    morning.app.clock.advanceMinutes(1)
    await desk.press('next')
    await screen.calls('P002', '1')
    await desk.press('transfer')
    await desk.page.locator('dialog[open] input[value="counter:legnano-2"]').check()
    await desk.test('ask-send').click()
    await screen.waiting('P', 2)
    await morning.colleague.post('/counters/legnano-2/next')
    await screen.calls('P002', '2')
    await desk.sees(desk.test('counter-legnano-2'), /P002/)
  })

  it('shows no name and no code of anybody (B1, A5)', async () => {
    const [, { visit }] = both()
    const content = await visit.page.content()
    for (const secret of ['Angelo', 'Nicol', 'Òrsi', ...morning.codes]) expect(content).not.to.contain(secret)
  })
})
