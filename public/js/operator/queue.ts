import type { WaitingTicket } from '../../../src/queue/queue.shape.js'
import { timeOf } from '../kit/clock.js'
import { type Child, h } from '../kit/element.js'
import { byId } from '../kit/page.js'
import { serviceName } from './facts.js'
import { show } from './show.js'
import { state, type Ticket } from './state.js'
import { minutesSince, minutesWords } from './time.js'
import { canCall, counted, counterName, isForHere, isKnownHere, ownCounter } from './view.js'
import { say } from './words.js'

const place = byId('queue')

/** Who waits, in call order, and who was put aside. */
export function showQueue(): void {
  if (state.snapshot === null) return
  const { waiting, parked, missed } = state.snapshot
  show(
    place,
    h('h2.list-title', { 'data-key': 'waiting-title' }, counted('list.waiting', waiting.length)),
    waiting.length === 0 && emptyQueue(),
    h('ol.lines', { 'data-key': 'waiting', 'data-test': 'list-waiting' }, ...rowsOf(waiting)),
  )
  const isAnybody = parked.length + missed.length > 0
  byId('aside-panel').hidden = !isAnybody
  show(byId('aside'), ...aside('parked', parked), ...aside('missed', missed))
}

const emptyQueue = () =>
  h(
    'div.empty',
    { 'data-key': 'empty', 'data-test': 'empty' },
    h('p.empty-title', {}, say('list.empty')),
    h('p', {}, say('list.emptyText')),
  )

/** What each row was made of when it was shown last: on a full day most of two hundred stay as they are. */
let shown = new Map<string, string>()

function rowsOf(waiting: readonly WaitingTicket[]): HTMLElement[] {
  const first = waiting.find(isForHere)
  const before = shown
  shown = new Map()
  return waiting.map((ticket) => {
    const isFirst = ticket === first
    const made = JSON.stringify([ticket, isFirst, state.openRow === ticket.id, canCall(), waitWords(ticket)])
    shown.set(ticket.id, made)
    return before.get(ticket.id) === made ? h('li', { 'data-key': ticket.id, 'data-same': true }) : row(ticket, isFirst)
  })
}

function row(ticket: WaitingTicket, isFirst: boolean): HTMLElement {
  const isOpen = state.openRow === ticket.id
  return h(
    'li.line',
    { 'data-key': ticket.id, 'data-test': `row-${ticket.number}`, class: rowLook(ticket, isFirst) },
    h(
      'div.line-head',
      {},
      h('strong.line-number', {}, ticket.number),
      isFirst && h('span.tag.tag-first', {}, say('list.first')),
    ),
    h(
      'div.line-text',
      {},
      h(
        'p.line-what',
        {},
        h('span.tag', { class: `tag tag-${ticket.class}` }, say(`class.${ticket.class}`)),
        h('span.line-service', {}, serviceName(ticket.service)),
      ),
      h('p.line-wait', {}, waitWords(ticket)),
      ticket.urgentReason && h('p.line-why', { 'data-foreign': true }, ticket.urgentReason),
    ),
    h('div.line-actions', {}, callButton(ticket), moreButton(ticket, isOpen)),
    isOpen && moreActions(ticket),
  )
}

const rowLook = (ticket: Ticket, isFirst: boolean): string =>
  `line${isFirst ? ' is-first' : ''}${isForHere(ticket) ? '' : ' is-elsewhere'}`

function waitWords(ticket: WaitingTicket): string {
  const { start, checkedInAt, joinedAt, estimate, forCounter, givesWayUntil } = ticket
  const place = forCounter === undefined ? null : forCounter === ownCounter()?.id ? 'forThis' : 'forOther'
  return [
    start && say('list.booked', { time: timeOf(start) }),
    say('list.arrived', { time: timeOf(checkedInAt ?? joinedAt) }),
    say('list.waits', { minutes: minutesWords(minutesSince(joinedAt)) }),
    estimate ? say('list.estimate', { low: estimate[0], high: estimate[1] }) : say('list.noEstimate'),
    place && say(`list.${place}`, { counter: counterName(forCounter) }),
    !place && !isForHere(ticket) && say('list.notHere'),
    givesWayUntil && say('list.givesWay', { time: timeOf(givesWayUntil) }),
  ]
    .filter(Boolean)
    .join(' · ')
}

interface Look {
  label?: string
  sign?: string
  name?: string
  [attribute: `aria-${string}`]: string | null
}

type Step = 'call' | 'more' | 'park' | 'transfer' | 'urgent' | 'left' | 'return'

const small = (
  action: Step,
  { id, number }: Ticket,
  { label = say(`do.${action}`), sign = label, name = `${label} ${number}`, ...more }: Look = {},
): HTMLElement =>
  h(
    'button.button.button-small',
    { type: 'button', 'data-do': `row-${action}`, 'data-id': id, 'data-test': action, 'aria-label': name, ...more },
    sign,
  )

const callButton = (ticket: Ticket): HTMLElement =>
  small('call', ticket, { name: say('list.callOf', ticket), 'aria-disabled': canCall() ? null : 'true' })

const moreButton = (ticket: Ticket, isOpen: boolean): HTMLElement =>
  small('more', ticket, { sign: '⋯', name: say('list.more', ticket), 'aria-expanded': isOpen ? 'true' : 'false' })

const moreActions = (ticket: WaitingTicket): HTMLElement =>
  h(
    'div.line-more',
    { 'data-test': 'row-more' },
    h('p.line-why', {}, say(`why.${ticket.class}`)),
    small('park', ticket),
    small('transfer', ticket),
    ticket.class !== 'urgent' && small('urgent', ticket),
    small('left', ticket),
  )

function asideWords({ joinedAt, parkReason, counter, forCounter }: Ticket): string {
  const place = forCounter ?? counter
  return [
    parkReason,
    place && say('counter', { name: counterName(place) }),
    say('list.waits', { minutes: minutesWords(minutesSince(joinedAt)) }),
  ]
    .filter(Boolean)
    .join(' · ')
}

function aside(name: 'parked' | 'missed', tickets: readonly Ticket[]): Child[] {
  if (tickets.length === 0) return []
  const rows = tickets.map((ticket) =>
    h(
      'li.line.line-aside',
      { 'data-key': ticket.id, 'data-test': `row-${ticket.number}` },
      h('strong.line-number', {}, ticket.number),
      h(
        'div.line-text',
        {},
        h('p.line-what', {}, h('span.line-service', {}, serviceName(ticket.service))),
        h('p.line-wait', {}, asideWords(ticket)),
      ),
      h(
        'div.line-actions',
        {},
        isKnownHere(ticket) && callButton(ticket),
        small('return', ticket, { name: say('list.returnOf', ticket) }),
      ),
    ),
  )
  return [
    h('h2', { 'data-key': `${name}-title` }, say(`list.${name}`, { count: tickets.length })),
    h('ul.lines', { 'data-key': name, 'data-test': `list-${name}` }, ...rows),
  ]
}
