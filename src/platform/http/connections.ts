import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { addressKey } from './addresses.js'

/**
 * For `createServer`. Idle connections stay longer than a proxy's 60 s, or it meets closed ones (T30); a head has 10 s to
 * arrive, a whole request 15 s, and Node looks every second, not every 30 (T58).
 */
export const TIMEOUTS = {
  keepAliveTimeout: 65_000,
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  connectionsCheckingInterval: 1000,
}
const PATIENCE = {
  /** A reader who takes nothing; longer than a long poll waits (25 s). */
  silentMs: 40_000,
  /** From a request to the last byte of its answer, however steadily a reader sips. */
  answerMs: 120_000,
  sweepMs: 5000,
}

export interface Room {
  /** Connections in all. */
  most: number
  /** From one address, as X1 counts them; behind a proxy all come from it, so that nobody is counted there. */
  mostPerAddress: number
}

interface Connection {
  socket: Socket
  address: string
  /** The answer under way; an upgraded connection has another life (sockets/crowd.ts). */
  answer: ServerResponse | 'upgraded' | null
  sinceMs: number
}

interface Options {
  patience?: typeof PATIENCE
  quick?: Quick
}

/** Answers a request before all that listens to it, or leaves it to them. */
export type Quick = (req: IncomingMessage, res: ServerResponse, otherwise: () => void) => void

const toAll: Quick = (_req, _res, otherwise) => otherwise()

/** What is open, the longest at rest first. */
type Open = Set<Connection>

/**
 * Makes one request at a time of what comes over a connection (T53), and room for newcomers: when there are too many
 * connections, the one longest at rest goes, then one whose reader does not read. Goes last of all that listens to `http`.
 */
export function guardConnections(http: Server, room: Room, { patience = PATIENCE, quick = toAll }: Options = {}): void {
  const all: Open = new Set()
  const perAddress = new Map<string, Open>()
  const known = new WeakMap<Duplex, Connection>()
  http.setTimeout(patience.silentMs)
  http.on('connection', (socket) => {
    const connection: Connection = {
      socket,
      address: addressKey(socket.remoteAddress),
      answer: null,
      sinceMs: 0,
    }
    const near = perAddress.get(connection.address) ?? new Set()
    perAddress.set(connection.address, near)
    if (!makeRoom(near, room.mostPerAddress) || !makeRoom(all, room.most)) return socket.destroy()
    known.set(socket, connection)
    stopAtTheSecond(connection)
    for (const open of [all, near]) open.add(connection)
    socket.once('close', () => {
      for (const open of [all, near]) open.delete(connection)
      if (near.size === 0) perAddress.delete(connection.address)
    })
  })
  const rest = (connection: Connection) => {
    connection.answer = null
    for (const open of [all, perAddress.get(connection.address)]) if (open?.delete(connection)) open.add(connection)
  }
  oneAtATime(http, { known, rest, quick })
  refuseUpgrades(http, known)
  const sweep = setInterval(() => cutSlowReaders(all, patience.answerMs), patience.sweepMs).unref()
  http.once('close', () => clearInterval(sweep))
}

/** @returns false when everybody here is being served */
function makeRoom(open: Open, most: number): boolean {
  if (open.size < most) return true
  const connections = [...open]
  const leaving =
    connections.find(({ answer }) => answer === null) ??
    connections.find(({ answer, socket }) => answer !== 'upgraded' && socket.writableLength > 0)
  if (!leaving) return false
  open.delete(leaving)
  leaving.socket.destroy()
  return true
}

interface Taken {
  known: WeakMap<Duplex, Connection>
  rest: (connection: Connection) => void
  quick: Quick
}

/**
 * A second request before the first is answered is not looked at: its answer would have no connection yet, and what it
 * opens would stay open for ever if the connection were cut. The first is answered, and the connection ends.
 */
function oneAtATime(http: Server, { known, rest, quick }: Taken): void {
  const listeners = http.listeners('request') as RequestListener[]
  http.removeAllListeners('request')
  http.on('request', (req: IncomingMessage, res: ServerResponse) => {
    const connection = known.get(req.socket)
    if (!connection) return req.socket.destroy()
    if (isTooEarly(connection)) return
    Object.assign(connection, { answer: res, sinceMs: performance.now() })
    res.once('close', () => rest(connection))
    quick(req, res, () => {
      for (const listener of listeners) listener.call(http, req, res)
    })
  })
}

function isTooEarly({ answer, socket }: Connection): boolean {
  if (answer === null) return false
  socket.pause()
  if (answer === 'upgraded') socket.destroy()
  else {
    answer.shouldKeepAlive = false
    answer.once('close', () => socket.destroySoon())
  }
  return true
}

/** What Node keeps of a connection's parser. */
interface Parsed {
  parser?: { onIncoming?: ((req: IncomingMessage, keepAlive: boolean) => number) | null } | null
}

/** As for an upgrade: what follows is not for the parser. */
const STOP_PARSING = 2

/**
 * Asked before Node makes anything of a request: of 400 that arrive at once it would parse all, and make an error with a
 * stack of each when the connection closes (4 ms a connection, measured). Without it they are only not answered.
 */
function stopAtTheSecond(connection: Connection): void {
  const { parser } = connection.socket as Parsed
  const take = parser?.onIncoming
  if (!parser || !take) return
  parser.onIncoming = (req, keepAlive) => (isTooEarly(connection) ? STOP_PARSING : take(req, keepAlive))
}

/** Socket.IO's path is the only one; Node would leave a connection half open that asks for another. */
function refuseUpgrades(http: Server, known: WeakMap<Duplex, Connection>): void {
  http.prependListener('upgrade', (req: IncomingMessage, socket: Duplex) => {
    const connection = known.get(socket)
    const isOurs = req.url?.startsWith('/socket.io/') === true
    if (!connection || connection.answer || !isOurs) socket.destroy()
    else connection.answer = 'upgraded'
  })
}

function cutSlowReaders(all: Open, answerMs: number): void {
  const longAgoMs = performance.now() - answerMs
  for (const { answer, sinceMs, socket } of all) {
    if (answer !== null && answer !== 'upgraded' && sinceMs < longAgoMs) socket.destroy()
  }
}
