import type { Server } from 'node:http'

interface Listening {
  http: Server
  io: { close(): Promise<void> }
}

/** Requests in flight may take this long; then their connections are cut. */
const REQUESTS_MS = 6000
/** How often connections that have become idle are closed: a keep-alive client would hold one for a minute. */
const SWEEP_MS = 50

/** Takes no new connections, lets requests in flight end, and tells whoever asks again on an open one to go. */
export async function endRequests({ http, io }: Listening): Promise<void> {
  http.prependListener('request', (_req, res) => res.setHeader('Connection', 'close'))
  const sweep = setInterval(() => http.closeIdleConnections(), SWEEP_MS)
  const cut = setTimeout(() => http.closeAllConnections(), REQUESTS_MS)
  // Socket.IO closes the HTTP server it sits on.
  await io.close()
  clearInterval(sweep)
  clearTimeout(cut)
}
