import { say } from '../words.js'
import { h, show } from './dom.js'
import { facts, serviceName } from './facts.js'
import { state } from './state.js'
import { clockTime, minutesSince, minutesWords, timer } from './time.js'
import { counted, counterName, isAllowed, keyOf, ownCounter, situation, undoLeft } from './view.js'

const place = document.getElementById('visit')
const bar = document.getElementById('actions')

/** Who is at the counter now, and the buttons that the moment allows. */
export function showVisit() {
  const now = situation()
  show(place, ...(CARDS[now] ?? CARDS.visit)())
  show(bar, ...(now === 'closed' || now === 'taken' ? [openButton(now)] : buttons()))
}

const CARDS = {
  unknown: () => [],
  closed: () => [
    h('p.visit-state', {}, say('visit.closed')),
    h('p.visit-text', {}, say('visit.closedText')),
    h('fieldset.services', {}, h('legend', {}, say('visit.services')), ...facts.services.map(serviceBox)),
  ],
  taken: () => {
    const { operator, name } = ownCounter()
    return [
      h('p.visit-state', { 'data-foreign': true }, say('visit.taken', { operator, counter: name })),
      h('p.visit-text', {}, say('visit.takenText')),
    ]
  },
  free: () => [
    h('p.visit-state', {}, say('visit.none')),
    h('p.visit-text', { 'data-test': 'nobody' }, counted('visit.noneText', state.snapshot.waiting.length)),
  ],
  paused: () => [
    h('p.visit-state', {}, say('visit.paused')),
    h('p.visit-text', { 'data-foreign': true, 'data-test': 'paused' }, ownCounter().pauseReason),
  ],
  visit: () => presentVisit(ownCounter().ticket),
}

const serviceBox = ({ id, name }) =>
  h(
    'label.option',
    {},
    h('input', { type: 'checkbox', name: 'services', value: id, checked: true }),
    h('span', {}, name),
  )

/** @param {import('./state.js').Ticket} ticket */
function presentVisit(ticket) {
  const isServing = ticket.status === 'serving'
  const why = ticket.reason
    ? say('visit.chosen', { reason: ticket.reason })
    : say('visit.why', { why: say(`class.${ticket.class}`) })
  return [
    h(
      'p.visit-head',
      {},
      h('span', { class: `visit-state is-${ticket.status}` }, say(`visit.${ticket.status}`)),
      h('span.visit-times', { 'data-test': 'times' }, say('visit.times', { count: ticket.times })),
    ),
    h(
      'p.visit-line',
      {},
      h('strong.visit-number', { 'data-test': 'number' }, ticket.number),
      h(
        'span.visit-timer',
        {},
        h('span', {}, say(isServing ? 'visit.servingFor' : 'visit.calledFor')),
        h('strong', { role: 'timer', 'data-test': 'timer' }, timer(isServing ? ticket.startedAt : ticket.calledAt)),
      ),
    ),
    h('p.visit-service', {}, serviceName(ticket.service)),
    h('p.visit-why', { 'data-test': 'why', 'data-foreign': Boolean(ticket.reason) }, why),
    h('p.visit-wait', {}, waitOf(ticket)),
    ticket.urgentReason &&
      h('p.visit-why', { 'data-foreign': true }, say('visit.urgent', { reason: ticket.urgentReason })),
    ownCounter().paused &&
      h('p.visit-why', { 'data-foreign': true }, say('visit.pausedAfter', { reason: ownCounter().pauseReason })),
  ]
}

function waitOf(ticket) {
  const waited = Math.max(0, Math.floor((Date.parse(ticket.calledAt) - Date.parse(ticket.joinedAt)) / 60_000))
  return [
    ticket.start && say('list.booked', { time: clockTime(ticket.start) }),
    say('list.arrived', { time: clockTime(ticket.checkedInAt ?? ticket.joinedAt) }),
    say('visit.waited', { minutes: minutesWords(waited) }),
  ]
    .filter(Boolean)
    .join(' · ')
}

/**
 * A button of the keyboard: its letter is written on it. It keeps the focus when it may not be pressed.
 * @param {string} action @param {{ look?: string, label?: string, also?: Node | null }} [how]
 */
export function button(action, { look = '', label = say(`do.${action}`), also = null } = {}) {
  const attributes = {
    type: 'button',
    class: `button ${look}`,
    'data-do': action,
    'data-key': action,
    'data-test': action,
    'aria-disabled': isAllowed(action) ? null : 'true',
    'aria-keyshortcuts': state.shortcuts ? keyOf(action) : null,
  }
  return h('button', attributes, h('span', {}, label), also, h('kbd', { 'aria-hidden': 'true' }, keyOf(action)))
}

const openButton = (now) =>
  button('counter', { look: 'button-main button-wide', label: say(now === 'closed' ? 'do.open' : 'do.take') })

function buttons() {
  const isServing = situation() === 'serving'
  const isLastCall = situation() === 'called' && ownCounter().ticket.times >= 3
  return [
    button('next', { look: 'button-main button-wide' }),
    button('start', { look: situation() === 'called' ? 'button-strong' : '' }),
    button('done', { look: isServing ? 'button-strong' : '' }),
    button('recall'),
    button('missed'),
    button('park'),
    button('transfer'),
    isLastCall && h('p.actions-note', { 'data-key': 'last-call' }, say('visit.lastCall')),
    undoButton(),
    button('pause', { look: 'button-quiet', label: say(ownCounter()?.paused ? 'do.resume' : 'do.pause') }),
    button('counter', { look: 'button-quiet', label: say('do.close') }),
  ]
}

function undoButton() {
  const left = undoLeft()
  const { what, number } = state.undo ?? {}
  const label = left > 0 ? say(`undo.${what}`, { number }) : say('undo.none')
  const also = left > 0 ? h('span.undo-left', { 'data-test': 'undo-left' }, say('undo.left', { seconds: left })) : null
  return button('undo', { look: `button-wide button-undo ${left > 0 ? 'is-on' : ''}`, label, also })
}

/** Of the boxes ticked when opening; null: whatever the site offers. @returns {string[] | null} */
export function chosenServices() {
  const boxes = [...place.querySelectorAll('input[name=services]')]
  const chosen = boxes.filter(({ checked }) => checked).map(({ value }) => value)
  return chosen.length === boxes.length || chosen.length === 0 ? null : chosen
}

/** Others' counters, beside the own. */
export function showCounters() {
  const counters = state.snapshot?.counters.filter(({ id }) => id !== facts.counter.id) ?? []
  const list = h('ul.counters', {}, ...counters.map(otherCounter))
  show(document.getElementById('counters'), counters.length > 0 ? list : h('p.soft', {}, say('counters.none')))
}

function otherCounter({ id, open, operator, ticket, paused, pauseReason }) {
  const minutes = ticket && minutesWords(minutesSince(ticket.startedAt ?? ticket.calledAt))
  const what = !open
    ? say('counters.closed')
    : !ticket
      ? paused
        ? say('counters.paused', { reason: pauseReason })
        : say('counters.free')
      : say(`counters.${ticket.status}`, { minutes })
  return h(
    'li',
    { 'data-key': id, 'data-test': `counter-${id}`, class: open ? 'counter is-open' : 'counter' },
    h('span.counter-name', {}, say('counters.name', { name: counterName(id) })),
    h('strong.counter-number', {}, ticket?.number ?? '–'),
    h('span.counter-what', {}, what, operator ? h('span', { 'data-foreign': true }, ` · ${operator}`) : null),
  )
}
