import type { CounterView } from '../../../src/queue/queue.shape.js'
import { timeOf } from '../kit/clock.js'
import { type Child, h } from '../kit/element.js'
import { byId } from '../kit/page.js'
import { facts, serviceName } from './facts.js'
import { show } from './show.js'
import { state, type Ticket } from './state.js'
import { minutesWords, timer } from './time.js'
import { type Action, counted, isAllowed, keyOf, ownCounter, type Situation, situation, undoLeft } from './view.js'
import { say } from './words.js'

const place = byId('visit')
const bar = byId('actions')

/** Who is at the counter now, and the buttons that the moment allows. */
export function showVisit(): void {
  const now = situation()
  const counter = ownCounter()
  show(place, ...(counter ? CARDS[now](counter) : []))
  show(bar, ...(now === 'closed' || now === 'taken' ? [openButton(now)] : buttons()))
}

const CARDS: Record<Situation, (counter: CounterView) => Child[]> = {
  unknown: () => [],
  closed: () => [
    h('p.visit-state', {}, say('visit.closed')),
    h('p.visit-text', {}, say('visit.closedText')),
    h('fieldset.services', {}, h('legend', {}, say('visit.services')), ...facts.services.map(serviceBox)),
  ],
  taken: ({ operator, name }) => [
    h('p.visit-state', { 'data-foreign': true }, say('visit.taken', { operator, counter: name })),
    h('p.visit-text', {}, say('visit.takenText')),
  ],
  free: () => [
    h('p.visit-state', {}, say('visit.none')),
    h('p.visit-text', { 'data-test': 'nobody' }, counted('visit.noneText', state.snapshot?.waiting.length ?? 0)),
  ],
  paused: ({ pauseReason }) => [
    h('p.visit-state', {}, say('visit.paused')),
    h('p.visit-text', { 'data-foreign': true, 'data-test': 'paused' }, pauseReason),
  ],
  called: (counter) => presentVisit(counter),
  serving: (counter) => presentVisit(counter),
}

const serviceBox = ({ id, name }: { id: string; name: string }): HTMLElement =>
  h(
    'label.option',
    {},
    h('input', { type: 'checkbox', name: 'services', value: id, checked: true }),
    h('span', {}, name),
  )

function presentVisit({ ticket, paused, pauseReason }: CounterView): Child[] {
  if (!ticket) return []
  const status = ticket.status === 'serving' ? 'serving' : 'called'
  const isServing = status === 'serving'
  const why = ticket.reason
    ? say('visit.chosen', { reason: ticket.reason })
    : say('visit.why', { why: ticket.class ? say(`class.${ticket.class}`) : '' })
  return [
    h(
      'p.visit-head',
      {},
      h('span', { class: `visit-state is-${status}` }, say(`visit.${status}`)),
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
        h(
          'strong',
          { role: 'timer', 'data-test': 'timer' },
          timer((isServing ? ticket.startedAt : ticket.calledAt) ?? ''),
        ),
      ),
    ),
    h('p.visit-service', {}, serviceName(ticket.service)),
    h('p.visit-why', { 'data-test': 'why', 'data-foreign': Boolean(ticket.reason) }, why),
    h('p.visit-wait', {}, waitOf(ticket)),
    ticket.urgentReason &&
      h('p.visit-why', { 'data-foreign': true }, say('visit.urgent', { reason: ticket.urgentReason })),
    paused && h('p.visit-why', { 'data-foreign': true }, say('visit.pausedAfter', { reason: pauseReason })),
  ]
}

function waitOf(ticket: Ticket): string {
  const waited = Math.max(0, Math.floor((Date.parse(ticket.calledAt ?? '') - Date.parse(ticket.joinedAt)) / 60_000))
  return [
    ticket.start && say('list.booked', { time: timeOf(ticket.start) }),
    say('list.arrived', { time: timeOf(ticket.checkedInAt ?? ticket.joinedAt) }),
    say('visit.waited', { minutes: minutesWords(waited) }),
  ]
    .filter(Boolean)
    .join(' · ')
}

interface Look {
  look?: string
  label?: string
  also?: Node | null
}

/** What a button says where the moment does not decide: the name of its action. */
const labelOf = (action: Exclude<Action, 'counter'>): string => say(`do.${action}`)

/** A button of the keyboard: its letter is written on it. It keeps the focus when it may not be pressed. */
function button(action: Action, { look = '', label = '', also = null }: Look = {}): HTMLElement {
  const text = label === '' && action !== 'counter' ? labelOf(action) : label
  const attributes = {
    type: 'button',
    class: `button ${look}`,
    'data-do': action,
    'data-key': action,
    'data-test': action,
    'aria-disabled': isAllowed(action) ? null : 'true',
    'aria-keyshortcuts': state.shortcuts ? keyOf(action) : null,
  }
  return h('button', attributes, h('span', {}, text), also, h('kbd', { 'aria-hidden': 'true' }, keyOf(action)))
}

const openButton = (now: 'closed' | 'taken'): HTMLElement =>
  button('counter', { look: 'button-main button-wide', label: say(now === 'closed' ? 'do.open' : 'do.take') })

function buttons(): Child[] {
  const isServing = situation() === 'serving'
  const isLastCall = situation() === 'called' && (ownCounter()?.ticket?.times ?? 0) >= 3
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

function undoButton(): HTMLElement {
  const left = undoLeft()
  const { undo } = state
  const label = undo && left > 0 ? say(`undo.${undo.what}`, { number: undo.number }) : say('undo.none')
  const also = left > 0 ? h('span.undo-left', { 'data-test': 'undo-left' }, say('undo.left', { seconds: left })) : null
  return button('undo', { look: `button-wide button-undo ${left > 0 ? 'is-on' : ''}`, label, also })
}

/** Of the boxes ticked when opening; null: whatever the site offers. */
export function chosenServices(): string[] | null {
  const boxes = [...place.querySelectorAll<HTMLInputElement>('input[name=services]')]
  const chosen = boxes.filter(({ checked }) => checked).map(({ value }) => value)
  return chosen.length === boxes.length || chosen.length === 0 ? null : chosen
}
