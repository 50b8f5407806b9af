/** How soon a refused or closed socket is tried again; a lost one Socket.IO tries by itself. */
export const AGAIN_MS = 3000

/**
 * Listens to one namespace for as long as the page lives, with one socket: comes back after a restart, a lost network or
 * a sleeping tab.
 * @param {(namespace: string, options: object) => any} io Socket.IO's client
 * @param {string} namespace such as `/board`
 * @param {{ auth: object, on: Record<string, (message: any) => void>, up?: () => void, down?: () => void }} listener
 */
export function follow(io, namespace, { auth, on, up = () => {}, down = () => {} }) {
  // A WebSocket first: polling needs a proxy that sends each browser to the same instance every time.
  const transports = { transports: ['websocket', 'polling'], tryAllTransports: true }
  const patience = { reconnectionDelay: 500, reconnectionDelayMax: AGAIN_MS, timeout: 5000 }
  const socket = io(namespace, { auth, ...transports, ...patience })
  const again = () => {
    down()
    // Closed or refused by the server: then Socket.IO does not try again.
    if (!socket.active) setTimeout(() => socket.connect(), AGAIN_MS)
  }
  for (const [event, hear] of Object.entries(on)) socket.on(event, hear)
  socket.on('connect', up)
  socket.on('disconnect', again)
  socket.on('connect_error', again)
  return socket
}
