import { createClient } from 'redis'
import type { Log } from './log.js'

type Client = ReturnType<typeof createClient>

export interface RedisClients {
  publish: Client
  subscribe: Client
  /** @throws when Redis does not answer: `/readyz` says so */
  ping(): Promise<void>
  close(): Promise<void>
}

/** @throws Error when Redis cannot be reached at the start; later it reconnects by itself */
export async function openRedis(url: string, log: Log): Promise<RedisClients> {
  const publish: Client = createClient({ url, socket: { connectTimeout: 5000 } })
  const subscribe: Client = publish.duplicate()
  for (const client of [publish, subscribe]) {
    client.on('error', (error: unknown) => log.warn({ err: error }, 'redis'))
    await client.connect()
  }
  return {
    publish,
    subscribe,
    ping: async () => {
      await publish.ping()
    },
    close: async () => {
      await Promise.allSettled([publish.close(), subscribe.close()])
    },
  }
}
