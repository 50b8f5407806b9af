import { facts } from './facts.js'

/** The server did not answer, or not in time; the same press may be sent again. */
export class Lost extends Error {}

/** The server said no. */
export class Refused extends Error {
  /** @param {number} status @param {{ code: string, detail: string, [fact: string]: any }} problem */
  constructor(status, problem) {
    super(problem.detail)
    this.status = status
    this.problem = problem
  }
}

/** How long an answer is waited for, and when a press is sent once more with the same key. */
const PATIENCE_MS = 8000
const AGAIN_MS = [400, 1500]
const NO_ANSWER = [502, 503, 504]

/** Somebody is at the desk: only then does a refresh keep the session alive (A2). */
let isAwake = false
for (const event of ['keydown', 'pointerdown']) addEventListener(event, () => (isAwake = true), { capture: true })

/** @param {string} path below /api/v1 @returns {Promise<any>} the answer's body @throws {Lost | Refused} */
export function read(path) {
  const headers = isAwake ? {} : { 'x-background': '1' }
  isAwake = false
  return send('GET', path, { headers })
}

/**
 * One press: however often it must be sent, it happens once (K9).
 * @param {string} path below /api/v1
 * @param {object} [body]
 * @returns {Promise<any>} the answer's body
 * @throws {Lost | Refused}
 */
export async function press(path, body = {}) {
  const headers = {
    'content-type': 'application/json',
    'x-csrf-token': facts.csrfToken,
    'idempotency-key': crypto.randomUUID?.() ?? `${performance.now()}-${Math.random()}`,
  }
  for (const pause of AGAIN_MS) {
    try {
      return await send('POST', path, { headers, body: JSON.stringify(body) })
    } catch (fault) {
      if (!(fault instanceof Lost)) throw fault
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }
  return send('POST', path, { headers, body: JSON.stringify(body) })
}

async function send(method, path, { headers, body }) {
  const answer = await fetch(`/api/v1${path}`, {
    method,
    headers: { ...headers, accept: 'application/json', 'accept-language': document.documentElement.lang },
    ...(body && { body }),
    cache: 'no-store',
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch((cause) => {
    throw new Lost('no answer', { cause })
  })
  if (NO_ANSWER.includes(answer.status)) throw new Lost(`answer ${answer.status}`)
  const content = await answer.json().catch(() => ({ code: 'unreadable', detail: '' }))
  if (answer.ok) return content
  leaveIfNeeded(answer.status, content.code)
  throw new Refused(answer.status, content)
}

/** Who is no longer signed in, or must choose a password first, is sent to do so, and back here. */
function leaveIfNeeded(status, code) {
  const back = `?verso=${encodeURIComponent(location.pathname)}`
  if (status === 401) location.assign(`/entra${back}`)
  if (code === 'password-change-required') location.assign(`/password${back}`)
}
