import type { CounterView } from '../../../src/queue/queue.shape.js'
import { h } from '../kit/element.js'
import { byId } from '../kit/page.js'
import { facts } from './facts.js'
import { show } from './show.js'
import { state } from './state.js'
import { minutesSince, minutesWords } from './time.js'
import { counterName } from './view.js'
import { say } from './words.js'

/** Others' counters, beside the own. */
export function showCounters(): void {
  const counters = state.snapshot?.counters.filter(({ id }) => id !== facts.counter.id) ?? []
  const list = h('ul.counters', {}, ...counters.map(otherCounter))
  show(byId('counters'), counters.length > 0 ? list : h('p.soft', {}, say('counters.none')))
}

function counterWords({ open, ticket, paused, pauseReason }: CounterView): string {
  if (!open) return say('counters.closed')
  if (!ticket) return paused ? say('counters.paused', { reason: pauseReason }) : say('counters.free')
  const minutes = minutesWords(minutesSince(ticket.startedAt ?? ticket.calledAt ?? ''))
  return say(ticket.status === 'serving' ? 'counters.serving' : 'counters.called', { minutes })
}

function otherCounter(counter: CounterView): HTMLElement {
  const { id, open, operator, ticket } = counter
  return h(
    'li',
    { 'data-key': id, 'data-test': `counter-${id}`, class: open ? 'counter is-open' : 'counter' },
    h('span.counter-name', {}, say('counters.name', { name: counterName(id) })),
    h('strong.counter-number', {}, ticket?.number ?? '–'),
    h(
      'span.counter-what',
      {},
      counterWords(counter),
      operator ? h('span', { 'data-foreign': true }, ` · ${operator}`) : null,
    ),
  )
}
