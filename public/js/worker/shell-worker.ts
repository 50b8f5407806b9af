/**
 * Keeps the last page of a display or kiosk that was served, with its scripts and styles, for a screen that is switched
 * on while the server is away (B4): it gets the page, which tries by itself, instead of the browser's own error page. What
 * the server says always comes first; boards, releases, answers and sockets never come from here.
 */
declare const self: ServiceWorkerGlobalScope

const [, room] = location.pathname.split('/')
const KEPT = `${room}-shell`
const PATIENCE_MS = 8000

const isShell = ({ pathname, search }: URL): boolean =>
  /^\/(display|kiosk)\/([a-z0-9-]+|script\.js)$/.test(pathname) ||
  pathname.startsWith('/assets/') ||
  (pathname === '/socket.io/socket.io.esm.min.js' && search === '')

self.addEventListener('install', () => void self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method === 'GET' && url.origin === location.origin && isShell(url))
    event.respondWith(fromServerOrKept(request))
})

async function fromServerOrKept(request: Request): Promise<Response> {
  const kept = await caches.open(KEPT)
  const before = async () => asKept(await kept.match(request.url, { ignoreVary: true }))
  try {
    const answer = await inTime(fetch(request))
    // A disk that is full must not keep anybody from the page.
    if (answer.ok) await kept.put(request.url, answer.clone()).catch(() => undefined)
    // What a proxy says while the server behind it is away is no page of ours.
    return answer.status < 500 ? answer : ((await before()) ?? answer)
  } catch (error) {
    const old = await before()
    if (old) return old
    throw error
  }
}

/** A page says that it is an old one: what it knows of the day may be wrong by now. */
async function asKept(answer: Response | undefined): Promise<Response | undefined> {
  const isPage = answer?.headers.get('content-type')?.startsWith('text/html')
  if (!answer || !isPage) return answer
  return new Response((await answer.text()).replace('<html ', '<html data-kept '), { headers: answer.headers })
}

function inTime(answer: Promise<Response>): Promise<Response> {
  const late = new Promise<never>((_, reject) => setTimeout(() => reject(new Error('no answer in time')), PATIENCE_MS))
  return Promise.race([answer, late])
}
