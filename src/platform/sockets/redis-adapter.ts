import { createAdapter } from '@socket.io/redis-adapter'
import type { Log } from '../log.js'
import type { RedisLink } from '../redis.js'

type Listener = (message: Buffer, channel: Buffer) => void

/**
 * Socket.IO's adapter awaits nothing it asks of Redis: a rejection would end the process (T21), and a subscription that
 * failed would be missed for ever. So it is given what the link keeps: what cannot be published is lost, since screens ask
 * again by themselves, and what is subscribed to comes back with the connection.
 */
export function makeRedisAdapter(redis: RedisLink, log: Log): ReturnType<typeof createAdapter> {
  const failed = (error: unknown) => log.warn({ err: error }, 'a live event could not be passed on')
  const common = { on: () => undefined, off: () => undefined, listenerCount: () => 2 }
  const publisher = {
    ...common,
    pSubscribe: () => undefined,
    publish: (channel: string, message: string | Buffer) =>
      void redis.ask((client) => client.publish(channel, message)).catch(failed),
  }
  const subscriber = {
    ...common,
    pSubscribe: (pattern: string, listener: Listener) =>
      redis.subscribe((client) => client.pSubscribe(pattern, listener, true)),
    subscribe: (channels: string[], listener: Listener) =>
      redis.subscribe((client) => client.subscribe(channels, listener, true)),
    // Asked for only when the whole server ends, and the connection with it.
    pUnsubscribe: () => undefined,
    unsubscribe: () => undefined,
  }
  return createAdapter(publisher, subscriber)
}
