import type { TicketStatus } from '../../../src/queue/queue.shape.js'
import type { Problem } from '../kit/api.js'
import { timeOf } from '../kit/clock.js'
import { h } from '../kit/element.js'
import { byId, find } from '../kit/page.js'
import { act, faultWords, whenIdle } from './act.js'
import { press, Refused } from './api.js'
import { facts } from './facts.js'
import { show } from './show.js'
import { type Issued, set, state } from './state.js'
import { dayWords } from './time.js'
import { counted } from './view.js'
import { type Key, say } from './words.js'

const codeForm = byId('check-in')
const code = find(HTMLInputElement, '#code')
const codeFault = byId('code-error')

/** A number that was given, and what had become of the person's one before (W1). */
export interface Given {
  ticket: Issued
  found?: TicketStatus | null
}

export const focusCode = (): void => code.select()

/**
 * Who has a booking is here (W1). Again: the same ticket, and it is said so.
 * @param typed code, link or what the QR holds
 */
export async function checkIn(typed: string): Promise<string> {
  let refused = ''
  await act(async () => {
    try {
      const { ticket, found } = await press<Given>(`/sites/${facts.site}/check-ins`, { code: typed })
      const words = FOUND[found ?? ''] ?? (found ? 'said.there' : 'said.issued')
      return { text: say(words, ticket), issued: ticket }
    } catch (cause) {
      refused = arrivalWords(cause)
      throw cause
    }
  })
  return refused
}

const FOUND: Record<string, Key> = { missed: 'said.backAgain', left: 'said.newAgain' }

export const problemOf = (cause: unknown): Partial<Problem> => (cause instanceof Refused ? cause.problem : {})

/** What the general sentence does not say: which day it is for, and that a code is no address. */
function arrivalWords(cause: unknown): string {
  const { code: why, start } = problemOf(cause)
  if (why === 'not-found') return say('arrivals.unknown')
  if (why !== 'wrong-day' || typeof start !== 'string') return faultWords(cause)
  return say('arrivals.wrongDay', { when: whenWords(start) })
}

export const whenWords = (start: string): string => `${dayWords(start.slice(0, 10))}, ${timeOf(start)}`

/** The last ticket given here: its number is read out, or printed. */
export function showIssued(): void {
  const { issued } = state
  show(byId('issued'), issued && ticketCard(issued))
}

function ticketCard({ id, number, position, waitMinutes }: Issued): HTMLElement {
  const words = [
    position === null ? null : counted('arrivals.ahead', position - 1),
    waitMinutes && say('list.estimate', { low: waitMinutes[0], high: waitMinutes[1] }),
  ]
  return h(
    'div.issued',
    {},
    h('strong.issued-number', { 'data-test': 'issued-number' }, number),
    h('span.issued-words', {}, words.filter(Boolean).join(' · ')),
    h(
      'a.button.button-second',
      { href: `/operatore/numero/${id}`, target: '_blank', rel: 'noopener', 'data-test': 'print' },
      say('do.print'),
    ),
  )
}

/** Codes are taken one after the other, however fast they are scanned. */
let line: Promise<unknown> = Promise.resolve()

/** A scanner ends the code with Enter; the field is ready for the next at once. */
function takeCode(event: Event): void {
  event.preventDefault()
  const typed = code.value.trim()
  code.value = ''
  codeFault.textContent = typed === '' ? say('arrivals.none') : ''
  if (typed !== '') line = line.then(() => arrive(typed))
}

async function arrive(typed: string): Promise<void> {
  await whenIdle()
  const refused = await checkIn(typed)
  codeFault.textContent = refused
  code.removeAttribute('aria-invalid')
  if (refused === '') return
  // Said where it was typed, and only once; what was typed is there to be corrected.
  set({ message: null })
  code.setAttribute('aria-invalid', 'true')
  if (code.value === '') code.value = typed
  if (document.activeElement === code) code.select()
}

/** Listens to the code's field. */
export function takeArrivals(): void {
  codeForm.addEventListener('submit', takeCode)
}
