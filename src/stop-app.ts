import type { DataSource } from 'typeorm'
import type { Log } from './platform/log.js'
import type { RedisClients } from './platform/redis.js'
import { every } from './platform/sockets/speaker.js'
import type { App } from './wiring.js'

/** Requests in flight may take this long; then their connections are cut. */
const REQUESTS_MS = 6000
/** contract.md: gone within 10 s, whatever hangs. */
const ALL_MS = 9000
/** How often connections that have become idle are closed: a keep-alive client would hold one for a minute. */
const SWEEP_MS = 50

interface Parts {
  dataSource: DataSource
  redis: RedisClients | null
  log: Log
  unlock: () => void
}

/** Stops in order: no new work, requests in flight finished, mail on its way sent, then the database. Twice is once. */
export function stopApp(app: App, { dataSource, redis, log, unlock }: Parts): () => Promise<void> {
  let stopped: Promise<void> | undefined
  const inOrder = async () => {
    await Promise.all([endRequests(app), app.stop()])
    await redis?.close()
    await dataSource.destroy()
    unlock()
  }
  const inTime = async () => {
    const late = new Promise<void>((resolve) => {
      setTimeout(resolve, ALL_MS).unref()
    })
    await Promise.race([inOrder(), late])
  }
  return () => (stopped ??= inTime().catch((error: unknown) => log.error({ err: error }, 'stopping failed')))
}

/** Takes no new connections, lets requests in flight end, and tells whoever asks again on an open one to go. */
async function endRequests({ http, io }: App): Promise<void> {
  http.prependListener('request', (_req, res) => res.setHeader('Connection', 'close'))
  const endSweep = every(SWEEP_MS, () => http.closeIdleConnections())
  const cut = setTimeout(() => http.closeAllConnections(), REQUESTS_MS)
  // Socket.IO closes the HTTP server it sits on.
  await io.close()
  endSweep()
  clearTimeout(cut)
}
