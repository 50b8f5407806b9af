/** The number on the screen, kept until it is taken: a reload, a crash or a power cut brings it back (case K09). */
import type { Lang } from '../../../src/messages/lang.shape.js'
import { serverMs } from './server.js'
import type { Drawn } from './state.js'

const KEPT = 'turno.kiosk.ticket'
/** After so long nobody stands there any more. */
const KEPT_MS = 120_000

interface Shown {
  ticket: Drawn
  lang: Lang
  /** Paper has been asked for. */
  isPrinted: boolean
}

export const keepTicket = (shown: Shown): void =>
  localStorage.setItem(KEPT, JSON.stringify({ ...shown, at: serverMs() }))

/** Taken, or nobody is there: the next person shall not find it. */
export const forgetTicket = (): void => localStorage.removeItem(KEPT)

/** What `keepTicket` was given; null when there is nothing, or it is too old. */
export function keptTicket(): Shown | null {
  const kept = JSON.parse(localStorage.getItem(KEPT) ?? 'null') as (Shown & { at: number }) | null
  if (kept && Math.abs(serverMs() - kept.at) < KEPT_MS) return kept
  forgetTicket()
  return null
}
