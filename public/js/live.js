import { AGAIN_MS, follow } from './follow.js'

/** Follows a namespace with the client that the server serves. @param {string} namespace @param {Parameters<typeof follow>[2]} listener */
export async function listen(namespace, listener) {
  return follow(await socketClient(), namespace, listener)
}

/** Socket.IO's own client, an ES module served beside the socket; asked for until it comes. */
async function socketClient() {
  for (let tries = 0; ; tries += 1) {
    try {
      // A browser remembers a module that failed: each try has an address of its own.
      return (await import(`/socket.io/socket.io.esm.min.js${tries === 0 ? '' : `?try=${tries}`}`)).io
    } catch {
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
    }
  }
}
