import { expect } from 'chai'
import type { CDPSession, Page } from 'playwright-core'
import { aManager, KioskScreen } from '../pages/kiosk-screen.js'
import { inBrowser } from '../in-browser.js'
import { DisplayPage } from '../pages/display-page.js'
import { Visit } from '../pages/visit.js'
import { sleep } from '../../support/servers.js'
import { WaitingRoom } from './waiting-room.js'

/** What a page holds on to, once the garbage is gone. */
interface Held {
  nodes: number
  listeners: number
  timers: number
  heapMb: number
}

/** Runs in the page: counts timers that have been set and neither run nor taken back. */
function countTimers(): void {
  const live = new Set<unknown>()
  Object.assign(globalThis, { liveTimers: live })
  const { setTimeout: set, clearTimeout: clear, setInterval: repeat, clearInterval: stop } = globalThis
  const timeout = (work: () => void, ms?: number) => {
    const timer = set(() => {
      live.delete(timer)
      work()
    }, ms)
    live.add(timer)
    return timer
  }
  const interval = (work: () => void, ms?: number) => {
    const timer = repeat(work, ms)
    live.add(timer)
    return timer
  }
  const forget = (end: (timer: never) => void) => (timer: unknown) => {
    live.delete(timer)
    end(timer as never)
  }
  Object.assign(globalThis, {
    setTimeout: timeout,
    setInterval: interval,
    clearTimeout: forget(clear),
    clearInterval: forget(stop),
  })
}

async function heldBy(page: Page, devtools: CDPSession): Promise<Held> {
  for (let round = 0; round < 3; round += 1) await devtools.send('HeapProfiler.collectGarbage')
  const { metrics } = await devtools.send('Performance.getMetrics')
  const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN
  const timers = await page.evaluate(() => (globalThis as unknown as { liveTimers: Set<unknown> }).liveTimers.size)
  return {
    nodes: of('Nodes'),
    listeners: of('JSEventListeners'),
    timers,
    heapMb: of('JSHeapUsedSize') / 2 ** 20,
  }
}

function expectNoMore(after: Held, before: Held): void {
  const told = JSON.stringify({ before, after })
  expect(after.nodes, told).to.be.at.most(before.nodes + 100)
  expect(after.listeners, told).to.be.at.most(before.listeners + 4)
  expect(after.timers, told).to.be.at.most(before.timers + 3)
  expect(after.heapMb, told).to.be.at.most(before.heapMb + 1)
}

inBrowser('screens that run for months', () => {
  let room: WaitingRoom
  before(async () => {
    room = await WaitingRoom.open()
  })
  after(() => room.close())

  const watched = async (page: Page): Promise<CDPSession> => {
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('Performance.enable')
    return devtools
  }

  it('a display holds on to nothing more after 1,200 boards and seven lost sockets than after 200 and two', async () => {
    const visit = await Visit.begin(room, { fresh: true, viewport: { width: 1920, height: 1080 } })
    await visit.page.addInitScript(countTimers)
    const screen = await new DisplayPage(visit).switchOn()
    const devtools = await watched(visit.page)
    const board = (await room.app.api.get('/sites/legnano/board')).body as { version: number; at: string }
    let version = board.version + 1000
    const say = async (count: number) => {
      for (let n = 0; n < count; n += 1) {
        version += 1
        const at = new Date(Date.parse(board.at) + version * 50).toISOString()
        const call = (back: number) => ({
          number: `D${String((version - back) % 900).padStart(3, '0')}`,
          counter: String(version % 7),
          calledAt: new Date(Date.parse(at) - back * 60_000).toISOString(),
          times: 1 + (version % 3),
        })
        const calls = Array.from({ length: 10 }, (_, back) => call(back))
        room.app.io.of('/board').emit('board', { ...board, version, at, calls })
        if (n % 50 === 49) await sleep(60)
      }
    }
    const lose = async (count: number) => {
      for (let n = 0; n < count; n += 1) {
        room.app.io.of('/board').disconnectSockets(true)
        for (let tries = 0; room.sockets() !== 0 && tries < 50; tries += 1) await sleep(20)
        for (let tries = 0; room.sockets() !== 1 && tries < 200; tries += 1) await sleep(50)
        expect(room.sockets()).to.equal(1)
      }
    }
    await say(200)
    await lose(2)
    await sleep(5000)
    const before = await heldBy(visit.page, devtools)
    await say(1000)
    await lose(5)
    await sleep(5000)
    const after = await heldBy(visit.page, devtools)
    expectNoMore(after, before)
    expect(await screen.others()).to.have.length(6)
    await visit.page.context().close()
  })

  it('a kiosk holds on to nothing more after 15 numbers and four presses in vain than after three', async () => {
    const kiosk = await KioskScreen.place(room.app)
    const { page } = kiosk
    await page.addInitScript(countTimers)
    const manager = await aManager(room.app)
    await kiosk.open()
    const { body } = await manager.post('/sites/legnano/devices', { kind: 'kiosk' })
    await kiosk.pair((body as { pairingCode: string }).pairingCode)
    await kiosk.test('start').waitFor()
    const devtools = await watched(page)
    const draw = async (count: number) => {
      for (let n = 0; n < count; n += 1) {
        await kiosk.press('offer-accesso-diretto')
        await kiosk.number()
        await kiosk.press('done')
      }
    }
    await draw(3)
    await sleep(1000)
    const before = await heldBy(page, devtools)
    await draw(12)
    await page.route('**/walk-ins', (route) => route.abort())
    for (let n = 0; n < 4; n += 1) {
      await kiosk.press('offer-accesso-diretto')
      await kiosk.test('asking-away').waitFor()
      await sleep(1500)
      await kiosk.press('give-up')
      await kiosk.press('home')
    }
    await page.unrouteAll({ behavior: 'ignoreErrors' })
    await kiosk.page.locator('[data-part="away"]').waitFor({ state: 'hidden' })
    await sleep(1000)
    expectNoMore(await heldBy(page, devtools), before)
    await kiosk.end()
  })
})
