import type { EventBus } from '../platform/events.js'
import type { Log } from '../platform/log.js'
import type { Namespaces } from '../platform/sockets/socket-server.js'
import { every, makeSpeaker } from '../platform/sockets/speaker.js'
import type { Namespace } from 'socket.io'
import type { QueueReader } from './queue-reader.js'
import { board } from './queue.pages.js'

/** contract.md: the board is said again every 10 s, so that a display knows it is not forgotten. */
const HEARTBEAT_MS = 10_000

export interface SpeakerDeps {
  sockets: Namespaces
  events: EventBus
  reader: QueueReader
  log: Log
}

/**
 * Namespace `/board`, `auth: { site }`: the whole board on connection, after every commit that changed it, and as a
 * heartbeat (B2). Every instance tells its own sockets, from the database; nothing is told before it is committed (T34).
 * @returns what stops it
 */
export function announceBoards({ sockets, events, reader, log }: SpeakerDeps): () => void {
  const boards = sockets.of('/board')
  const say = async (siteId: string) => {
    if (isHeard(boards, siteId)) boards.local.to(siteId).emit('board', board(await reader.shown(siteId)))
  }
  const report = (error: unknown) => log.error({ err: error }, 'a board was not told')
  const speaker = makeSpeaker(say, report)
  boards.use((socket, next) => {
    const { site } = socket.handshake.auth as { site: string }
    reader.today(site).then(
      () => next(),
      () => next(new Error('unknown-site')),
    )
  })
  boards.on('connection', (socket) => {
    const { site } = socket.handshake.auth as { site: string }
    reader.shown(site).then((facts) => socket.emit('board', board(facts)), report)
  })
  events.on('queue.changed', ({ siteId }) => speaker.tell(siteId))
  return every(HEARTBEAT_MS, () => {
    for (const room of boards.adapter.rooms.keys()) if (!boards.sockets.has(room)) speaker.tell(room)
  })
}

const isHeard = (namespace: Namespace, siteId: string): boolean => namespace.adapter.rooms.has(siteId)

/**
 * Namespace `/queue`, `auth: { site }`, for consoles: `queue` `{ version }` as a hint to fetch again.
 * @param admit lets only staff of the site in, and out when that changes (A1) @returns what stops it
 */
export function announceQueues(
  { sockets, events }: SpeakerDeps,
  admit: (namespace: Namespace) => () => void,
): () => void {
  const queues = sockets.of('/queue')
  const stop = admit(queues)
  events.on('queue.changed', ({ siteId, version }) => {
    queues.local.to(siteId).emit('queue', { version })
  })
  return stop
}
