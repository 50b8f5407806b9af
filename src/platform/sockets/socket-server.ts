import type { IncomingMessage, Server as HttpServer } from 'node:http'
import { type Namespace, Server } from 'socket.io'
import { dataHeaders } from '../http/guard.js'
import type { RedisLink } from '../redis.js'
import type { Log } from '../log.js'
import { addressOf } from '../http/addresses.js'
import { Crowd, MOST_PER_ADDRESS } from './crowd.js'
import { makeRedisAdapter } from './redis-adapter.js'
import { type Packet, Pace, Talk } from './talk.js'
import { eachAnErrand } from './socket-errand.js'

/** What a room's speaker sees: namespaces whose sockets have joined the room of their site. */
export interface Namespaces {
  of(name: string): Namespace
  /** A namespace whose sockets say something else than a site; the room decides whom it lets in. */
  plain(name: string): Namespace
}

/** 250 phones and the screens beside them, back after a restart of the server, several times: they share an address. */
const NEW_PER_MINUTE = 1500
/** Without a namespace by then, a connection ends. */
const SILENT_MS = 20_000

const SITE = /^[a-z0-9]+(-[a-z0-9]+)*$/

interface Deps {
  /** Exact origin that browsers' pages come from; others are refused (T32). */
  baseUrl: string
  redis: RedisLink | null
  log: Log
  trustProxy: number
  /** False opens as many sockets as are asked for. */
  rateLimits: boolean
  mostPerAddress?: number
  newPerMinute?: number
}

/**
 * Socket.IO beside Express. A socket says which site it looks at and is told what changes there; it commands nothing.
 * With Redis, what one instance announces reaches the sockets of all.
 */
export function makeSocketServer(http: HttpServer, deps: Deps): { io: Server; namespaces: Namespaces } {
  const { baseUrl, redis, log, trustProxy, rateLimits } = deps
  const { mostPerAddress = MOST_PER_ADDRESS, newPerMinute = NEW_PER_MINUTE } = deps
  const { origin, protocol } = new URL(baseUrl)
  const crowd = new Crowd(rateLimits ? mostPerAddress : Number.POSITIVE_INFINITY)
  const pace = new Pace(rateLimits ? newPerMinute : Number.POSITIVE_INFINITY)
  const io = new Server(http, {
    serveClient: true,
    maxHttpBufferSize: 16_384,
    connectTimeout: SILENT_MS,
    allowRequest: (req, done) => {
      const from = req.headers.origin
      // Programs that are no browsers send no Origin; a browser cannot leave it out.
      const isOurs = from === undefined || from === origin || bothOnThisMachine(from, origin)
      const address = addressOf(req, trustProxy)
      done(null, isOurs && crowd.admits(address) && pace.admits(address))
    },
    ...(redis && { adapter: makeRedisAdapter(redis, log) }),
  })
  io.engine.on('connection', (socket: EngineSocket) => {
    socket.once('close', crowd.enter(addressOf(socket.request, trustProxy)))
    const talk = new Talk()
    socket.on('packet', (packet) => {
      if (!talk.admits(packet)) socket.close(true)
    })
  })
  const headers = Object.fromEntries(dataHeaders(protocol === 'https:'))
  io.engine.on('headers', (answer: Record<string, string>) => Object.assign(answer, headers))
  const plain = (name: string): Namespace => eachAnErrand(io.of(name), log)
  const of = (name: string): Namespace => {
    const namespace = plain(name)
    namespace.use((socket, next) => {
      const { site } = socket.handshake.auth as { site?: unknown }
      if (typeof site !== 'string' || site.length > 40 || !SITE.test(site)) return next(new Error('unknown-site'))
      void socket.join(site)
      return next()
    })
    return namespace
  }
  return { io, namespaces: { of, plain } }
}

interface EngineSocket {
  request: IncomingMessage
  once(event: 'close', listener: () => void): void
  on(event: 'packet', listener: (packet: Packet) => void): void
  /** @param discard what it was about to be sent */
  close(discard: boolean): void
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/** In development the page may be opened by another name of this machine than BASE_URL's: 127.0.0.1 for localhost. */
function bothOnThisMachine(from: string, origin: string): boolean {
  if (!URL.canParse(from)) return false
  const [ours, theirs] = [new URL(origin), new URL(from)]
  return LOOPBACK.has(ours.hostname) && LOOPBACK.has(theirs.hostname) && ours.port === theirs.port
}
