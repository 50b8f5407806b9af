import type { Server } from 'node:http'

interface Listening {
  http: Server
  io: { close(): Promise<void> }
}

/** Requests in flight may take this long; then their connections are cut. */
const REQUESTS_MS = 6000
/** How often connections that have become idle are closed: a keep-alive client would hold one for a minute. */
const SWEEP_MS = 50

/** Those that the system has already taken for us come one a turn of the event loop; so many without one: there are none. */
const QUIET_TURNS = 20
/** While they keep coming, somebody has to close. */
const BACKLOG_MS = 2000

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** A connection that waits to be taken would be reset with the listening socket: whoever is at the gate is let in first. */
async function takeBacklog(http: Server): Promise<void> {
  let quiet = 0
  const count = () => {
    quiet = 0
  }
  http.on('connection', count)
  const endMs = performance.now() + BACKLOG_MS
  while (quiet++ < QUIET_TURNS && performance.now() < endMs) await nextTurn()
  http.off('connection', count)
}

/** Lets in who is at the gate and nobody after, lets requests in flight end, and tells whoever asks again on an open one to go. */
export async function endRequests({ http, io }: Listening): Promise<void> {
  http.prependListener('request', (_req, res) => res.setHeader('Connection', 'close'))
  const sweep = setInterval(() => http.closeIdleConnections(), SWEEP_MS)
  const cut = setTimeout(() => http.closeAllConnections(), REQUESTS_MS)
  await takeBacklog(http)
  // Socket.IO closes the HTTP server it sits on.
  await io.close()
  clearInterval(sweep)
  clearTimeout(cut)
}
