import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { io, type Socket } from 'socket.io-client'
import { addressOf } from '../../../src/platform/http/addresses.js'
import { makeLog } from '../../../src/platform/log.js'
import { makeSocketServer } from '../../../src/platform/sockets/socket-server.js'

describe('the socket server', () => {
  const sockets: Socket[] = []
  let http: Server
  let url: string
  const start = async (rateLimits: boolean, newPerMinute?: number) => {
    http = createServer()
    await new Promise<void>((done) => http.listen(0, '127.0.0.1', done))
    url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
    return makeSocketServer(http, {
      baseUrl: url,
      redis: null,
      trustProxy: 1,
      rateLimits,
      log: makeLog('silent'),
      mostPerAddress: 3,
      ...(newPerMinute !== undefined && { newPerMinute }),
    })
  }
  const open = (address: string, transport = 'websocket'): Promise<string> => {
    const socket = io(url, {
      extraHeaders: { 'x-forwarded-for': address },
      transports: [transport],
      reconnection: false,
      forceNew: true,
    })
    sockets.push(socket)
    return new Promise((done) => {
      socket.once('connect', () => done('in'))
      socket.once('connect_error', () => done('refused'))
    })
  }
  const opened = async (address: string, count: number) => {
    const outcomes: string[] = []
    for (let n = 0; n < count; n += 1) outcomes.push(await open(address, n % 2 === 0 ? 'websocket' : 'polling'))
    return outcomes
  }
  /** By long polling and without the library, which would not do what is done here. */
  const rawConnection = async () => {
    const address = `${url}/socket.io/?EIO=4&transport=polling`
    const hello = await (await fetch(address)).text()
    const { sid } = JSON.parse(hello.slice(1)) as { sid: string }
    const say = async (words: string[]) =>
      (await fetch(`${address}&sid=${sid}`, { method: 'POST', body: words.join('\x1e') })).status
    return { say, isOpen: async () => (await say(['3'])) === 200 }
  }
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.close()
    http.closeAllConnections()
    await new Promise((done) => http.close(done))
  })

  it('T33: one address opens so many sockets and no more; another is not hindered; a closed one makes room', async () => {
    await start(true)
    expect(await opened('198.51.100.7', 4)).to.deep.equal(['in', 'in', 'in', 'refused'])
    expect(await opened('198.51.100.8', 1)).to.deep.equal(['in'])
    sockets[0]?.close()
    await new Promise((done) => setTimeout(done, 100))
    expect(await opened('198.51.100.7', 2)).to.deep.equal(['in', 'refused'])
  })

  it('counts nobody where limits are off', async () => {
    await start(false)
    expect(await opened('198.51.100.7', 5)).to.deep.equal(['in', 'in', 'in', 'in', 'in'])
  })

  it('its answers can be neither sniffed nor framed', async () => {
    await start(true)
    const { headers } = await fetch(`${url}/socket.io/?EIO=4&transport=polling`)
    expect(headers.get('x-content-type-options')).to.equal('nosniff')
    expect(headers.get('content-security-policy')).to.include("default-src 'none'")
  })

  it('T57: a connection that asks again and again for what it may not have ends, before it is looked up again', async () => {
    const { namespaces } = await start(false)
    let lookUps = 0
    namespaces.plain('/ticket').use((_socket, next) => {
      lookUps++
      next(new Error('unknown-ticket'))
    })
    const connection = await rawConnection()
    await connection.say(Array.from({ length: 300 }, (_, n) => `40/ticket,{"token":"${n}"}`))
    expect(await connection.isOpen()).to.equal(false)
    expect(lookUps).to.be.within(5, 12)
  })

  it('T57: a client that sends events nobody reads, or packets without end, is disconnected', async () => {
    const { namespaces } = await start(false)
    namespaces.plain('/open')
    const noises = ['42/open,["noise","x"]', '43/open,1["x"]', '3']
    for (const noise of noises) {
      const connection = await rawConnection()
      expect(await connection.say(['40/open,'])).to.equal(200)
      await connection.say(Array.from({ length: 100 }, () => noise))
      expect(await connection.isOpen(), noise).to.equal(false)
    }
  })

  it('T57: by a WebSocket neither; what comes after the last that is allowed is not looked at', async () => {
    const { namespaces, io: server } = await start(false)
    let lookUps = 0
    namespaces.plain('/ticket').use((_socket, next) => {
      lookUps++
      next(new Error('unknown-ticket'))
    })
    const socket = io(`${url}/ticket`, { transports: ['websocket'], reconnection: false, forceNew: true })
    sockets.push(socket)
    const { io: manager } = socket
    // What the page itself asks for is the first of the ten.
    await new Promise<void>((done) => manager.once('open', done))
    const closed = new Promise<void>((done) => manager.once('close', () => done()))
    for (let n = 0; n < 2000; n++) manager.engine.send(`0/ticket,{"token":"${n}"}`)
    await closed
    expect(lookUps).to.equal(10)
    expect(server.engine.clientsCount).to.equal(0)
  })

  it('T57: one address opens so many new connections in a minute, and then fewer', async () => {
    const { io: server } = await start(true, 5)
    const tried = await Promise.all(Array.from({ length: 3 }, () => open('192.0.2.1')))
    expect(tried).to.deep.equal(['in', 'in', 'in'])
    for (const socket of sockets.splice(0)) socket.close()
    while (server.engine.clientsCount > 0) await new Promise((done) => setTimeout(done, 10))
    expect(await opened('192.0.2.1', 3)).to.deep.equal(['in', 'in', 'refused'])
    expect(await opened('192.0.2.2', 1)).to.deep.equal(['in'])
  })

  it('T57: a page that asks for three namespaces, leaves one and asks again, and answers pings stays', async () => {
    const { namespaces } = await start(false)
    for (const name of ['/a', '/b', '/c']) namespaces.plain(name)
    const connection = await rawConnection()
    await connection.say(['40/a,', '40/b,', '40/c,', '41/a,', '40/a,', '3', '3'])
    expect(await connection.isOpen()).to.equal(true)
  })

  it('T23: believes as many proxies as there are, and nobody’s own word', () => {
    const from = (forwarded: string | undefined, trustProxy: number) => {
      const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }
      return addressOf({ headers, socket: { remoteAddress: '10.0.0.1' } as never }, trustProxy)
    }
    expect(from('203.0.113.5', 0)).to.equal('10.0.0.1/32')
    expect(from('6.6.6.6, 203.0.113.5', 1)).to.equal('203.0.113.5/32')
    expect(from('6.6.6.6, 203.0.113.5, 10.0.0.2', 2)).to.equal('203.0.113.5/32')
    expect(from('203.0.113.5', 2)).to.equal('203.0.113.5/32')
    expect(from(undefined, 1)).to.equal('10.0.0.1/32')
  })
})
