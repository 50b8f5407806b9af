import { say } from '../words.js'
import { act, actFor, faultWords } from './act.js'
import { press, read } from './api.js'
import {
  askCallReason,
  askClose,
  askLeave,
  askOutcome,
  askParkReason,
  askPauseReason,
  askReopen,
  askTakeOver,
  askTarget,
  askUrgentReason,
} from './ask.js'
import { facts } from './facts.js'
import { set, state } from './state.js'
import { isAllowed, isKnownHere, ownCounter, situation } from './view.js'
import { chosenServices } from './visit.js'

const counterPath = `/counters/${facts.counter.id}`

/** A step of one ticket. @returns {Promise<any>} the ticket as it is then */
const step = async ({ id }, name, body = {}) => (await press(`/tickets/${id}/${name}`, body)).ticket

const plain =
  (name, canUndo = false) =>
  (ticket) =>
    act(async () => {
      const { status, times } = await step(ticket, name)
      // The fourth call says so by itself, and one too soon is the call that is still heard (Q4).
      const isSame = name === 'recall' && times === ticket.times && status === 'called'
      const what = name === 'recall' && status === 'missed' ? 'missed' : isSame ? 'recallSoon' : name
      const undo = canUndo || what === 'missed' ? { undo: { ...ticket, what } } : {}
      return { text: say(`said.${what}`, ticket), ...undo }
    }, ticket)

const calledHere = (ticket, given) => async () => {
  await step(ticket, 'call', { counter: facts.counter.id, ...given })
  return { text: say('said.call', ticket), undo: { ...ticket, what: 'next' } }
}

/** Steps on any ticket: of the present visit, or of a row. */
export const onTicket = {
  recall: plain('recall'),
  start: plain('start'),
  done: plain('done', true),
  missed: plain('missed', true),
  return: plain('return'),
  left: plain('left'),
  park: (ticket) =>
    askParkReason(ticket, (given) =>
      actFor(async () => {
        await step(ticket, 'park', given)
        return { text: say('said.park', ticket) }
      }, ticket),
    ),
  urgent: (ticket) =>
    askUrgentReason(ticket, (given) =>
      actFor(async () => {
        await step(ticket, 'urgent', given)
        return { text: say('said.urgent', ticket) }
      }, ticket),
    ),
  transfer: (ticket) =>
    askTarget(ticket, ({ to, name }) =>
      actFor(async () => {
        await step(ticket, 'transfer', to)
        return { text: say('said.transfer', { number: ticket.number, to: name }) }
      }, ticket),
    ),
  // Who was here before is called back at once; anybody else out of order, with the reason (D7, Q2).
  call: (ticket) =>
    isKnownHere(ticket)
      ? act(calledHere(ticket, { reason: say('said.backHere') }), ticket)
      : askCallReason(ticket, (given) => actFor(calledHere(ticket, given), ticket)),
}

const callNext = (outcome) => async () => {
  const before = ownCounter()?.ticket
  const { ticket, reason } = await press(`${counterPath}/next`, outcome ? { outcome } : {})
  if (ticket) {
    return {
      text: say('said.next', { number: ticket.number, why: say(`class.${reason}`) }),
      undo: { id: ticket.id, number: ticket.number, what: 'next' },
    }
  }
  return { text: say('said.nobody'), ...(before && { undo: { ...before, what: outcome ?? 'done' } }) }
}

/** Q5: of whoever was called and not started it is said in one key whether they came. */
function next() {
  const ticket = ownCounter()?.ticket
  if (ticket?.status !== 'called') return act(callNext(null))
  return askOutcome(ticket, ({ value }) => actFor(callNext(value)))
}

async function undo() {
  const { undo: last } = state
  if (!last) return
  await act(async () => {
    await step(last, 'undo')
    return { text: say('said.undo', last) }
  }, last)
}

const opened = (body) => async () => {
  await press(`${counterPath}/open`, body)
  return { text: say('said.opened') }
}

async function closed() {
  await press(`${counterPath}/close`)
  set({ undo: null })
  return { text: say('said.closed') }
}

function openOrClose() {
  const counter = ownCounter()
  if (situation() === 'closed') return act(opened({ services: chosenServices() }))
  if (situation() === 'taken')
    return askTakeOver(counter, () => actFor(opened({ services: counter.services, takeOver: true })))
  return counter?.ticket ? askClose(counter.ticket, () => actFor(closed)) : act(closed)
}

/** Q8: the counter calls nobody until it goes on. */
function pauseOrResume() {
  if (ownCounter()?.paused)
    return act(async () => {
      await press(`${counterPath}/resume`)
      return { text: say('said.resumed') }
    })
  return askPauseReason({}, (given) =>
    actFor(async () => {
      await press(`${counterPath}/pause`, given)
      return { text: say('said.paused') }
    }),
  )
}

/** Q4: what was said to be over today goes on after all. */
export async function reopen() {
  if (state.busy || situation() === 'unknown') return
  const found = await read(`/sites/${facts.site}/finished`).catch((fault) => {
    set({ message: { kind: 'fault', text: faultWords(fault) } })
  })
  if (!found) return
  await askReopen(found.tickets, ({ ticket, reason }) =>
    actFor(async () => {
      await step(ticket, 'reopen', { reason })
      return { text: say('said.return', ticket) }
    }, ticket),
  )
}

/** Q8: who is at the own counter is not left behind. @returns {Promise<boolean>} whether one may go */
export async function settleBeforeLeaving() {
  const counter = ownCounter()
  const ticket = counter?.mine ? counter.ticket : null
  if (!ticket) return true
  return askLeave(ticket, ({ value }) =>
    actFor(async () => {
      await step(ticket, value, value === 'park' ? { reason: say('said.shiftOver') } : {})
      return { text: say(`said.${value}`, ticket) }
    }, ticket),
  )
}

const COUNTER_STEPS = { next, undo, counter: openOrClose, pause: pauseOrResume }
/** @type {readonly string[]} */
export const ACTIONS = ['next', 'recall', 'start', 'done', 'missed', 'park', 'transfer', 'pause', 'undo', 'counter']

/** A press of one of the counter's own buttons or keys; what the moment does not allow does nothing. */
export function perform(action) {
  if (state.busy || !isAllowed(action)) return
  const ticket = ownCounter()?.ticket
  if (action in COUNTER_STEPS) void COUNTER_STEPS[action]()
  else if (ticket) void onTicket[action](ticket)
}
