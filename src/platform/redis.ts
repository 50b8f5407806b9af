import { createClient } from 'redis'
import type { Log } from './log.js'

type Client = ReturnType<typeof createClient>

export interface RedisClients {
  /** Refuses at once while Redis is away, so that whoever asks goes on without it. */
  commands: Client
  /** For fan-out: a message that cannot be published is lost, since screens ask again by themselves. */
  publish: Client
  subscribe: Client
  /** @throws when Redis does not answer: `/readyz` says so */
  ping(): Promise<void>
  close(): Promise<void>
}

const CONNECT_MS = 5000
const SLOWEST_RETRY_MS = 2000

/** @throws Error naming REDIS_URL when Redis cannot be reached at the start; later it reconnects by itself */
export async function openRedis(url: string, log: Log): Promise<RedisClients> {
  let started = false
  const reconnectStrategy = (tries: number) =>
    started ? Math.min(tries * 100, SLOWEST_RETRY_MS) : new Error('no answer')
  const options = { url, disableOfflineQueue: true, socket: { connectTimeout: CONNECT_MS, reconnectStrategy } }
  const commands: Client = createClient(options)
  const subscribe: Client = createClient({ ...options, disableOfflineQueue: false })
  for (const client of [commands, subscribe]) client.on('error', (error: unknown) => log.warn({ err: error }, 'redis'))
  try {
    await Promise.all([commands.connect(), subscribe.connect()])
  } catch (error) {
    const { host } = new URL(url)
    throw new Error(`REDIS_URL: cannot reach Redis at ${host}`, { cause: error })
  }
  started = true
  return {
    commands,
    publish: quietPublisher(commands, log),
    subscribe,
    ping: async () => {
      await commands.ping()
    },
    close: async () => {
      await Promise.allSettled([commands.close(), subscribe.close()])
    },
  }
}

/** Socket.IO's adapter does not wait for what it publishes: a rejection would end the process (T21). */
function quietPublisher(client: Client, log: Log): Client {
  const publish = (...message: Parameters<Client['publish']>) =>
    client.publish(...message).catch((error: unknown) => {
      log.warn({ err: error }, 'a live event could not be passed on')
      return 0
    })
  return new Proxy(client, {
    get: (target, name) => {
      if (name === 'publish') return publish
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    },
  })
}
