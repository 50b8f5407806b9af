/** The paper: a number, where and when, how many are before, the way to follow it. No name, and not what it is for. */
import { timeOf } from '../kit/clock.js'
import { h } from '../kit/element.js'
import { part } from '../kit/page.js'
import { facts } from './place.js'
import { serverMs } from './server.js'
import { type Drawn, state } from './state.js'
import { dayOf, say, standingWords } from './words.js'

const QR_MS = 4000
const printsHere = new URLSearchParams(location.search).get('stampa') !== 'no'

/** A tablet without a printer opens the page with `?stampa=no`. */
export const hasPrinter = (): boolean => printsHere

/** The picture of the phone page's address, once for screen and paper; null when the server is away again. */
export async function qrOf({ token }: Drawn): Promise<string | null> {
  try {
    const answer = await fetch(`/numero/${token}/qr.svg`, { signal: AbortSignal.timeout(QR_MS) })
    return answer.ok ? `data:image/svg+xml,${encodeURIComponent(await answer.text())}` : null
  } catch {
    return null
  }
}

/** The site's own time, as the server writes it. */
const localNow = (): string =>
  new Date(serverMs()).toLocaleString('sv-SE', { timeZone: facts.site.timeZone }).replace(' ', 'T')

/** How often the browser has begun to print: where printing is not possible, `print()` does nothing and says nothing. */
let begun = 0
window.addEventListener('beforeprint', () => (begun += 1))

/** @returns false when no paper can have come */
export async function print({ position, waitMinutes, number }: Drawn, qr: string | null): Promise<boolean> {
  const now = localNow()
  const lines = position === null ? [] : Object.values(standingWords({ position, waitMinutes }))
  const picture = qr === null ? null : h('img', { src: qr, alt: '' })
  part('receipt').replaceChildren(
    h('p', { class: 'receipt-site' }, facts.site.name),
    h('p', { class: 'receipt-label' }, say('receipt.number')),
    h('p', { class: 'receipt-number' }, number),
    h('p', { class: 'receipt-time' }, `${dayOf(now)} ${now.slice(0, 4)} – ${timeOf(now)}`),
    ...lines.map((line) => h('p', { class: 'receipt-line' }, line)),
    ...(picture ? [picture, h('p', { class: 'receipt-small' }, say('receipt.follow'))] : []),
    h('p', { class: 'receipt-small' }, say('receipt.keep')),
  )
  part('receipt').lang = state.lang
  await picture?.decode().catch(() => undefined)
  const before = begun
  try {
    window.print()
  } catch {
    return false
  }
  return begun > before
}

/** The paper is out: nobody else shall find the number. */
export const clearReceipt = (): void => part('receipt').replaceChildren()
