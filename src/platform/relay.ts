import { randomUUID } from 'node:crypto'
import type { EventBus, HouseEvents } from './events.js'
import type { Log } from './log.js'
import type { RedisLink } from './redis.js'

interface Deps {
  events: EventBus
  redis: RedisLink
  log: Log
}

/**
 * What is announced on one instance is announced on all: each then tells its own sockets, from the same database.
 * Redis away: the others notice by themselves, at the next heartbeat.
 */
export function relayEvents({ events, redis, log }: Deps, names: readonly (keyof HouseEvents & string)[]): void {
  const own = randomUUID()
  const fromOthers = new WeakSet<object>()
  for (const name of names) {
    const channel = `turno:${name}`
    events.on(name, (payload) => {
      if (fromOthers.has(payload)) return
      const failed = (error: unknown) =>
        log.warn({ err: error, event: name }, 'an event did not reach the other instances')
      redis.ask((client) => client.publish(channel, JSON.stringify({ from: own, payload }))).catch(failed)
    })
    const hear = (message: string) => {
      const { from, payload } = JSON.parse(message) as { from: string; payload: HouseEvents[typeof name] }
      if (from === own) return
      fromOthers.add(payload)
      events.publish(name, payload)
    }
    redis.subscribe((client) => client.subscribe(channel, hear))
  }
}
