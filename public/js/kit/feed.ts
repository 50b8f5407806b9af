import type { io as connect, Socket } from 'socket.io-client'
import { wait } from './clock.js'

type Connect = typeof connect

/** How soon a refused or closed socket is tried again; a lost one Socket.IO tries by itself. */
const AGAIN_MS = 3000

/** Polling needs a proxy that sends each browser to the same instance every time, and four requests where this takes one. */
export const WEBSOCKET_FIRST = { transports: ['websocket', 'polling'], tryAllTransports: true }

/** What is listened to. Events are what the server says under these names; `up` and `down` may come several times each. */
export interface Listener<Events> {
  auth: Record<string, string | undefined>
  on: { [Name in keyof Events]: (message: Events[Name]) => void }
  up?: () => void
  down?: () => void
}

const NOTHING = () => undefined

/**
 * Listens to one namespace for as long as the page lives, with one socket: comes back after a restart, a lost network or
 * a sleeping tab.
 * @param io Socket.IO's client
 * @param namespace such as `/board`
 */
export function follow<Events extends object>(io: Connect, namespace: string, listener: Listener<Events>): Socket {
  const { auth, on, up = NOTHING, down = NOTHING } = listener
  const patience = { reconnectionDelay: 500, reconnectionDelayMax: AGAIN_MS, timeout: 5000 }
  const socket = io(namespace, { auth, ...WEBSOCKET_FIRST, ...patience })
  const again = () => {
    down()
    // Closed or refused by the server: then Socket.IO does not try again.
    if (!socket.active) setTimeout(() => socket.connect(), AGAIN_MS)
  }
  for (const [event, hear] of Object.entries(on)) socket.on(event, hear as (message: unknown) => void)
  socket.on('connect', up)
  socket.on('disconnect', again)
  socket.on('connect_error', again)
  return socket
}

/** Follows a namespace with the client that the server serves, asked for until it comes. */
export async function listen<Events extends object>(namespace: string, listener: Listener<Events>): Promise<Socket> {
  for (let tries = 0; ; tries += 1) {
    const io = await socketClient(tries)
    if (io) return follow(io, namespace, listener)
    await wait(AGAIN_MS)
  }
}

/**
 * Socket.IO's own client, an ES module served beside the socket; null where it cannot be had.
 * @param tries a browser remembers a module that failed: each try has an address of its own
 */
export async function socketClient(tries = 0): Promise<Connect | null> {
  try {
    const address = `/socket.io/socket.io.esm.min.js${tries === 0 ? '' : `?try=${tries}`}`
    return ((await import(address)) as { io: Connect }).io
  } catch {
    return null
  }
}
