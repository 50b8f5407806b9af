import { expect } from 'chai'
import { inBrowser } from '../in-browser.js'
import { DisplayPage } from '../pages/display-page.js'
import { Visit } from '../pages/visit.js'
import { sleep } from '../../support/servers.js'
import { signedIn } from '../../support/staff.js'
import { WaitingRoom } from './waiting-room.js'

/** Letters of 25 mm on a 43-inch screen of 1920 × 1080, as capitals (public/css/display.css). */
const [MM_A_PIXEL, LEAST_MM, CAPITALS] = [952 / 1920, 25, 0.69]

inBrowser('a display in trouble', () => {
  let room: WaitingRoom
  let visit: Visit
  let screen: DisplayPage
  before(async () => {
    room = await WaitingRoom.open()
    await room.draw(40)
  })
  afterEach(() => visit?.page.context().close())
  after(() => room.close())

  const comes = async (options: Parameters<typeof Visit.begin>[1] = {}) => {
    visit = await Visit.begin(room, { fresh: true, viewport: { width: 1920, height: 1080 }, ...options })
    screen = new DisplayPage(visit)
    return visit.page
  }
  const text = (part: string) => screen.part(part).innerText()
  const threeCalls = async () => {
    const ids = [await room.next(1)]
    await sleep(2000)
    ids.push(await room.next(2))
    await sleep(2000)
    ids.push(await room.next(3))
    return ids
  }
  /** K10: all three are announced in their order within 15 s of the first. */
  const expectThree = async (before: number) => {
    const startedMs = performance.now()
    await threeCalls()
    await screen.page.waitForFunction(
      (count) => ((globalThis as { announced?: unknown[] }).announced?.length ?? 0) >= count + 3,
      before,
      { timeout: 15_000 },
    )
    expect(performance.now() - startedMs).to.be.below(15_500)
    const numbers = (await screen.numbersAnnounced()).slice(before)
    expect(numbers)
      .to.deep.equal([...numbers].sort())
      .and.to.have.length(3)
  }

  describe('K10: three calls in 5 s are shown in order within 15 s', () => {
    it('where sound is forbidden: a hint; after one touch the chime is heard', async () => {
      const page = await comes()
      await page.addInitScript(countChimes)
      await screen.switchOn()
      await page.locator('#sound').waitFor()
      await expectThree(0)
      expect(await page.evaluate(() => (globalThis as Chimes).chimes)).to.equal(0)
      await page.locator('#sound').click()
      await page.waitForFunction(() => (globalThis as Chimes).chimes === 3)
      expect(await page.locator('#sound').isVisible()).to.equal(false)
    })

    for (const kind of ['silent', 'endless', 'throwing'] as const) {
      it(`where the voice is ${kind}${kind === 'silent' ? ': the hint comes back' : ''}`, async () => {
        const page = await comes()
        await page.addInitScript(badVoice, kind)
        await screen.switchOn()
        await page.locator('#sound').click()
        await page.locator('#sound').waitFor({ state: 'hidden' })
        await expectThree(0)
        await sleep(500)
        expect(await page.locator('#sound').isVisible()).to.equal(kind === 'silent')
      })
    }

    it('where the device has lost its sound: no AudioContext, and the page goes on', async () => {
      const page = await comes()
      await page.addInitScript('AudioContext = class { constructor() { throw new Error("no device") } }')
      await screen.switchOn()
      await expectThree(0)
    })
  })

  it('a missed number is not called any more; the one before it is only the last', async () => {
    await comes()
    await screen.switchOn()
    await room.next(1)
    await screen.page.locator('.calling').waitFor()
    const earlier = await text('number')
    room.app.clock.advanceMinutes(5)
    const missed = await room.next(2)
    await screen.part('number').filter({ hasNotText: earlier }).waitFor()
    expect(await text('now-heading')).to.equal('Ora si chiama')
    const number = await text('number')
    await room.step(missed, 'missed')
    await screen.part('now-heading').filter({ hasText: 'Ultimo numero chiamato' }).waitFor()
    expect(await text('number')).to.equal(earlier)
    expect((await screen.others()).join(' ')).not.to.include(number)
  })

  it('a changed name, rule or notice reaches the open screen, in its language', async () => {
    const manager = await signedIn(room.app, { role: 'manager', username: 'manager' })
    await comes()
    await screen.switchOn({ query: '?lang=en' })
    const notices = [{ it: 'Oggi chiuso alle 11', en: 'Closed at 11 today' }, { it: 'Ascensore guasto' }]
    await manager.patch('/sites/legnano', { name: 'Legnano Nuova', notices })
    await manager.patch('/sites/legnano/services/accesso-diretto', { maxWaitMinutes: 45 })
    await screen.part('name').filter({ hasText: 'Legnano Nuova' }).waitFor({ timeout: 3000 })
    await screen.part('rule').filter({ hasText: 'Waiting for 45 minutes' }).waitFor({ timeout: 3000 })
    await screen.part('notices').filter({ hasText: 'Closed at 11 today' }).waitFor()
    expect(await text('notices')).to.include('Ascensore guasto')
    expect((await manager.patch('/sites/legnano', { notices: [{ it: 'x'.repeat(121) }] })).status).to.equal(422)
    await manager.patch('/sites/legnano', { name: 'Legnano', notices: null })
    await manager.patch('/sites/legnano/services/accesso-diretto', { maxWaitMinutes: null })
    await screen.part('notices').waitFor({ state: 'hidden', timeout: 3000 })
  })

  it('the rule and the mark of what is not up to date have letters of 25 mm', async () => {
    const page = await comes()
    await screen.switchOn()
    const millimetres = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((el) => parseFloat(getComputedStyle(el).fontSize))
        .then((px) => px * CAPITALS * MM_A_PIXEL)
    expect(await millimetres('.rule-list li')).to.be.at.least(LEAST_MM)
    expect(await millimetres('.bar-stale')).to.be.at.least(LEAST_MM)
    expect(await millimetres('.lane dd')).to.be.at.least(LEAST_MM)
  })

  describe('a browser that cannot follow the calls shows what the server has put into the page', () => {
    it('without scripts: the board, its age, and that it is opened again by itself', async () => {
      const page = await comes({ javaScriptEnabled: false })
      await page.goto(`${room.url}/display/legnano`)
      expect(await screen.call()).to.match(/^D0\d\d [123]$/)
      expect(await screen.others()).to.have.length(6)
      expect((await screen.waiting())['D']).to.be.greaterThan(0)
      await page.locator('.fault').waitFor({ timeout: 30_000 })
      expect(await page.locator('.fault').innerText())
        .to.include('non esegue programmi')
        .and.include('situazione delle 08:')
      expect(await page.content()).to.include('http-equiv="refresh"')
    })

    it('whose script does not come: says so, and loads the page again while there is a server', async () => {
      const page = await comes()
      await page.clock.install()
      await page.route('**/display/script.js', (route) => route.abort())
      await page.goto(`${room.url}/display/legnano`)
      await page.locator('.fault').waitFor({ timeout: 5000 })
      expect(await page.locator('.fault').innerText()).to.include('non è partito')
      const before = await screen.call()
      await room.next(1)
      const loaded = page.waitForEvent('load')
      await page.clock.runFor(31_000)
      await loaded
      expect(await screen.call()).not.to.equal(before)
    })

    it('whose script stops: it is found out and said', async () => {
      const page = await comes()
      await page.clock.install()
      await page.addInitScript(
        'globalThis.ticks = []; const set = setInterval; setInterval = (...all) => ticks[ticks.push(set(...all)) - 1]',
      )
      await page.goto(`${room.url}/display/legnano`)
      await screen.isOn()
      await page.evaluate('ticks.slice(1).forEach(clearInterval)')
      await page.clock.runFor(60_000)
      await page.locator('.fault').waitFor({ timeout: 5000 })
    })
  })

  it('of the age of Chromium 80 it does all that it should', async () => {
    const page = await comes()
    await page.addInitScript(chromium80)
    await page.route('**/assets/display.*.css', async (route) => {
      const answer = await route.fetch()
      // What such a browser does not know it passes over.
      const body = (await answer.text()).replace(
        /[\w-]+: ?[^;{}]*cqh[^;{}]*(?=[;}])|container-type: ?\w+(?=[;}])|text-wrap: ?\w+(?=[;}])/g,
        '',
      )
      await route.fulfill({ response: answer, body })
    })
    await screen.switchOn()
    await room.next(1)
    await page.locator('.calling').waitFor({ timeout: 8000 })
    await screen.expectToFit()
    await page.setViewportSize({ width: 1280, height: 720 })
    await screen.expectToFit()
    expect(await page.locator('.fault').isVisible()).to.equal(false)
    visit.expectNoFaults()
  })
})

