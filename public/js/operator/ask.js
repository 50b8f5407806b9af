import { say } from '../words.js'
import { h } from './dom.js'
import { facts } from './facts.js'
import { choice, givenReason, group, option, question, reasonFields } from './question.js'
import { state } from './state.js'
import { clockTime } from './time.js'

/** @typedef {import('./question.js').Deliver} Deliver */
/** @typedef {import('./state.js').Ticket} Ticket */

const reasons = (name, count) => Array.from({ length: count }, (_, i) => say(`ask.${name}Reason${i + 1}`))

/** A question for a reason. @param {string} name of its words @param {number} suggestions how many there are */
const askReason =
  (name, suggestions) =>
  /** @param {Record<string, string>} values @param {Deliver} deliver */
  (values, deliver) =>
    question({
      title: say(`ask.${name}Title`, values),
      text: say(`ask.${name}Text`, values),
      send: say(`ask.${name}`, values),
      fields: reasonFields(reasons(name, suggestions)),
      answer: givenReason,
      deliver,
    })

export const askCallReason = askReason('call', 3)
export const askCancelReason = askReason('cancel', 2)
export const askUrgentReason = askReason('urgent', 3)
export const askPauseReason = askReason('pause', 3)

/** Why somebody is put aside, and whether this counter alone is to go on with them (D7). */
export const askParkReason = ({ number }, deliver) =>
  question({
    title: say('ask.parkTitle', { number }),
    text: say('ask.parkText'),
    send: say('ask.park'),
    fields: [
      ...reasonFields(reasons('park', 3)),
      h(
        'label.option',
        {},
        h('input', { type: 'checkbox', name: 'here', 'data-test': 'park-here' }),
        h('span', {}, say('ask.parkHere')),
      ),
    ],
    answer: (form) => {
      const given = givenReason(form)
      return typeof given === 'string' || form.get('here') === null ? given : { ...given, counter: facts.counter.id }
    },
    deliver,
  })

/** A question that is answered by yes or by going back. */
const askYes =
  (name) =>
  /** @param {Record<string, string>} values @param {Deliver} deliver */
  (values, deliver) =>
    question({
      title: say(`ask.${name}Title`, values),
      text: say(`ask.${name}Text`, values),
      send: say(`ask.${name}`),
      fields: [],
      answer: () => ({}),
      deliver,
    })

export const askClose = askYes('close')
export const askTakeOver = askYes('take')

/** Q5: whoever was called and not started has come, or has not. One key. @param {Ticket} ticket @param {Deliver} deliver */
export const askOutcome = ({ number }, deliver) =>
  choice({
    title: say('ask.outcomeTitle', { number }),
    text: say('ask.outcomeText'),
    options: [
      { value: 'done', label: say('ask.came'), key: say('keys.came') },
      { value: 'missed', label: say('ask.absent'), key: say('keys.missed') },
    ],
    deliver,
  })

/** Q8: what becomes of whoever is at the counter of one who signs out. @param {Ticket} ticket @param {Deliver} deliver */
export const askLeave = ({ number, status }, deliver) =>
  choice({
    title: say('ask.leaveTitle', { number }),
    text: say('ask.leaveText'),
    options: ['done', ...(status === 'called' ? ['missed'] : []), 'park'].map((value) => ({
      value,
      label: say(`do.${value}`),
      key: say(`keys.${value}`),
    })),
    deliver,
  })

/** Which of today's finished numbers goes on, and why (Q4). @param {Ticket[]} tickets latest first @param {Deliver} deliver */
export function askReopen(tickets, deliver) {
  const options = tickets.map(({ id, number, status, endedAt }) =>
    option(id, number, [number, say(`list.over.${status}`), endedAt && clockTime(endedAt)].filter(Boolean).join(' · ')),
  )
  return question({
    title: say('ask.reopenTitle'),
    text: say(tickets.length > 0 ? 'ask.reopenText' : 'ask.reopenNone'),
    send: say('ask.reopen'),
    fields: [
      h('fieldset.finished', {}, h('legend', {}, say('ask.reopenWhich')), ...options),
      ...reasonFields(reasons('reopen', 2)),
    ],
    answer: (form) => {
      const [id, given] = [form.get('to'), givenReason(form)]
      if (id === null) return say('ask.reopenChoose')
      return typeof given === 'string' ? given : { ticket: tickets.find((ticket) => ticket.id === id), ...given }
    },
    deliver,
  })
}

/**
 * To which service or counter.
 * @param {Ticket} ticket
 * @param {Deliver} deliver is given `{ to: { service } or { counter }, name }`
 */
export function askTarget(ticket, deliver) {
  const services = facts.services.filter(({ id }) => id !== ticket.service)
  const counters = (state.snapshot?.counters ?? []).filter(({ id, open }) => open && id !== ticket.counter)
  const names = new Map([
    ...services.map(({ id, name }) => [`service:${id}`, name]),
    ...counters.map(({ id, name }) => [`counter:${id}`, say('counter', { name })]),
  ])
  const options = (kind, list) => list.map(({ id }) => option(`${kind}:${id}`, id, names.get(`${kind}:${id}`)))
  const fields = [
    group(say('ask.toCounter'), options('counter', counters)),
    group(say('ask.toService'), options('service', services)),
  ].filter(Boolean)
  fields[0]?.querySelector('input')?.setAttribute('autofocus', '')
  return question({
    title: say('ask.transferTitle', ticket),
    text: say('ask.transferText'),
    send: say('ask.transfer'),
    fields,
    answer: (form) => {
      const chosen = /** @type {string | null} */ (form.get('to'))
      if (chosen === null) return say('ask.toChoose')
      const [kind, id] = chosen.split(':')
      return { to: { [kind]: id }, name: names.get(chosen) }
    },
    deliver,
  })
}
