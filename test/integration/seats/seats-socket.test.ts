import { expect } from 'chai'
import { io, type Socket } from 'socket.io-client'
import { startApp, type TestApp } from '../../support/app.js'
import { visitorOf } from '../../support/builders.js'
import { SQLITE } from '../../support/engines.js'

const BOOKING = { site: 'legnano', service: 'scelta-revoca', start: '2026-11-24T09:00:00+01:00', visitor: visitorOf(1) }

describe('who looks at a site’s free seats is told when they change (socket /seats)', () => {
  let app: TestApp
  const open: Socket[] = []
  before(async () => {
    app = await startApp(SQLITE)
  })
  after(async () => {
    for (const socket of open) socket.disconnect()
    await app.close()
  })

  const connect = async (site: unknown, origin?: string): Promise<Socket | Error> => {
    const extraHeaders = origin === undefined ? {} : { Origin: origin }
    const socket = io(`${app.url}/seats`, {
      auth: { site },
      transports: ['websocket'],
      reconnection: false,
      extraHeaders,
    })
    open.push(socket)
    return new Promise((resolve) => {
      socket.once('connect', () => resolve(socket)).once('connect_error', resolve)
    })
  }
  const hint = (socket: Socket, withinMs: number) =>
    new Promise<unknown>((resolve) => {
      const late = setTimeout(() => resolve('nothing'), withinMs)
      socket.once('seats', (said: unknown) => {
        clearTimeout(late)
        resolve(said)
      })
    })

  it('a booking is announced to its site, as days alone, and to no other (case I07)', async () => {
    const [here, there] = [await connect('legnano'), await connect('magenta')]
    if (here instanceof Error || there instanceof Error) throw new Error('a screen of our own was refused')
    const heard = Promise.all([hint(here, 3000), hint(there, 1000)])
    expect((await app.api.post('/bookings', BOOKING)).status).to.equal(201)
    expect(await heard).to.deep.equal([{ days: ['2026-11-24'] }, 'nothing'])
  })

  it('a page of another origin is refused (T32), and so is a site that cannot be', async () => {
    expect(await connect('legnano', 'https://evil.example')).to.be.instanceOf(Error)
    for (const site of [undefined, 7, {}, 'Legnano', 'x'.repeat(41), '../legnano']) {
      expect(await connect(site), JSON.stringify(site)).to.be.instanceOf(Error)
    }
  })
})
