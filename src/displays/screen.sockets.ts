import type { EventBus } from '../platform/events.js'
import type { Log } from '../platform/log.js'
import type { Namespaces } from '../platform/sockets/socket-server.js'
import { every, makeSpeaker } from '../platform/sockets/speaker.js'
import type { QueueReader } from '../queue/index.js'
import { screen } from './screen.js'

interface Deps {
  sockets: Namespaces
  events: EventBus
  reader: QueueReader
  log: Log
}

/** Closing time passes by itself, and another instance may have changed a text. */
const LOOK_MS = 10_000

/**
 * Event `screen` on namespace `/board`: on connection, and whenever it is no longer what was told last. Mount it after
 * `announceBoards`, which lets only sockets of known sites in. @returns what stops it
 */
export function announceScreens({ sockets, events, reader, log }: Deps): () => void {
  const boards = sockets.plain('/board')
  const told = new Map<string, string>()
  const say = async (siteId: string) => {
    if (!boards.adapter.rooms.has(siteId)) return void told.delete(siteId)
    const is = screen(await reader.facts(siteId))
    const text = JSON.stringify(is)
    if (told.get(siteId) === text) return
    told.set(siteId, text)
    boards.local.to(siteId).emit('screen', is)
  }
  const report = (error: unknown) => log.error({ err: error }, 'a screen was not told')
  const speaker = makeSpeaker(say, report)
  boards.on('connection', (socket) => {
    const { site } = socket.handshake.auth as { site: string }
    reader.facts(site).then((facts) => socket.emit('screen', screen(facts)), report)
  })
  for (const name of ['queue.changed', 'site.changed', 'calendar.changed'] as const) {
    events.on(name, ({ siteId }) => speaker.tell(siteId))
  }
  return every(LOOK_MS, () => {
    for (const room of boards.adapter.rooms.keys()) if (!boards.sockets.has(room)) speaker.tell(room)
  })
}
