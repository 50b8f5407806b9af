/** The number on the screen, kept until it is taken: a reload, a crash or a power cut brings it back (case K09). */
import { serverMs } from './server.js'

const KEPT = 'turno.kiosk.ticket'
/** After so long nobody stands there any more. */
const KEPT_MS = 120_000

/** @param {{ ticket: object, lang: string, isPrinted: boolean }} shown `isPrinted`: paper has been asked for */
export const keepTicket = (shown) => localStorage.setItem(KEPT, JSON.stringify({ ...shown, at: serverMs() }))

/** Taken, or nobody is there: the next person shall not find it. */
export const forgetTicket = () => localStorage.removeItem(KEPT)

/** @returns what `keepTicket` was given; null when there is nothing, or it is too old */
export function keptTicket() {
  const kept = JSON.parse(localStorage.getItem(KEPT) ?? 'null')
  if (kept && Math.abs(serverMs() - kept.at) < KEPT_MS) return kept
  forgetTicket()
  return null
}