interface Chimes {
  chimes?: number
}

/** Runs in the page: counts the tones of the chime. */
function countChimes(): void {
  ;(globalThis as Chimes).chimes = 0
  const start = OscillatorNode.prototype.start
  OscillatorNode.prototype.start = function (when?: number) {
    ;(globalThis as Chimes).chimes = ((globalThis as Chimes).chimes ?? 0) + 1
    return start.call(this, when)
  }
}

/** Runs in the page: a device whose Italian voice never begins, never ends, or fails. */
function badVoice(kind: 'silent' | 'endless' | 'throwing'): void {
  Object.defineProperty(globalThis, 'SpeechSynthesisUtterance', { value: class {} })
  Object.defineProperty(globalThis, 'speechSynthesis', {
    value: {
      getVoices: () => [{ lang: 'it-IT', localService: true }],
      cancel: () => undefined,
      speak: (words: { onstart?: () => void }) => {
        if (kind === 'throwing') throw new Error('no voice')
        if (kind === 'endless') setTimeout(() => words.onstart?.(), 50)
      },
    },
  })
}

/** Runs in the page: what came after Chromium 80 is not there. */
function chromium80(): void {
  const gone: [object, string[]][] = [
    [Array.prototype, ['at', 'findLast', 'findLastIndex', 'toSorted', 'toReversed', 'with']],
    [String.prototype, ['at', 'replaceAll']],
    [Element.prototype, ['replaceChildren', 'checkVisibility']],
    [Document.prototype, ['replaceChildren']],
    [Object, ['hasOwn', 'groupBy']],
    [Promise, ['any', 'withResolvers']],
    [AbortSignal, ['timeout', 'any']],
    [Crypto.prototype, ['randomUUID']],
    [globalThis, ['structuredClone', 'reportError', 'WeakRef', 'FinalizationRegistry']],
    [Navigator.prototype, ['wakeLock', 'userActivation']],
  ]
  // What the test itself looks with is put back by it.
  const kept = ['checkVisibility', 'at']
  for (const [owner, names] of gone)
    for (const name of names.filter((each) => !kept.includes(each))) Reflect.deleteProperty(owner, name)
}
