import { newKey } from '../kit/api.js'
import { ask, heard, type Said, serverMs } from './server.js'

/** After so long without an answer nobody stands there any more. */
const LONGEST_MS = 120_000
/** From then on the person is told what is happening. */
const SLOW_MS = 4000
const FIRST_PAUSE_MS = 1000
const LONGEST_PAUSE_MS = 5000
/** A server that asks for patience (X8) says for how long; nobody is kept waiting longer than this before the next try. */
const LONGEST_BUSY_MS = 20_000
/** How long a press without an answer is remembered: the next one like it is the same press (W5). */
const REMEMBERED_MS = 600_000
/** Survives a reload and a loss of power, for as long as the person may still stand there. Holds nothing personal. */
const KEPT = 'turno.kiosk.press'
const KEPT_MS = 120_000

/** The last press nobody has answered: its number may have been drawn. */
let unanswered: { content: string; key: string; at: number } | null = null

function keyOf(content: string): string {
  const isSame = unanswered?.content === content && performance.now() - unanswered.at < REMEMBERED_MS
  return isSame && unanswered ? unanswered.key : newKey()
}

export interface Wish {
  path: string
  body: { code?: string; service?: string; newbornTaxCode?: string; senior?: boolean }
  /** Kept nowhere. */
  isPersonal: boolean
  /** Of a press that is taken up again. */
  key?: string
}

interface Person {
  /** It takes long. */
  delayed: (why: 'away' | 'busy') => void
  /** Gives up. */
  signal: AbortSignal
}

export type Pressed<Body> = Said<Body> & { tries: number }

/**
 * One press: asked under one key until there is an answer, so that it never yields two numbers.
 * @returns null when given up
 */
export async function press<Body>(wish: Wish, { delayed, signal }: Person): Promise<Pressed<Body> | null> {
  const { path, body, isPersonal, key: resumed } = wish
  const content = `${path} ${JSON.stringify(body)}`
  const key = resumed ?? keyOf(content)
  unanswered = { content, key, at: performance.now() }
  if (!isPersonal) keep({ path, body, key, at: serverMs() })
  const slowTimer = setTimeout(() => delayed('away'), SLOW_MS)
  const endsAt = performance.now() + LONGEST_MS
  let answer: Pressed<Body> | null = null
  for (let tries = 1; !signal.aborted && performance.now() < endsAt; tries += 1) {
    const said = await ask<Body>(path, { body, key })
    heard(said !== null)
    if (said && said.status !== 429) {
      answer = { ...said, tries }
      unanswered = null
      break
    }
    clearTimeout(slowTimer)
    delayed(said ? 'busy' : 'away')
    await pause(said ? busyMs(said) : Math.min(FIRST_PAUSE_MS * 1.6 ** (tries - 1), LONGEST_PAUSE_MS), signal)
  }
  clearTimeout(slowTimer)
  keep(null)
  return answer
}

const busyMs = ({ headers }: { headers: Headers }): number =>
  Math.min(Math.max(Number(headers.get('retry-after')), 1) * 1000, LONGEST_BUSY_MS)

/** Ends early when the person gives up or the network is back; leaves no listener behind. */
const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      window.removeEventListener('online', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end)
    window.addEventListener('online', end)
  })

type Kept = Pick<Wish, 'path' | 'body'> & { key: string; at: number }

function keep(kept: Kept | null): void {
  if (kept) localStorage.setItem(KEPT, JSON.stringify(kept))
  else localStorage.removeItem(KEPT)
}

/** A press that was on its way when the page was closed; null when there is none, or it is too old. */
export function keptPress(): Wish | null {
  const kept = JSON.parse(localStorage.getItem(KEPT) ?? 'null') as Kept | null
  localStorage.removeItem(KEPT)
  return kept && Math.abs(serverMs() - kept.at) < KEPT_MS ? { ...kept, isPersonal: false } : null
}
