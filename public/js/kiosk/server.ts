import type { WalkInsNow } from '../../../src/queue/queue.shape.js'
import { type Answer, exchange } from '../kit/api.js'
import { ServerClock } from '../kit/clock.js'
import { facts } from './place.js'
import { set, state } from './state.js'

const { id: site } = facts.site
const TOKEN = `turno.kiosk.${site}`
/** The server itself gives up after ten seconds (in-time.ts). */
const PATIENCE_MS = 12_000

/** The lasting secret of this device for this site; null until it is paired. */
export const token = (): string | null => localStorage.getItem(TOKEN)

/** @param of the site it was made for */
export const keepToken = (secret: string, of = site): void => localStorage.setItem(`turno.kiosk.${of}`, secret)

const forgetToken = (): void => localStorage.removeItem(TOKEN)

/** What the server has said, and could be read. */
export type Said<Body> = Answer<Body> & { body: Body }

/**
 * Asks the API. @param path below /api/v1 @param post with a body it is a POST, under an Idempotency-Key
 * @returns null when there is no answer, or one that says nothing but that the server is not well
 */
export async function ask<Body>(path: string, post?: { body: object; key: string }): Promise<Said<Body> | null> {
  const secret = token()
  const headers = {
    ...(secret !== null && { authorization: `Bearer ${secret}` }),
    ...(post && { 'idempotency-key': post.key }),
  }
  const method = post ? 'POST' : 'GET'
  const asked = { method, headers, body: post?.body, lang: state.lang, patienceMs: PATIENCE_MS } as const
  try {
    const answer = await exchange<Body>(path, asked)
    const { status, body } = answer
    return status < 500 && body !== undefined ? { ...answer, body } : null
  } catch {
    return null
  }
}

/** The server's clock, carried on by ours. */
const clock = new ServerClock(facts.now.at)
export const serverMs = (): number => clock.nowMs()

const isAway = (): boolean => state.awaySince !== null

/** The server has answered, or has not. */
export function heard(answered: boolean): void {
  if (answered && isAway()) set({ awaySince: null })
  if (!answered && !isAway() && !state.isKept) set({ awaySince: serverMs() })
}

/** No longer paired: the machine was revoked, or the secret is for another site. */
export const isRefused = ({ status }: { status: number }): boolean => status === 401 || status === 403

export function unpair(): void {
  forgetToken()
  set({ step: 'pairing', fault: ['pairing.revoked'], typed: '' })
}

const EVERY_MS = 10_000
const AWAY_EVERY_MS = 2500

let due: ReturnType<typeof setTimeout> | undefined
let running = false

/** Looks what numbers are given for now, and again and again: that is also how a lost server and a revoked token show. */
export async function look(): Promise<void> {
  if (running) return
  running = true
  clearTimeout(due)
  if (token() && state.step !== 'pairing') {
    const answer = await ask<WalkInsNow>(`/sites/${site}/walk-ins`)
    if (answer?.status === 200) hear(answer.body)
    else if (answer && isRefused(answer) && !isPairing()) unpair()
    heard(answer !== null)
  }
  running = false
  due = setTimeout(() => void look(), isAway() || state.isKept ? AWAY_EVERY_MS : EVERY_MS)
}

/** Asked again: the step may have changed while the server was. */
const isPairing = (): boolean => state.step === 'pairing'

function hear(now: WalkInsNow): void {
  const isNews = state.isKept || JSON.stringify(now.services) !== JSON.stringify(state.now.services)
  clock.hear(now.at)
  if (isNews) set({ now, isKept: false })
  else state.now = now
}

/** A closed service whose time has come by the server's clock. */
export const opensNow = (): boolean =>
  !state.isKept && state.now.services.some(({ opensAt }) => opensAt !== null && Date.parse(opensAt) <= serverMs())

window.addEventListener('online', () => void look())
