import { expect } from 'chai'
import { builtPages } from '../../support/built.js'
import { startApp, type TestApp } from '../../support/app.js'
import { SQLITE } from '../../support/engines.js'
import { RawClient } from '../../support/raw-client.js'
import { type Call, callsOf } from './calls.js'

/** What is the same for everybody, and may be kept as long as it is asked for again. */
const PUBLIC = ['GET /api/v1/openapi.json']
/** For programs of the house; what they say does not differ. */
const WATCH = ['GET /healthz', 'GET /readyz', 'GET /metrics']

const fieldsOf = (answer: Response) =>
  (answer.headers.get('vary') ?? '').split(/,\s*/).map((name) => name.toLowerCase())

describe('every way says who may keep its answer, and what it depends on (A5)', function () {
  this.timeout(120_000)
  let app: TestApp
  let calls: Call[]
  const statuses: Record<string, number> = {}
  before(async () => {
    app = await startApp(SQLITE)
    calls = await callsOf(app)
  })
  after(() => app.close())

  const judge = (name: string, answer: Response) => {
    const kept = answer.headers.get('cache-control') ?? ''
    if (PUBLIC.includes(name)) return expect(kept, name).to.equal('public, max-age=0')
    expect(kept, name).to.match(/^no-store\b/)
    if (!WATCH.includes(name)) expect(fieldsOf(answer), name).to.include.members(['accept-language', 'cookie'])
  }

  it('asked by nobody in particular', async () => {
    for (const { name, url, init } of calls) {
      const headers = { accept: (init.headers as Record<string, string>)['accept'] ?? '' }
      judge(name, await fetch(url, { method: init.method ?? 'GET', headers, redirect: 'manual' }))
    }
  })

  it('asked by who may, with what is wanted', async () => {
    for (const { name, url, init } of calls) {
      const answer = await fetch(url, init)
      statuses[name] = answer.status
      judge(name, answer)
      await answer.arrayBuffer()
    }
  })

  it('and none of these is a fault of ours; most are what was asked for', () => {
    const failed = Object.entries(statuses).filter(([, status]) => status >= 500)
    expect(failed).to.deep.equal([])
    const served = Object.values(statuses).filter((status) => status < 400).length
    expect(served, JSON.stringify(statuses)).to.be.above(0.7 * calls.length)
  })

  it('also what nobody answers, and what another method asks for', async () => {
    for (const path of ['/nulla', '/api/v1/nothing', '/api/nothing', '/prenotazione/%E0%A4%A']) {
      judge(path, await fetch(app.url + path, { headers: { accept: 'text/html' } }))
      judge(path, await fetch(app.url + path, { method: 'POST', headers: { accept: 'text/html' } }))
    }
    judge('PUT', await fetch(`${app.url}/api/v1/holds`, { method: 'PUT' }))
  })

  /** `fetch` would say `no-cache` too. */
  const askedAgain = async (path: string, encoding: string, etag: string) => {
    const lines = [`GET ${path} HTTP/1.1`, 'Host: t', 'Connection: close', `Accept-Encoding: ${encoding}`]
    const client = new RawClient(app.url).say(`${[...lines, `If-None-Match: ${etag}`].join('\r\n')}\r\n\r\n`)
    await client.untilClosed(10_000)
    return Number(/^HTTP\/1\.1 (\d+)/.exec(client.heard)?.[1])
  }

  it('the API’s document is made once, packed, and not sent again', async () => {
    const path = '/api/v1/openapi.json'
    const answers = await Promise.all(
      ['identity', 'gzip'].map((encoding) => fetch(app.url + path, { headers: { 'accept-encoding': encoding } })),
    )
    const [plain, packed] = answers as [Response, Response]
    expect(await plain.text()).to.equal(await packed.text())
    expect(plain.headers.get('etag')).not.to.equal(packed.headers.get('etag'))
    expect(await askedAgain(path, 'gzip', packed.headers.get('etag') ?? '')).to.equal(304)
    expect(await askedAgain(path, 'identity', plain.headers.get('etag') ?? '')).to.equal(304)
    expect(await askedAgain(path, 'identity', '"another"')).to.equal(200)
  })

  it('BREACH: a page is packed for who comes from a page of ours, for nobody whom another site sends', async () => {
    const packing = async (site: Record<string, string>) => {
      const client = new RawClient(app.url)
      const lines = Object.entries({ Host: 't', Connection: 'close', 'Accept-Encoding': 'gzip', ...site })
      client.say(`GET /prenota HTTP/1.1\r\n${lines.map((line) => line.join(': ')).join('\r\n')}\r\n\r\n`)
      await client.untilClosed(10_000)
      return /content-encoding: (\w+)/i.exec(client.heard)?.[1] ?? null
    }
    for (const site of ['same-origin', 'none']) expect(await packing({ 'Sec-Fetch-Site': site }), site).to.equal('gzip')
    for (const site of ['cross-site', 'same-site'])
      expect(await packing({ 'Sec-Fetch-Site': site }), site).to.equal(null)
    expect(await packing({}), 'an old browser').to.equal(null)
  })

  it('files of pages: for everybody and for good, named by their content, packed for who takes that', async () => {
    const kept = 'public, max-age=31536000, immutable'
    for (const path of Object.values(builtPages())) {
      const types = new Set<string | null>()
      for (const encoding of ['identity', 'gzip', 'br']) {
        const answer = await fetch(app.url + path, { headers: { 'accept-encoding': encoding } })
        expect([answer.status, answer.headers.get('cache-control')], path).to.deep.equal([200, kept])
        expect(fieldsOf(answer), path).to.include('accept-encoding')
        expect(answer.headers.get('content-encoding') ?? 'identity', path).to.equal(encoding)
        const etag = answer.headers.get('etag') ?? ''
        expect(await askedAgain(path, encoding, etag), `${path} ${encoding}`).to.equal(304)
        types.add(answer.headers.get('content-type')?.toLowerCase() ?? null)
      }
      expect([...types], `${path}: the same type however it is packed`).to.have.length(1)
      expect([...types][0], 'and a type, not a file of ours').to.match(/^[a-z]+\/[a-z0-9.+-]+(; charset=utf-8)?$/)
    }
  })
})
