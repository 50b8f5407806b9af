/** Who walks away leaves nothing behind: back to the start, with a warning and a way to stay (WCAG 2.2.1). */
import { part } from '../kit/page.js'
import { reset, state, type Step } from './state.js'
import { say } from './words.js'

/** W: reset after 30 s idle; for 20 s of them one can still say "more time". */
const IDLE_MS = 30_000
const WARN_MS = 20_000
/** A ticket is read faster than a form is filled in, and it is printed. */
const TICKET_MS = 12_000
const MORE_MS = 120_000
/** A number is read in so long, when somebody else waits for the screen. */
const NEXT_MS = 6000
/** No person is waited for there. */
const NEVER: readonly Step[] = ['asking', 'pairing']

let endsAt = Infinity
let shown: number | null = null
let hasMore = false

const usualMs = (): number => (state.step === 'ticket' ? TICKET_MS : IDLE_MS)
const isResting = (): boolean => NEVER.includes(state.step) || (state.step === 'start' && state.lang === 'it')

/** Somebody is there; who asked for more time keeps it. */
export function stay(ms = usualMs()): void {
  endsAt = Math.max(performance.now() + ms, endsAt === Infinity ? 0 : endsAt)
}

/** A new step has its own time. */
export function begin(): void {
  hasMore = false
  endsAt = isResting() ? Infinity : performance.now() + usualMs()
  tick()
}

/** Somebody else waits; who has asked for more time keeps it. */
export function hurry(): void {
  if (!hasMore) endsAt = Math.min(endsAt, performance.now() + NEXT_MS)
}

function tick(): void {
  if (isResting()) endsAt = Infinity
  const left = endsAt - performance.now()
  if (left <= 0) return reset()
  show(left <= WARN_MS ? Math.ceil(left / 1000) : null)
}

/** @param seconds null: no warning */
function show(seconds: number | null): void {
  if (seconds === shown) return
  const isFirst = shown === null
  shown = seconds
  part('idle').hidden = seconds === null
  if (seconds === null) return
  const text = say(state.step === 'ticket' ? 'ticket.leaving' : 'idle.text', { count: seconds })
  part('idleText').textContent = text
  // Aloud once, not every second.
  if (isFirst) part('said').textContent = text
}

/** The warning in another language. */
export function speak(): void {
  part('idleMore').textContent = say('idle.more')
  shown = null
  tick()
}

export function watchIdle(): void {
  for (const sign of ['pointerdown', 'keydown']) document.addEventListener(sign, () => stay(), { passive: true })
  part('idleMore').addEventListener('click', () => {
    hasMore = true
    stay(MORE_MS)
    tick()
    document.querySelector<HTMLElement>('main h1')?.focus()
  })
  setInterval(tick, 250)
}
