import { h } from '../kit/element.js'
import { press } from './api.js'
import { refresh } from './connection.js'
import { facts } from './facts.js'
import { state } from './state.js'
import { say } from './words.js'

/** Somebody has no ticket in the hand: their number stood on the kiosk's screen alone. */
export function printerBanner(): HTMLElement | null {
  const failedAt = state.snapshot?.printerFailedAt
  if (!failedAt) return null
  const works = { type: 'button', 'data-do': 'printer-works', 'data-test': 'printer-works' }
  return h(
    'p.banner',
    { 'data-test': 'printer' },
    `${say('printer.failed', { time: failedAt.slice(11, 16) })} `,
    h('button.banner-button', works, say('printer.works')),
  )
}

/** Paper is in it again. */
export async function printerWorks(): Promise<void> {
  await press(`/sites/${facts.site}/printer`, { works: true }).catch(() => undefined)
  await refresh()
}
