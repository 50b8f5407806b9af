import { MINUTE_MS } from '../kernel/clock.js'
import type { Namespace, Socket } from 'socket.io'
import type { EventBus } from '../platform/events.js'
import { every } from '../platform/sockets/speaker.js'
import { mayAt, type StaffActor } from './actor.js'
import { type Authenticate, BACKGROUND } from './authenticate.js'
import type { Action } from './roles.js'
import { actorOfIdentity } from './who-asks.js'

interface Deps {
  authenticate: Authenticate
  events: EventBus
  action: Action
  /** How often whoever is in is asked again, in milliseconds. */
  everyMs?: number
}

const roomOf = (username: string): string => `staff:${username}`

/**
 * Lets only staff with a permit for the socket's site (`auth: { site }`) into a namespace, by their cookie. When what they
 * may do changes, their sockets are closed on every instance: those who still may come back by themselves (A1, T32). A
 * session that ends by itself tells nobody: so every minute those who are in are asked again (A2).
 * @returns what stops the asking
 */
export function admitStaff(namespace: Namespace, { authenticate, events, action, everyMs }: Deps): () => void {
  const admitted = makeAdmitted(authenticate, action)
  namespace.use((socket, next) => {
    admitted(socket).then(
      async (actor) => {
        if (actor) await socket.join(roomOf(actor.username))
        next(actor ? undefined : new Error('forbidden'))
      },
      () => next(new Error('unavailable')),
    )
  })
  events.on('staff.changed', ({ username }) => {
    namespace.in(roomOf(username)).disconnectSockets(true)
  })
  const askAgain = async () => {
    for (const socket of [...namespace.sockets.values()]) {
      // The database is away: then they are asked a minute later.
      const actor = await admitted(socket).catch(() => undefined)
      if (actor === null) socket.disconnect(true)
    }
  }
  events.on('sessions.ended', () => void askAgain())
  return every(everyMs ?? MINUTE_MS, () => void askAgain())
}

/** Who a socket belongs to, or null when they may not (any longer). A socket opens and lasts by itself: nobody works. */
const makeAdmitted =
  (authenticate: Authenticate, action: Action) =>
  async ({ handshake }: Socket): Promise<StaffActor | null> => {
    const { site } = handshake.auth as { site?: unknown }
    const { authorization: _, ...headers } = handshake.headers
    const identity = await authenticate({ ...headers, [BACKGROUND]: '1' })
    const actor = identity?.kind === 'staff' && !identity.account.mustChangePassword ? actorOfIdentity(identity) : null
    return actor?.kind === 'staff' && typeof site === 'string' && mayAt(actor, action, site) ? actor : null
  }
