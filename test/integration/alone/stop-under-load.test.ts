import { connect } from 'node:net'
import { expect } from 'chai'
import { AppProcess } from '../../support/process.js'
import { sleep } from '../../support/servers.js'

const DEMO = { DEMO_CLOCK: '2026-11-23T09:00:00+01:00', RATE_LIMITS: 'off', LOG_LEVEL: 'warn' }
const AT_THE_GATE = 250

describe('SIGTERM while people are at the gate', function (this: Mocha.Suite) {
  this.timeout(60_000)

  it('every connection that was made is answered: none is reset, and the exit code is 0 within 10 s', async () => {
    const app = await AppProcess.create({ env: DEMO })
    await app.start()
    const port = Number(new URL(app.url).port)
    let connected = 0
    const come = (): Promise<string> =>
      new Promise((done) => {
        let answer = ''
        const socket = connect(port, '127.0.0.1', () => {
          connected++
          socket.write('GET / HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\n\r\n')
        })
        socket.on('data', (data) => (answer += data.toString('latin1')))
        socket.once('error', (error: NodeJS.ErrnoException) => done(String(error.code)))
        socket.once('close', () => done(answer === '' ? 'closed' : answer.slice(9, 12)))
      })
    const people = Array.from({ length: AT_THE_GATE }, come)
    while (connected < AT_THE_GATE) await sleep(1)
    const startedMs = performance.now()
    const exitCode = await app.stop()
    expect(exitCode).to.equal(0)
    expect(performance.now() - startedMs).to.be.below(10_000)
    const told = await Promise.all(people)
    const counts = Object.fromEntries(
      [...new Set(told)].map((one) => [one, told.filter((other) => other === one).length]),
    )
    expect(
      Object.keys(counts).filter((one) => one !== '200' && one !== '503'),
      JSON.stringify(counts),
    ).to.deep.equal([])
    await app.remove()
  })
})
