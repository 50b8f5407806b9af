import { connect } from 'node:net'
import { Agent, request } from 'node:http'
import { expect } from 'chai'
import { bodyOf } from '../../support/crowd.js'
import { forEachEngine } from '../../support/engines.js'
import { AppProcess } from '../../support/process.js'
import { sleep } from '../../support/servers.js'

const DEMO = { DEMO_CLOCK: '2026-11-23T09:00:00+01:00', RATE_LIMITS: 'off', LOG_LEVEL: 'warn' }
/** All of them always want something: several times what one process can do. */
const CROWD = 400
const FLOOD_MS = 6000

interface Told {
  status: number
  ms: number
  retryAfter: string | undefined
}

/** T56: who cannot be served is told so at once, and new connections are taken all the while. */
describe('more people than the process can serve', function (this: Mocha.Suite) {
  this.timeout(90_000)
  forEachEngine((engine) => {
    let app: AppProcess
    const agent = new Agent({ keepAlive: true, maxSockets: CROWD })
    before(async () => {
      const url = await engine.freshUrl()
      app = await AppProcess.create({ env: { ...DEMO, ...(url && { DATABASE_URL: url }) } })
      await app.start()
    })
    after(async () => {
      agent.destroy()
      await app.remove()
    })

    const ask = (path: string, body?: string): Promise<Told> =>
      new Promise((done, failed) => {
        const startedMs = performance.now()
        const headers = body ? { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } : {}
        const asked = request(app.url + path, { agent, method: body ? 'POST' : 'GET', headers }, (answer) => {
          answer.resume().once('end', () => {
            const { statusCode: status = 0, headers: told } = answer
            done({ status, ms: performance.now() - startedMs, retryAfter: told['retry-after'] })
          })
        })
        asked.once('error', failed).end(body)
      })

    /** A connection of its own, as a health check's is. */
    const health = (): Promise<number> =>
      new Promise((done, failed) => {
        const startedMs = performance.now()
        const socket = connect(Number(new URL(app.url).port), '127.0.0.1', () => {
          socket.write('GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
        })
        socket.once('error', failed).once('data', (data) => {
          socket.destroy()
          expect(data.toString('latin1')).to.match(/^HTTP\/1.1 200/)
          done(performance.now() - startedMs)
        })
      })

    it('each has an answer within 5 s, a 503 with Retry-After if need be, and /healthz is there for newcomers', async () => {
      const endMs = performance.now() + FLOOD_MS
      const told: Told[] = []
      const crowd = Array.from({ length: CROWD }, async (_, person) => {
        for (let n = 0; performance.now() < endMs; n++) {
          const booking = JSON.stringify(bodyOf(person, { start: `2026-11-2${4 + (n % 3)}T08:30:00+01:00` }))
          const answer = await (person % 3 === 0
            ? ask('/api/v1/bookings', booking)
            : ask(person % 3 === 1 ? '/' : '/prenota'))
          told.push(answer)
          if (answer.status === 503) await sleep(200)
        }
      })
      const healths: number[] = []
      while (performance.now() < endMs) {
        healths.push(await health())
        await sleep(50)
      }
      await Promise.all(crowd)
      const refused = told.filter(({ status }) => status === 503)
      const served = told.length - refused.length
      const slowest = Math.max(...told.map(({ ms }) => ms))
      const figures = `${served} served, ${refused.length} refused, slowest ${Math.round(slowest)} ms, health ${Math.round(Math.max(...healths))} ms`
      expect(
        told.filter(({ status }) => ![200, 201, 409, 422, 503].includes(status)),
        figures,
      ).to.deep.equal([])
      expect(slowest, figures).to.be.below(5000)
      expect(Math.max(...healths), figures).to.be.below(3000)
      expect(served, figures).to.be.above(50)
      expect(refused.every(({ retryAfter }) => Number(retryAfter) > 0)).to.equal(true)
      // And when they have gone, all is as before.
      await sleep(500)
      expect((await ask('/prenota')).status).to.equal(200)
    })
  })
})
