/** The number, as large as the screen allows. */
import { h } from './place.js'
import { clearReceipt, hasPrinter, print, qrOf } from './receipt.js'
import { onChange, reset, state } from './state.js'
import { say, standingWords } from './words.js'

/** The ticket whose paper is out, or on its way: it is printed once, whatever is shown again. */
let printed = null
let qr = null

onChange(() => {
  const { ticket } = state
  if (ticket === null && printed !== null) clearReceipt()
  if (ticket?.token === printed) return
  printed = ticket?.token ?? null
  qr = null
  if (ticket) void bringOut(ticket)
})

async function bringOut(ticket) {
  const picture = await qrOf(ticket)
  if (state.ticket !== ticket) return
  qr = picture
  document.querySelector('[data-qr]')?.replaceChildren(...qrParts())
  await print(ticket, picture)
}

const qrParts = () => (qr ? [h('img', { src: qr, alt: say('ticket.qrAlt') }), h('p', {}, say('ticket.qr'))] : [])

export function ticketStep() {
  const { ticket } = state
  const { number, status, position, isAgain } = ticket
  const waits = status === 'waiting' && position !== null
  const { ahead, wait } = waits ? standingWords(ticket) : {}
  return h(
    'div',
    { class: 'kiosk-ticket', 'data-test': 'ticket' },
    h(
      'h1',
      { tabindex: '-1' },
      h('span', { class: 'kiosk-ticket-label' }, say('ticket.heading')),
      ' ',
      h('span', { class: 'kiosk-number', 'data-test': 'number' }, number),
    ),
    h(
      'div',
      { class: 'kiosk-ticket-more' },
      h(
        'div',
        { class: 'kiosk-ticket-words' },
        isAgain ? h('p', { 'data-test': 'again' }, say('ticket.again')) : null,
        waits ? h('p', { class: 'kiosk-ticket-ahead', 'data-test': 'ahead' }, ahead) : h('p', {}, say('ticket.called')),
        waits ? h('p', { 'data-test': 'wait' }, wait) : null,
        h('p', {}, say(hasPrinter() ? 'ticket.take' : 'ticket.look')),
      ),
      h('div', { class: 'kiosk-qr', 'data-qr': true }, ...qrParts()),
    ),
    h(
      'div',
      { class: 'kiosk-actions' },
      h('button', { type: 'button', class: 'kiosk-button', onclick: reset, 'data-test': 'done' }, say('ticket.done')),
    ),
  )
}
