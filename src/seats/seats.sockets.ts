import type { EventBus } from '../platform/events.js'
import type { Namespaces } from '../platform/sockets/socket-server.js'

/** Bursts of bookings become one hint (T33). */
const GATHER_MS = 250

/**
 * Namespace `/seats`, `auth: { site }`: after a commit that changed free seats of the site it emits `seats`
 * `{ days }` as a hint; the page asks the API again. Nothing personal, nothing to command (Socket: announce only).
 */
export function announceSeats(sockets: Namespaces, events: EventBus): void {
  const seats = sockets.of('/seats')
  const waiting = new Map<string, Set<string>>()
  const say = (siteId: string) => {
    seats.to(siteId).volatile.emit('seats', { days: [...(waiting.get(siteId) ?? [])].sort() })
    waiting.delete(siteId)
  }
  events.on('seats.changed', ({ siteId, days }) => {
    const gathered = waiting.get(siteId)
    if (gathered) {
      for (const day of days) gathered.add(day)
      return
    }
    waiting.set(siteId, new Set(days))
    setTimeout(() => say(siteId), GATHER_MS).unref()
  })
}
