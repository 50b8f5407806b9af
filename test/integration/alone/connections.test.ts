import { spawn } from 'node:child_process'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { guardConnections, type Room } from '../../../src/platform/http/connections.js'
import { AppProcess } from '../../support/process.js'
import { builtPages } from '../../support/built.js'
import { freshGet, RawClient } from '../../support/raw-client.js'
import { sleep } from '../../support/servers.js'

const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: turno.example\r\n\r\n`
const LARGE = 20_000_000
const FILE = builtPages()['console.js'] ?? ''

describe('connections of whoever means no good (T53, T58)', () => {
  let app: AppProcess
  const open: RawClient[] = []
  const clients = (count: number) => {
    const made = Array.from({ length: count }, () => new RawClient(app.url))
    open.push(...made)
    return made
  }
  const client = () => {
    const [one] = clients(1)
    if (!one) throw new Error('no client')
    return one
  }
  before(async function () {
    this.timeout(60_000)
    app = await AppProcess.create({ env: { RATE_LIMITS: 'on', LOG_LEVEL: 'warn' } })
    await app.start()
  })
  afterEach(() => {
    for (const one of open.splice(0)) one.cut()
  })
  after(() => app.remove())

  const untilFiles = async (most: number) => {
    for (let tries = 0; tries < 100 && app.openFiles > most; tries++) await sleep(50)
    return app.openFiles
  }

  it('ten requests at once on a connection that is cut leave no file open', async () => {
    await freshGet(app.url, FILE)
    const before = app.openFiles
    for (let round = 0; round < 10; round++) {
      const cut = clients(10).map((one) => one.say(get(FILE).repeat(10)))
      await sleep(30)
      for (const one of cut) one.cut()
    }
    expect(await untilFiles(before + 3)).to.be.at.most(before + 3)
  })

  it('of requests sent at once the first is answered and the connection ends; one after the other all are', async () => {
    const hasty = client().say(get('/healthz').repeat(5))
    expect(await hasty.untilClosed(3000)).not.to.equal(null)
    expect(hasty.answers).to.equal(1)
    const patient = client()
    for (let n = 1; n <= 5; n++) {
      patient.say(get('/healthz'))
      await patient.untilAnswered(n)
    }
    expect([patient.answers, patient.isOpen]).to.deep.equal([5, true])
  })

  it('an upgrade to anything but our sockets ends the connection', async () => {
    const upgrade = (path: string) =>
      `GET ${path} HTTP/1.1\r\nHost: t\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`
    expect(await client().say(upgrade('/elsewhere')).untilClosed(2000)).not.to.equal(null)
    expect(
      await client()
        .say(get('/') + upgrade('/socket.io/?EIO=4&transport=websocket'))
        .untilClosed(5000),
    ).not.to.equal(null)
  })

  it('/healthz answers a newcomer within a second while 300 clients send 400 requests at once, over and over', async () => {
    const args = [fileURLToPath(new URL('../../support/flood.mjs', import.meta.url)), app.env['PORT'] ?? '']
    const flood = spawn(process.execPath, [...args, '300', '400', '/api/v1/sites'], { stdio: 'ignore' })
    await sleep(1000)
    const answers = []
    for (let n = 0; n < 5; n++) {
      answers.push(await freshGet(app.url, '/healthz'))
      await sleep(200)
    }
    flood.kill('SIGKILL')
    expect(answers.map(({ status }) => status)).to.deep.equal(Array(5).fill(200))
    expect(Math.max(...answers.map(({ ms }) => ms))).to.be.below(1000)
  })

  it('2,500 mute connections of one address make room for a newcomer, and end; a head or a body that trickles in too', async function () {
    this.timeout(40_000)
    const head = client().say('GET / HTTP/1.1\r\nHost: t\r\n')
    const body = client().say(
      'POST /api/v1/holds HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{',
    )
    const drip = setInterval(() => {
      head.say('X-Drip: 1\r\n')
      body.say(' ')
    }, 500)
    // Some at a time: Linux has a line of 511 newcomers, and whoever finds it full and says nothing stands there for ever.
    const mute: ReturnType<typeof clients> = []
    while (mute.length < 2500) {
      mute.push(...clients(250))
      await sleep(100)
    }
    const open = () => mute.filter(({ isOpen }) => isOpen).length
    // Well before those that say nothing end by themselves.
    for (const end = performance.now() + 5000; open() > 2000 && performance.now() < end; ) await sleep(100)
    expect(open()).to.be.at.most(2000)
    const { status, ms } = await freshGet(app.url, '/healthz')
    expect(status).to.equal(200)
    expect(ms).to.be.below(1000)
    expect(body.isOpen).to.equal(true)
    await Promise.all([...mute, head, body].map((one) => one.untilClosed(18_000)))
    clearInterval(drip)
    expect([...mute, head, body].filter(({ isOpen }) => isOpen).length).to.equal(0)
  })
})

describe('a connection at rest', () => {
  it('stays longer than the 60 s of a proxy, which would else send into a closed one (T30)', async function () {
    this.timeout(60_000)
    const app = await AppProcess.create()
    try {
      await app.start()
      const answer = await fetch(`${app.url}/healthz`)
      const stays = /timeout=(\d+)/.exec(answer.headers.get('keep-alive') ?? '')?.[1]
      expect(Number(stays)).to.be.within(61, 120)
    } finally {
      await app.remove()
    }
  })
})

describe('a connection guarded', () => {
  let http: Server
  let url: string
  let ended = 0
  const open: RawClient[] = []
  const client = () => {
    const one = new RawClient(url)
    open.push(one)
    return one
  }
  const start = async (room: Room, patience = { silentMs: 1500, answerMs: 5000, sweepMs: 100 }) => {
    ended = 0
    http = createServer((req, res) => {
      res.once('close', () => ended++)
      if (req.url === '/small') res.end('answered')
      else if (req.url?.startsWith('/large')) res.end(Buffer.alloc(LARGE))
    })
    guardConnections(http, room, { patience })
    await new Promise<void>((done) => http.listen(0, '127.0.0.1', done))
    url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  }
  afterEach(async () => {
    for (const one of open.splice(0)) one.cut()
    http.closeAllConnections()
    await new Promise((done) => http.close(done))
  })

  it('a reader who takes nothing is cut, and so is one who sips for ever; who reads has it all', async () => {
    await start({ most: 10, mostPerAddress: 10 })
    const [reads, still, sips] = [client(), client(), client()]
    for (const one of [reads, still, sips]) one.say(get('/large'))
    for (const one of [still, sips]) one.socket.pause()
    const sip = setInterval(() => {
      sips.socket.resume()
      sips.socket.once('data', () => sips.socket.pause())
    }, 50)
    for (let tries = 0; tries < 300 && ended < 3; tries++) await sleep(50)
    clearInterval(sip)
    for (const one of [still, sips]) one.socket.resume()
    await Promise.all([still, sips].map((one) => one.untilClosed(2000)))
    expect([reads, still, sips].map(({ heard }) => heard.length > LARGE)).to.deep.equal([true, false, false])
    expect([ended, still.isOpen, sips.isOpen]).to.deep.equal([3, false, false])
  })

  it('where there are too many, the one longest at rest goes, then one whose reader does not read, and nobody else', async () => {
    // So patient that only the room counts, however slow the machine is.
    await start({ most: 3, mostPerAddress: 3 }, { silentMs: 60_000, answerMs: 60_000, sweepMs: 1000 })
    const served = client().say(get('/never'))
    const stuck = client().say(get('/large'))
    stuck.socket.pause()
    const idle = client().say(get('/small'))
    await idle.untilAnswered()
    client().say(get('/never'))
    expect(await idle.untilClosed(5000)).not.to.equal(null)
    const third = client().say(get('/never'))
    expect(await third.untilClosed(150)).to.equal(null)
    stuck.socket.resume()
    expect(await stuck.untilClosed(5000)).not.to.equal(null)
    expect(stuck.heard.length).to.be.below(LARGE)
    expect(await client().say(get('/small')).untilClosed(5000)).not.to.equal(null)
    expect(served.isOpen).to.equal(true)
  })
})
