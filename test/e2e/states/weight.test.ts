import { expect } from 'chai'
import { startApp, type TestApp } from '../../support/app.js'
import { SQLITE } from '../../support/engines.js'
import { inBrowser } from '../in-browser.js'
import { Shortcut } from '../pages/shortcut.js'
import { Visit } from '../pages/visit.js'
import { furnish } from './town.js'

interface Weight {
  bytes: number
  requests: string[]
}

/** What comes over the wire while something is done, headers included; what the browser has kept costs nothing. */
async function weightOf(visit: Visit, work: () => Promise<unknown>): Promise<Weight> {
  const devtools = await visit.page.context().newCDPSession(visit.page)
  const weight: Weight = { bytes: 0, requests: [] }
  const asked = new Map<string, string>()
  await devtools.send('Network.enable')
  devtools.on('Network.requestWillBeSent', ({ requestId, request }) => asked.set(requestId, request.url))
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (encodedDataLength === 0) return
    weight.bytes += encodedDataLength
    weight.requests.push(`${new URL(asked.get(requestId) ?? visit.page.url()).pathname} ${encodedDataLength}`)
  })
  await work()
  await visit.page.waitForLoadState('networkidle')
  await devtools.detach()
  return weight
}

inBrowser('what a page weighs', () => {
  let app: TestApp | undefined
  let visit: Visit | undefined
  const started = () => {
    if (!app || !visit) throw new Error('not started')
    return { app, visit }
  }
  before(async () => {
    app = await startApp(SQLITE)
    await furnish(app)
    visit = await Visit.begin(app, { lang: 'it' })
  })
  after(async () => {
    await visit?.end()
    await app?.close()
  })

  it('the first page, to somebody who was never here: at most 120 kB', async () => {
    const weight = await weightOf(started().visit, () => started().visit.open('/'))
    expect(weight.bytes, weight.requests.join('\n')).to.be.within(20_000, 120_000)
  })

  it('choosing a time, on the way through the steps: at most 25 kB and six requests', async () => {
    const { visit } = started()
    await new Shortcut(visit).toTimes()
    const weight = await weightOf(visit, () => visit.open('/prenota/data-e-orario'))
    expect(weight.bytes, weight.requests.join('\n')).to.be.within(1000, 25_000)
    expect(weight.requests.length, weight.requests.join('\n')).to.be.within(2, 6)
  })

  for (const path of ['/', '/prenota/data-e-orario', '/entra', '/kiosk/legnano', '/display/legnano'])
    it(`${path} loads one style sheet and one script of ours besides Bootstrap Italia’s`, async () => {
      const { visit } = started()
      await visit.open(path)
      const [sheets, scripts] = await visit.page.evaluate(() => [
        [...document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')].map(({ href }) => href),
        [...document.scripts].flatMap(({ src, id }) => (src === '' || id === 'display-script' ? [] : src)),
      ])
      expect(sheets).to.have.length(2)
      expect(scripts).to.have.length(1)
      for (const address of [...sheets, ...scripts]) expect(address).to.match(/\/assets\/[a-z-]+\.\w+\.(css|js)$/)
    })
})
