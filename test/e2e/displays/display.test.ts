import { expect } from 'chai'
import { at, bookElsewhere, nicolo } from '../bookings.js'
import { inBrowser } from '../in-browser.js'
import { DisplayPage } from '../pages/display-page.js'
import { untilShellIsKept } from '../pages/kept-shell.js'
import { Visit } from '../pages/visit.js'
import { sleep } from '../../support/servers.js'
import { WaitingRoom } from './waiting-room.js'

/** What a browser says of a server that is away, and is no fault of the page. */
const AWAY = /net::ERR_|WebSocket connection to|502|503/

inBrowser('the displays of a waiting room', () => {
  let room: WaitingRoom
  const visits: Visit[] = []
  const display = async (options: Parameters<DisplayPage['switchOn']>[0] = {}): Promise<DisplayPage> => {
    const visit = await Visit.begin(room, { fresh: true, viewport: { width: 1920, height: 1080 } })
    visits.push(visit)
    return new DisplayPage(visit).switchOn(options)
  }
  /** Its faults are looked at by the test itself. */
  const afterTrouble = ({ visit }: DisplayPage): void => {
    try {
      visit.expectNoFaults()
    } catch (error) {
      const { actual } = error as { actual: string[] }
      expect(actual.filter((fault) => !AWAY.test(fault))).to.deep.equal([])
    }
  }

  beforeEach(async () => {
    room = await WaitingRoom.open()
  })
  afterEach(async () => {
    for (const visit of visits.splice(0)) await visit.end()
    await room.close()
  })

  it('two screens show a call, its recall, the next, and a call taken back; another site’s shows none of it (case I07)', async () => {
    const [one, other, magenta] = [await display(), await display(), await display({ site: 'magenta' })]
    expect(await one.call()).to.equal(null)
    await room.draw(5)
    const first = await room.next(1)
    await Promise.all([one, other].map((screen) => screen.shows('D001 1', 1000)))
    await room.step(first, 'recall')
    const second = await room.next(2)
    await one.part('times').filter({ hasText: '2ª chiamata' }).waitFor()
    expect(await one.others()).to.deep.equal(['D002 2'])
    await Promise.all([one, other].map((screen) => screen.shows('D002 2', 10_000)))
    expect(await one.others()).to.deep.equal(['D001 1'])
    expect(await one.waiting()).to.deep.equal({ P: 0, N: 0, D: 3, R: 0 })
    for (const screen of [one, other])
      expect(await screen.numbersAnnounced()).to.deep.equal(['D001', 'D001 2ª chiamata', 'D002'])
    await room.step(second, 'undo')
    await one.shows('D001 1')
    await room.step(first, 'missed')
    await sleep(700)
    expect([await one.call(), await one.others()], 'nobody came: called no more').to.deep.equal([null, []])
    expect(await one.numbersAnnounced()).to.have.length(3)
    expect([await magenta.call(), await magenta.announced()]).to.deep.equal([null, []])
    expect(room.sockets()).to.equal(3)
  })

  it('case I01: two calls at once are both announced, in order, 4 s each', async () => {
    const screen = await display()
    await room.draw(2)
    await Promise.all([room.next(1), room.next(2)])
    await sleep(8800)
    const announced = await screen.announced()
    expect(announced.map(({ number }) => number)).to.deep.equal(['D001', 'D002'])
    for (const { ms } of announced) expect(ms).to.be.within(3990, 6000)
    expect(await screen.part('panel').getAttribute('class')).not.to.include('calling')
  })

  it('B2, case I03: network lost: the last calls stay, it says since when; back again: the right list, nothing belated, one socket', async () => {
    const screen = await display()
    const network = screen.page.context()
    await room.draw(8)
    await room.next(1)
    await screen.shows('D001 1')
    await network.setOffline(true)
    for (const counter of [1, 2, 3] as const) await room.next(counter)
    await screen.stale().waitFor({ timeout: 20_000 })
    expect(await screen.stale().innerText()).to.match(/Non aggiornato dalle 08:3\d$/)
    expect(await screen.call()).to.equal('D001 1')
    await network.setOffline(false)
    await screen.stale().waitFor({ state: 'hidden', timeout: 10_000 })
    expect(await screen.call()).to.equal('D004 3')
    expect(await screen.others()).to.deep.equal(['D003 2', 'D002 1', 'D001 1'])
    for (let tries = 0; room.sockets() === 0 && tries < 50; tries += 1) await sleep(100)
    await room.next(1)
    await screen.shows('D005 1')
    expect(await screen.numbersAnnounced()).to.deep.equal(['D001', 'D005'])
    expect(room.sockets()).to.equal(1)
    afterTrouble(screen)
  })

  it('B4, case I05: server restarted: it comes back by itself, as it was set up, announces nothing old, and has one socket', async () => {
    const screen = await display({ query: '?tema=scuro&suono=no' })
    let pages = 0
    screen.page.on('load', () => (pages += 1))
    await room.draw(4)
    await room.next(1)
    await screen.shows('D001 1')
    await room.stop()
    await sleep(3000)
    await room.start()
    await room.next(2)
    await screen.shows('D002 2', 10_000)
    await sleep(4000)
    await room.next(3)
    await screen.shows('D003 3')
    expect(await screen.numbersAnnounced()).to.deep.equal(['D001', 'D003'])
    expect([room.sockets(), pages]).to.deep.equal([1, 0])
    expect(await screen.page.locator('body').getAttribute('class')).to.include('theme-dark')
    afterTrouble(screen)
  })

  it('B4: switched on while the server is away, it comes up from what it kept and shows the board once the server is back', async () => {
    const screen = await display({ query: '?tema=scuro' })
    const { page } = screen
    await room.draw(2)
    await room.next(1)
    await screen.shows('D001 1')
    await untilShellIsKept(page)
    await room.stop()
    await page.reload()
    expect(await page.locator('h1').innerText()).to.include('Legnano')
    expect(await screen.part('waiting-for-word').isVisible()).to.equal(true)
    await sleep(1000)
    await room.start()
    await screen.shows('D001 1', 15_000)
    await room.next(2)
    await screen.shows('D002 2', 15_000)
    expect(await screen.numbersAnnounced()).to.deep.equal(['D002'])
    expect(room.sockets()).to.equal(1)
    afterTrouble(screen)
  })

  it('a tab that slept shows the right list when it wakes, and catches up with nothing aloud', async () => {
    const screen = await display()
    await room.draw(5)
    const devtools = await screen.page.context().newCDPSession(screen.page)
    await devtools.send('Debugger.enable')
    await devtools.send('Debugger.pause')
    await sleep(500)
    await room.next(1)
    await sleep(12_000)
    await room.next(2)
    await sleep(5000)
    await room.next(3)
    await sleep(1000)
    await devtools.send('Debugger.disable')
    await screen.shows('D003 3')
    await sleep(2500)
    await room.next(1)
    await screen.shows('D004 1')
    expect(await screen.numbersAnnounced()).to.deep.equal(['D004'])
    expect(await screen.others()).to.deep.equal(['D003 3', 'D002 2', 'D001 1'])
    expect(room.sockets()).to.equal(1)
  })

  it('B2: with the socket blocked it lives on snapshots, and still announces', async () => {
    const visit = await Visit.begin(room, { fresh: true })
    visits.push(visit)
    await visit.page.route('**/socket.io/?*', (route) => route.abort())
    await visit.page.routeWebSocket('**/socket.io/*', (socket) => void socket.close())
    const screen = await new DisplayPage(visit).switchOn()
    await room.draw(1)
    await room.next(2)
    await screen.shows('D001 2', 8000)
    expect(await screen.numbersAnnounced()).to.deep.equal(['D001'])
    await sleep(15_000)
    expect([await screen.stale().isVisible(), room.sockets()]).to.deep.equal([false, 0])
    afterTrouble(screen)
  })

  it('A5, B1: nothing personal reaches the page or the wire', async () => {
    const frames: string[] = []
    const visit = await Visit.begin(room, { fresh: true })
    visits.push(visit)
    const note = ({ payload }: { payload: string | Buffer }) => frames.push(payload.toString())
    visit.page.on('websocket', (socket) => socket.on('framereceived', note))
    visit.page.on('response', (response) => {
      if (/\/(api|display|socket\.io)\//.test(response.url()))
        response.text().then(
          (text) => frames.push(text),
          () => undefined,
        )
    })
    const screen = await new DisplayPage(visit).switchOn()
    room.app.clock.set('2026-11-24T07:00:00+01:00')
    const { token } = await bookElsewhere(room.app, { start: at('08:45'), visitor: nicolo() })
    const { code } = (await room.app.api.get(`/bookings/${token}`)).body.booking
    room.app.clock.set('2026-11-24T08:40:00+01:00')
    await room.checkIn(code)
    await room.next(1)
    await screen.shows('P001 1')
    await visit.page.reload()
    await screen.isOn()
    const { taxCode, email, phone } = nicolo()
    const seen = [await visit.page.content(), ...frames].join('\n').toLowerCase()
    expect(seen).to.include('"calls":[{"number":"p001"')
    const planted = ['Nicolò', 'Nicol', 'Angelo', 'Müller', token, code, taxCode, email, phone, 'scelta', '/numero/']
    for (const word of planted.filter(Boolean)) expect(seen).not.to.include(String(word).toLowerCase())
  })

  it('asks for a touch where the browser wants one, then has chime and voice; a mute screen never asks', async () => {
    const mute = await display({ query: '?suono=no' })
    expect(await mute.page.locator('#sound').isVisible()).to.equal(false)
    const visit = await Visit.begin(room, { fresh: true })
    visits.push(visit)
    await visit.page.addInitScript(italianVoice)
    const screen = await new DisplayPage(visit).switchOn()
    const hint = visit.page.locator('#sound')
    await hint.waitFor()
    await room.draw(2)
    await room.next(2)
    await screen.shows('D001 2')
    await sleep(4500)
    expect(await visit.page.evaluate(() => (globalThis as Voice).said)).to.deep.equal([])
    await hint.click()
    await hint.waitFor({ state: 'hidden' })
    await room.next(3)
    await sleep(2500)
    expect(await visit.page.evaluate(() => (globalThis as Voice).said)).to.deep.equal([
      'it-IT Numero D due, sportello tre.',
    ])
  })

  it('loads itself anew when a new release is served, once, at a quiet moment, with its settings', async () => {
    const screen = await display({ query: '?tema=chiaro' })
    const { page } = screen
    await room.draw(1)
    await room.next(1)
    await screen.shows('D001 1')
    let loads = 0
    page.on('load', () => (loads += 1))
    await page.route('**/release', (route) => route.fulfill({ json: { release: 'the next one' } }))
    await page.context().setOffline(true)
    await sleep(500)
    await page.context().setOffline(false)
    await sleep(4000)
    expect(loads, 'not while a call is fresh').to.equal(0)
    room.app.clock.advanceMinutes(1)
    await page.waitForEvent('load', { timeout: 40_000 })
    await screen.shows('D001 1')
    await sleep(3000)
    expect([loads, new URL(page.url()).search]).to.deep.equal([1, '?tema=chiaro'])
    afterTrouble(screen)
  })
})

interface Voice {
  said?: string[]
}

/** Runs in the page: a device with an Italian voice. */
function italianVoice(): void {
  const said: string[] = []
  ;(globalThis as Voice).said = said
  const voices = [
    { lang: 'en-US', localService: true },
    { lang: 'it-IT', localService: true },
  ]
  Object.defineProperty(globalThis, 'SpeechSynthesisUtterance', {
    value: class {
      lang = ''
      onend?: () => void
      constructor(readonly text: string) {}
      set voice(_: unknown) {}
    },
  })
  Object.defineProperty(globalThis, 'speechSynthesis', {
    value: {
      getVoices: () => voices,
      cancel: () => undefined,
      speak: (words: { lang: string; text: string; onend?: () => void }) => {
        said.push(`${words.lang} ${words.text}`)
        setTimeout(() => words.onend?.(), 500)
      },
    },
  })
}
