/** The number, as large as the screen allows, and its paper. */
import { takeNext } from './draw.js'
import { hurry, stay } from './idle.js'
import { forgetTicket, keepTicket } from './kept-ticket.js'
import { h } from './place.js'
import { tellPrinter } from './printer.js'
import { clearReceipt, hasPrinter, print, qrOf } from './receipt.js'
import { onChange, reset, set, state } from './state.js'
import { say, standingWords } from './words.js'

/** The ticket on the screen: its paper comes once by itself, whatever is shown again. */
let shown = null
let qr = null
let isHurried = false
/** How the last paper went; null: none was asked for. @type {boolean | null} */
let isOut = null

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

function leave() {
  clearReceipt()
  forgetTicket()
  if (isOut) tellPrinter(true)
  isOut = null
  // Once the start is shown: then the next number comes as any other.
  queueMicrotask(takeNext)
}

async function bringOut(ticket) {
  const picture = await qrOf(ticket)
  if (state.ticket !== ticket) return
  qr = picture
  document.querySelector('[data-qr]')?.replaceChildren(...qrParts())
  // After a reload nobody knows whether the paper came: the person does, and has a button for it.
  if (!ticket.isPrinted) await printOut(ticket)
}

/** Kept as printed before it is: a page that is reloaded in the middle must not print twice. */
async function printOut(ticket) {
  if (!hasPrinter()) return
  keepTicket({ ticket, lang: state.lang, isPrinted: true })
  isOut = (await print(ticket, qr)) && state.paper === null
  if (isOut) return
  tellPrinter(false)
  if (state.ticket === ticket && state.paper === null) set({ paper: 'failed' })
}

/** Who asks for paper again has none: staff hears of it. */
function printAgain() {
  stay()
  set({ paper: 'again' })
  void printOut(state.ticket)
}

const qrParts = () => (qr ? [h('img', { src: qr, alt: say('ticket.qrAlt') }), h('p', {}, say('ticket.qr'))] : [])

const line = (text, props = {}) => h('p', props, text)

const button = (text, props) => h('button', { type: 'button', class: 'kiosk-button', ...props }, text)

/** What has become of the number before, where there was one (W1). */
function againWords({ isAgain, found }) {
  const key = { missed: 'ticket.backAgain', left: 'ticket.newNumber', parked: 'ticket.parked' }[found]
  return key ?? (isAgain ? 'ticket.again' : null)
}

function words({ status, position, number, ...ticket }) {
  const waits = status === 'waiting' && position !== null
  const said = againWords(ticket)
  const { ahead, wait } = waits ? standingWords(state.ticket) : {}
  return [
    said ? line(say(said), { 'data-test': 'again' }) : null,
    waits ? line(ahead, { class: 'kiosk-ticket-ahead', 'data-test': 'ahead' }) : null,
    waits || status === 'parked' ? null : line(say('ticket.called')),
    waits ? line(wait, { 'data-test': 'wait' }) : null,
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

export function ticketStep() {
  const { ticket } = state
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
