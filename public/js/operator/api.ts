import { exchange, newKey, type Problem } from '../kit/api.js'
import { wait } from '../kit/clock.js'
import { facts } from './facts.js'

/** The server did not answer, or not in time; the same press may be sent again. */
export class Lost extends Error {}

/** The server said no. */
export class Refused extends Error {
  readonly status: number
  readonly problem: Problem

  constructor(status: number, problem: Problem) {
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

/** @param path below /api/v1 @returns the answer's body @throws {Lost | Refused} */
export function read<Body>(path: string): Promise<Body> {
  const headers: Record<string, string> = isAwake ? {} : { 'x-background': '1' }
  isAwake = false
  return send<Body>('GET', path, { headers })
}

/**
 * One press: however often it must be sent, it happens once (K9).
 * @param path below /api/v1
 * @returns the answer's body
 * @throws {Lost | Refused}
 */
export async function press<Body>(path: string, body: object = {}): Promise<Body> {
  const headers = { 'x-csrf-token': facts.csrfToken, 'idempotency-key': newKey() }
  for (const pause of AGAIN_MS) {
    try {
      return await send<Body>('POST', path, { headers, body })
    } catch (fault) {
      if (!(fault instanceof Lost)) throw fault
      await wait(pause)
    }
  }
  return send<Body>('POST', path, { headers, body })
}

type Sent = { headers: Record<string, string>; body?: object }

async function send<Body>(method: 'GET' | 'POST', path: string, { headers, body }: Sent): Promise<Body> {
  const { lang } = document.documentElement
  const asked = { method, headers, body, lang, patienceMs: PATIENCE_MS }
  const answer = await exchange<Body | Problem>(path, asked).catch((cause: unknown) => {
    throw new Lost('no answer', { cause })
  })
  if (NO_ANSWER.includes(answer.status)) throw new Lost(`answer ${answer.status}`)
  const content = answer.body ?? { code: 'unreadable', detail: '' }
  if (answer.ok) return content as Body
  const problem = content as Problem
  leaveIfNeeded(answer.status, problem.code)
  throw new Refused(answer.status, problem)
}

/** Who is no longer signed in, or must choose a password first, is sent to do so, and back here. */
function leaveIfNeeded(status: number, code: string): void {
  const back = `?verso=${encodeURIComponent(location.pathname)}`
  if (status === 401) location.assign(`/entra${back}`)
  if (code === 'password-change-required') location.assign(`/password${back}`)
}
