import { timeOf } from '../kit/clock.js'
import { h } from '../kit/element.js'
import { facts } from './facts.js'
import {
  choice,
  type Deliver,
  givenReason,
  group,
  option,
  question,
  type Reason,
  reasonFields,
  textOf,
} from './question.js'
import { state, type Ticket } from './state.js'
import { say } from './words.js'

/** A question for a reason, with common ones. */
const askReason =
  (name: 'call' | 'cancel' | 'urgent' | 'pause', reasons: readonly string[]) =>
  (values: object, deliver: Deliver<Reason>): Promise<boolean> =>
    question({
      title: say(`ask.${name}Title`, values),
      text: say(`ask.${name}Text`, values),
      send: say(`ask.${name}`, values),
      fields: reasonFields(reasons),
      answer: givenReason,
      deliver,
    })

const three = (name: 'call' | 'urgent' | 'pause' | 'park'): string[] => [
  say(`ask.${name}Reason1`),
  say(`ask.${name}Reason2`),
  say(`ask.${name}Reason3`),
]
const two = (name: 'cancel' | 'reopen'): string[] => [say(`ask.${name}Reason1`), say(`ask.${name}Reason2`)]

export const askCallReason = askReason('call', three('call'))
export const askCancelReason = askReason('cancel', two('cancel'))
export const askUrgentReason = askReason('urgent', three('urgent'))
export const askPauseReason = askReason('pause', three('pause'))

/** Why somebody is put aside, and whether this counter alone is to go on with them (D7). */
export const askParkReason = ({ number }: Ticket, deliver: Deliver<Reason & { counter?: string }>): Promise<boolean> =>
  question({
    title: say('ask.parkTitle', { number }),
    text: say('ask.parkText'),
    send: say('ask.park'),
    fields: [
      ...reasonFields(three('park')),
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
  (name: 'close' | 'take') =>
  (values: object, deliver: () => Promise<string>): Promise<boolean> =>
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

/** Q5: whoever was called and not started has come, or has not. One key. */
export const askOutcome = ({ number }: Ticket, deliver: Deliver<'done' | 'missed'>): Promise<boolean> =>
  choice({
    title: say('ask.outcomeTitle', { number }),
    text: say('ask.outcomeText'),
    options: [
      { value: 'done', label: say('ask.came'), key: say('keys.came') },
      { value: 'missed', label: say('ask.absent'), key: say('keys.missed') },
    ],
    deliver,
  })

/** Q8: what becomes of whoever is at the counter of one who signs out. */
export const askLeave = ({ number, status }: Ticket, deliver: Deliver<'done' | 'missed' | 'park'>): Promise<boolean> =>
  choice({
    title: say('ask.leaveTitle', { number }),
    text: say('ask.leaveText'),
    options: (['done', ...(status === 'called' ? (['missed'] as const) : []), 'park'] as const).map((value) => ({
      value,
      label: say(`do.${value}`),
      key: say(`keys.${value}`),
    })),
    deliver,
  })

/** Which of today's finished numbers goes on, and why (Q4). @param tickets latest first */
export function askReopen(tickets: readonly Ticket[], deliver: Deliver<Reason & { ticket: Ticket }>): Promise<boolean> {
  const options = tickets.map(({ id, number, status, endedAt }) =>
    option(id, number, [number, overWords(status), endedAt && timeOf(endedAt)].filter(Boolean).join(' · ')),
  )
  return question({
    title: say('ask.reopenTitle'),
    text: say(tickets.length > 0 ? 'ask.reopenText' : 'ask.reopenNone'),
    send: say('ask.reopen'),
    fields: [
      h('fieldset.finished', {}, h('legend', {}, say('ask.reopenWhich')), ...options),
      ...reasonFields(two('reopen')),
    ],
    answer: (form) => {
      const ticket = tickets.find(({ id }) => id === form.get('to'))
      const given = givenReason(form)
      if (!ticket) return say('ask.reopenChoose')
      return typeof given === 'string' ? given : { ticket, ...given }
    },
    deliver,
  })
}

/** Finished today: no other state is listed. */
const overWords = (status: Ticket['status']): string =>
  status === 'done' || status === 'left' ? say(`list.over.${status}`) : ''

interface Target {
  to: { service: string } | { counter: string }
  /** As people read it. */
  name: string
}

/** To which service or counter. */
export function askTarget(ticket: Ticket, deliver: Deliver<Target>): Promise<boolean> {
  const services = facts.services.filter(({ id }) => id !== ticket.service)
  const counters = (state.snapshot?.counters ?? []).filter(({ id, open }) => open && id !== ticket.counter)
  const targets = new Map<string, Target>()
  for (const { id, name } of services) targets.set(`service:${id}`, { to: { service: id }, name })
  for (const { id, name } of counters)
    targets.set(`counter:${id}`, { to: { counter: id }, name: say('counter', { name }) })
  const options = (kind: 'service' | 'counter', list: readonly { id: string }[]) =>
    list.map(({ id }) => option(`${kind}:${id}`, id, targets.get(`${kind}:${id}`)?.name ?? id))
  const fields = [
    group(say('ask.toCounter'), options('counter', counters)),
    group(say('ask.toService'), options('service', services)),
  ].filter((field) => field !== false)
  fields[0]?.querySelector('input')?.setAttribute('autofocus', '')
  return question({
    title: say('ask.transferTitle', ticket),
    text: say('ask.transferText'),
    send: say('ask.transfer'),
    fields,
    answer: (form) => {
      const chosen = targets.get(textOf(form, 'to'))
      return chosen ? { to: chosen.to, name: chosen.name } : say('ask.toChoose')
    },
    deliver,
  })
}
