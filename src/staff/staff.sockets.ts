import type { Namespace, Socket } from 'socket.io'
import type { EventBus } from '../platform/events.js'
import { mayAt } from './actor.js'
import type { Authenticate } from './authenticate.js'
import type { Action } from './roles.js'
import { actorOfIdentity } from './who-asks.js'

interface Deps {
  authenticate: Authenticate
  events: EventBus
  action: Action
}

const roomOf = (username: string): string => `staff:${username}`

/**
 * Lets only staff with a permit for the socket's site (`auth: { site }`) into a namespace, by their cookie. When what they
 * may do changes, their sockets are closed on every instance: those who still may come back by themselves (A1, T32).
 */
export function admitStaff(namespace: Namespace, { authenticate, events, action }: Deps): void {
  const admit = async (socket: Socket): Promise<boolean> => {
    const { site } = socket.handshake.auth as { site?: unknown }
    const { authorization: _, ...headers } = socket.handshake.headers
    const identity = await authenticate(headers)
    const actor = identity?.kind === 'staff' && !identity.account.mustChangePassword ? actorOfIdentity(identity) : null
    if (actor?.kind !== 'staff' || typeof site !== 'string' || !mayAt(actor, action, site)) return false
    await socket.join(roomOf(actor.username))
    return true
  }
  namespace.use((socket, next) => {
    admit(socket).then(
      (admitted) => next(admitted ? undefined : new Error('forbidden')),
      () => next(new Error('unavailable')),
    )
  })
  events.on('staff.changed', ({ username }) => {
    namespace.in(roomOf(username)).disconnectSockets(true)
  })
}
