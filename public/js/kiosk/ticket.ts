/** The number, as large as the screen allows, and its paper. */
import { h } from '../kit/element.js'
import { takeNext } from './draw.js'
import { hurry, stay } from './idle.js'
import { forgetTicket, keepTicket } from './kept-ticket.js'
import { tellPrinter } from './printer.js'
import { clearReceipt, hasPrinter, print, qrOf } from './receipt.js'
import { type Drawn, type Key, onChange, reset, set, state } from './state.js'
import { say, standingWords } from './words.js'

/** The ticket on the screen: its paper comes once by itself, whatever is shown again. */
let shown: string | null = null
let qr: string | null = null
let isHurried = false
/** How the last paper went; null: none was asked for. */
let isOut: boolean | null = null

onChange(() => {
  const { ticket, hasNext } = state
  if (hasNext && !isHurried) hurry()
  isHurried = hasNext
  if (ticket?.token === shown) return
  const isTaken = shown !== null && ticket === null
  shown = ticket?.token ?? null
  qr = null
  if (isTaken) leave()
  if (ticket) void bringOut(ticket)
})

function leave(): void {
  clearReceipt()
  forgetTicket()
  if (isOut) tellPrinter(true)
  isOut = null
  // Once the start is shown: then the next number comes as any other.
  queueMicrotask(takeNext)
}

async function bringOut(ticket: Drawn): Promise<void> {
  const picture = await qrOf(ticket)
  if (state.ticket !== ticket) return
  qr = picture
  document.querySelector('[data-qr]')?.replaceChildren(...qrParts())
  // After a reload nobody knows whether the paper came: the person does, and has a button for it.
  if (!ticket.isPrinted) await printOut(ticket)
}

/** Kept as printed before it is: a page that is reloaded in the middle must not print twice. */
async function printOut(ticket: Drawn): Promise<void> {
  if (!hasPrinter()) return
  keepTicket({ ticket, lang: state.lang, isPrinted: true })
  isOut = (await print(ticket, qr)) && state.paper === null
  if (isOut) return
  tellPrinter(false)
  if (state.ticket === ticket && state.paper === null) set({ paper: 'failed' })
}

/** Who asks for paper again has none: staff hears of it. */
function printAgain(): void {
  const { ticket } = state
  if (!ticket) return
  stay()
  set({ paper: 'again' })
  void printOut(ticket)
}

const qrParts = () => (qr ? [h('img', { src: qr, alt: say('ticket.qrAlt') }), h('p', {}, say('ticket.qr'))] : [])

const line = (text: string, props = {}) => h('p', props, text)

const button = (text: string, props: object) => h('button', { type: 'button', class: 'kiosk-button', ...props }, text)

/** What has become of the number before, where there was one (W1). */
const FOUND: Record<string, Key> = { missed: 'ticket.backAgain', left: 'ticket.newNumber', parked: 'ticket.parked' }

function againWords({ isAgain, found }: Drawn): Key | null {
  return FOUND[found ?? ''] ?? (isAgain ? 'ticket.again' : null)
}

function words(ticket: Drawn) {
  const { status, position, number, waitMinutes } = ticket
  const standing = status === 'waiting' && position !== null ? standingWords({ position, waitMinutes }) : null
  const said = againWords(ticket)
  return [
    said ? line(say(said), { 'data-test': 'again' }) : null,
    standing && line(standing.ahead, { class: 'kiosk-ticket-ahead', 'data-test': 'ahead' }),
    standing || status === 'parked' ? null : line(say('ticket.called')),
    standing && line(standing.wait, { 'data-test': 'wait' }),
    state.paper
      ? line(say(`ticket.paper.${state.paper}`, { number }), {
          class: 'kiosk-wrong',
          role: 'alert',
          'data-test': 'paper',
        })
      : line(say(hasPrinter() ? 'ticket.take' : 'ticket.look')),
    state.hasNext ? line(say('ticket.next'), { role: 'status', 'data-test': 'next' }) : null,
  ]
}

export function ticketStep(): HTMLElement {
  const { ticket } = state
  return ticket ? stepOf(ticket) : h('div')
}

function stepOf(ticket: Drawn): HTMLElement {
  const again = { class: 'kiosk-button kiosk-button-plain', onclick: printAgain, 'data-test': 'print-again' }
  return h(
    'div',
    { class: 'kiosk-ticket', 'data-test': 'ticket' },
    h(
      'h1',
      { tabindex: '-1' },
      h('span', { class: 'kiosk-ticket-label' }, say('ticket.heading')),
      ' ',
      h('span', { class: 'kiosk-number', 'data-test': 'number' }, ticket.number),
    ),
    h(
      'div',
      { class: 'kiosk-ticket-more' },
      h('div', { class: 'kiosk-ticket-words' }, ...words(ticket)),
      h('div', { class: 'kiosk-qr', 'data-qr': true }, ...qrParts()),
    ),
    h(
      'div',
      { class: 'kiosk-actions' },
      hasPrinter() ? button(say('ticket.printAgain'), again) : null,
      button(say('ticket.done'), { onclick: reset, 'data-test': 'done' }),
    ),
  )
}
