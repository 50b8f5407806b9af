import { expect } from 'chai'
import { startApp, type TestApp } from '../../support/app.js'
import { at, booked, SERVICE } from '../../support/crowd.js'
import { forEachEngine, SQLITE } from '../../support/engines.js'
import { RawClient } from '../../support/raw-client.js'

const DAY = '2026-11-25'
const OFFER = `/api/v1/sites/legnano/services/${SERVICE}`
const ADDRESSES = [
  `${OFFER}/days?from=2026-11-24&to=2026-12-23&persons=1`,
  `${OFFER}/slots?date=${DAY}&persons=1`,
  '/api/v1/sites/legnano/board',
  '/api/v1/sites',
  '/api/v1/services',
]

/** Counts the requests that come as far as Express. */
function watchExpress({ web }: TestApp): { reached: number } {
  const express = { reached: 0 }
  const app = web as unknown as { handle(...args: unknown[]): void }
  const handle = app.handle.bind(app)
  app.handle = (...args) => {
    express.reached += 1
    handle(...args)
  }
  return express
}

describe('answers from memory, before Express (decision 036)', function () {
  this.timeout(60_000)
  forEachEngine((engine) => {
    let app: TestApp
    let express: { reached: number }
    before(async () => {
      app = await startApp(engine)
      express = watchExpress(app)
    })
    after(() => app.close())

    /** The whole answer as it comes over the wire, without the moment. */
    const raw = async (address: string, lines: string[] = []): Promise<string> => {
      const head = [`GET ${address} HTTP/1.1`, 'Host: t', 'Connection: close', ...lines]
      const client = new RawClient(app.url).say(`${head.join('\r\n')}\r\n\r\n`)
      await client.untilClosed(10_000)
      return client.heard.replace(/^Date: .*\r\n/im, '')
    }

    /** What may have a body goes to Express; then from memory, tried again where what was read is believed for a blink. */
    const both = async (address: string, lines: string[] = []): Promise<[slow: string, quick: string]> => {
      for (let tries = 0; tries < 10; tries++) {
        const before = express.reached
        const slow = await raw(address, [...lines, 'Content-Length: 0'])
        const quick = await raw(address, lines)
        if (express.reached === before + 1) return [slow, quick]
      }
      throw new Error(`never from memory: ${address}`)
    }

    it('are to the byte, head and body, what Express sends, in both languages', async () => {
      for (const address of ADDRESSES)
        for (const lang of ['it', 'en-GB,en;q=0.8']) {
          const [slow, quick] = await both(address, [`Accept-Language: ${lang}`])
          expect(quick, address).to.equal(slow)
          expect(slow, address).to.match(/^HTTP\/1\.1 200 OK\r\n[^]*\r\nETag: "[\w-]{22}"\r\n/)
        }
    })

    it('are not sent again to who has them', async () => {
      for (const address of ADDRESSES) {
        const [whole] = await both(address)
        const etag = /ETag: (\S+)/.exec(whole)?.[1]
        for (const mark of [etag, `W/${etag}`, `"another", ${etag}`]) {
          const [slow, quick] = await both(address, [`If-None-Match: ${mark}`])
          expect(slow, address).to.match(/^HTTP\/1\.1 304 [^]*\r\n\r\n$/)
          expect(quick).to.equal(slow)
        }
        expect((await both(address, ['If-None-Match: "another"']))[1]).to.match(/^HTTP\/1\.1 200/)
      }
    })

    it('are never of before a change: whoever was told of it reads it', async () => {
      const start = at('09:00', DAY)
      const free = async () => {
        const { body } = await app.api.get(`/sites/legnano/services/${SERVICE}/slots?date=${DAY}&persons=1`)
        return (body.slots as { start: string; free: number }[]).find((slot) => slot.start === start)?.free
      }
      const freeDay = async () => {
        const { body } = await app.api.get(`/sites/legnano/services/${SERVICE}/days?from=${DAY}&to=${DAY}&persons=1`)
        return body.days[0].free as number
      }
      for (let person = 1; person <= 3; person++) {
        const [before, day] = [await free(), await freeDay()]
        for (let again = 0; again < 3; again++) expect([await free(), await freeDay()]).to.deep.equal([before, day])
        const { token } = await booked(app, person, { start })
        expect([await free(), await freeDay()]).to.deep.equal([(before ?? 0) - 1, day - 1])
        if (person === 2) continue
        await app.api.post(`/bookings/${token}/cancel`)
        expect([await free(), await freeDay()]).to.deep.equal([before, day])
      }
    })

    it('go on to Express where there is any thought to it', async () => {
      const [address] = ADDRESSES as [string]
      for (const [method, lines] of [
        ['HEAD', []],
        ['POST', []],
        ['GET', ['Content-Length: 0']],
        ['GET', [`Accept-Language: xx-${engine.name}`]],
      ] as const) {
        await both(address)
        const before = express.reached
        const head = [`${method} ${address} HTTP/1.1`, 'Host: t', 'Connection: close', ...lines]
        const client = new RawClient(app.url).say(`${head.join('\r\n')}\r\n\r\n`)
        await client.untilClosed(10_000)
        expect(express.reached, `${method} ${lines.join()}`).to.equal(before + 1)
      }
    })
  })
})

describe('limits, log and figures of answers from memory', function () {
  this.timeout(60_000)
  let app: TestApp
  before(async () => {
    app = await startApp(SQLITE, { settings: { RATE_LIMITS: 'on', TRUST_PROXY: '1' } })
  })
  after(() => app.close())

  const ask = async (from: string): Promise<Response> =>
    fetch(`${app.url}/api/v1/services`, { headers: { 'x-forwarded-for': from } })

  it('each address has its own count, as the proxy names it; who asks too often is told when to come again', async () => {
    const statuses: number[] = []
    for (let count = 0; count < 310; count++) statuses.push((await ask('203.0.113.7, 198.51.100.1')).status)
    expect(statuses.filter((status) => status === 200)).to.have.length(300)
    const refused = await ask('203.0.113.8, 198.51.100.1')
    expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).to.deep.equal([429, true])
    expect((await ask('198.51.100.1, 203.0.113.9')).status).to.equal(200)
  })

  it('whoever claims to be somebody goes on to who knows them', async () => {
    const express = watchExpress(app)
    const secret = 'A'.repeat(43)
    for (const headers of [{ cookie: `staff=${secret}` }, { authorization: `Bearer ${secret}` }]) {
      await (await ask('192.0.2.2')).text()
      const before = express.reached
      expect((await fetch(`${app.url}/api/v1/services`, { headers })).status).to.equal(200)
      expect(express.reached, JSON.stringify(headers)).to.equal(before + 1)
    }
  })

  it('are counted among the requests of their route', async () => {
    const count = async () => {
      const figures = await app.metrics.registry.getSingleMetricAsString('turno_http_request_seconds')
      return Number(/_count\{route="GET \/api\/v1\/services",status="200"\} (\d+)/.exec(figures)?.[1])
    }
    const before = await count()
    for (let asked = 0; asked < 5; asked++) await (await ask('192.0.2.1')).text()
    expect(await count()).to.equal(before + 5)
  })
})
