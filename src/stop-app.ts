import type { DataSource } from 'typeorm'
import type { Log } from './platform/log.js'
import type { RedisClients } from './platform/redis.js'
import type { App } from './wiring.js'

/** contract.md: exit within 10 s; what is not finished by then is cut off. */
const PATIENCE_MS = 9000

interface Parts {
  dataSource: DataSource
  redis: RedisClients | null
  log: Log
  unlock: () => void
}

/** Stops in order: no new work, requests in flight finished, then mail, then the database. Twice is once. */
export function stopApp(app: App, { dataSource, redis, log, unlock }: Parts): () => Promise<void> {
  let stopped: Promise<void> | undefined
  const inOrder = async () => {
    const closed = new Promise((resolve) => app.http.close(resolve))
    app.http.closeIdleConnections()
    await app.io.close()
    await app.stop()
    await closed
    await redis?.close()
    await dataSource.destroy()
    unlock()
  }
  return () =>
    (stopped ??= Promise.race([
      inOrder(),
      new Promise<void>((resolve) => setTimeout(resolve, PATIENCE_MS).unref()).then(() =>
        app.http.closeAllConnections(),
      ),
    ]).catch((error: unknown) => log.error({ err: error }, 'stopping failed')))
}
