import type { DataSource } from 'typeorm'
import { endRequests } from './platform/http/end-requests.js'
import type { Log } from './platform/log.js'
import type { RedisLink } from './platform/redis.js'
import { waitAtMost } from './platform/within.js'
import type { App } from './wiring.js'

/** contract.md: gone within 10 s, whatever hangs. */
const ALL_MS = 9000

interface Parts {
  dataSource: DataSource
  redis: RedisLink | null
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
  return () =>
    (stopped ??= waitAtMost(inOrder(), ALL_MS).catch((error: unknown) => log.error({ err: error }, 'stopping failed')))
}
