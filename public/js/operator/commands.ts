import type { QueueClass } from '../../../src/queue/queue.shape.js'
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
import { set, state, type Ticket, type Undo } from './state.js'
import { type Action, isAllowed, isKnownHere, ownCounter, situation } from './view.js'
import { chosenServices } from './visit.js'
import { say } from './words.js'

const counterPath = `/counters/${facts.counter.id}`

type Step = 'recall' | 'start' | 'done' | 'missed' | 'return' | 'left' | 'park' | 'urgent' | 'transfer' | 'call'

/** A step of one ticket. @returns the ticket as it is then */
async function step({ id }: { id: string }, name: Step | 'undo' | 'reopen', body: object = {}): Promise<Ticket> {
  return (await press<{ ticket: Ticket }>(`/tickets/${id}/${name}`, body)).ticket
}

const undoOf = ({ id, number }: Ticket, what: Undo['what']): { undo: Undo } => ({ undo: { id, number, what } })

const plain = (name: 'start' | 'done' | 'missed' | 'return' | 'left') => (ticket: Ticket) =>
  act(async () => {
    await step(ticket, name)
    const undo = name === 'done' || name === 'missed' ? undoOf(ticket, name) : {}
    return { text: say(`said.${name}`, ticket), ...undo }
  }, ticket)

/** The fourth call says by itself that nobody came, and one too soon is the call that is still heard (Q4). */
const recall = (ticket: Ticket) =>
  act(async () => {
    const { status, times } = await step(ticket, 'recall')
    if (status === 'missed') return { text: say('said.missed', ticket), ...undoOf(ticket, 'missed') }
    const isSame = times === ticket.times && status === 'called'
    return { text: say(isSame ? 'said.recallSoon' : 'said.recall', ticket) }
  }, ticket)

const calledHere = (ticket: Ticket, given: { reason: string }) => async () => {
  await step(ticket, 'call', { counter: facts.counter.id, ...given })
  return { text: say('said.call', ticket), ...undoOf(ticket, 'next') }
}

/** Steps on any ticket: of the present visit, or of a row. */
export const onTicket: Record<Step, (ticket: Ticket) => Promise<unknown>> = {
  recall,
  start: plain('start'),
  done: plain('done'),
  missed: plain('missed'),
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

interface Next {
  ticket: Ticket | null
  reason: QueueClass
}

const callNext = (outcome: 'done' | 'missed' | null) => async () => {
  const before = ownCounter()?.ticket
  const { ticket, reason } = await press<Next>(`${counterPath}/next`, outcome ? { outcome } : {})
  if (ticket) {
    return {
      text: say('said.next', { number: ticket.number, why: say(`class.${reason}`) }),
      ...undoOf(ticket, 'next'),
    }
  }
  return { text: say('said.nobody'), ...(before && undoOf(before, outcome ?? 'done')) }
}

/** Q5: of whoever was called and not started it is said in one key whether they came. */
function next(): Promise<unknown> {
  const ticket = ownCounter()?.ticket
  if (ticket?.status !== 'called') return act(callNext(null))
  return askOutcome(ticket, (outcome) => actFor(callNext(outcome)))
}

async function undo(): Promise<void> {
  const { undo: last } = state
  if (!last) return
  await act(async () => {
    await step(last, 'undo')
    return { text: say('said.undo', last) }
  }, last)
}

const opened = (body: object) => async () => {
  await press(`${counterPath}/open`, body)
  return { text: say('said.opened') }
}

async function closed(): Promise<{ text: string }> {
  await press(`${counterPath}/close`)
  set({ undo: null })
  return { text: say('said.closed') }
}

function openOrClose(): Promise<unknown> {
  const counter = ownCounter()
  if (situation() === 'closed') return act(opened({ services: chosenServices() }))
  if (counter && situation() === 'taken')
    return askTakeOver(counter, () => actFor(opened({ services: counter.services, takeOver: true })))
  return counter?.ticket ? askClose(counter.ticket, () => actFor(closed)) : act(closed)
}

/** Q8: the counter calls nobody until it goes on. */
function pauseOrResume(): Promise<unknown> {
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
export async function reopen(): Promise<void> {
  if (state.busy || situation() === 'unknown') return
  const found = await read<{ tickets: Ticket[] }>(`/sites/${facts.site}/finished`).catch((fault: unknown) => {
    set({ message: { kind: 'fault', text: faultWords(fault) } })
    return null
  })
  if (!found) return
  await askReopen(found.tickets, ({ ticket, reason }) =>
    actFor(async () => {
      await step(ticket, 'reopen', { reason })
      return { text: say('said.return', ticket) }
    }, ticket),
  )
}

/** Q8: who is at the own counter is not left behind. @returns whether one may go */
export async function settleBeforeLeaving(): Promise<boolean> {
  const counter = ownCounter()
  const ticket = counter?.mine ? counter.ticket : null
  if (!ticket) return true
  return askLeave(ticket, (outcome) =>
    actFor(async () => {
      await step(ticket, outcome, outcome === 'park' ? { reason: say('said.shiftOver') } : {})
      return { text: say(`said.${outcome}`, ticket) }
    }, ticket),
  )
}

const COUNTER_STEPS = { next, undo, counter: openOrClose, pause: pauseOrResume }
type CounterStep = keyof typeof COUNTER_STEPS
const isOfCounter = (action: Action): action is CounterStep => action in COUNTER_STEPS

/** A press of one of the counter's own buttons or keys; what the moment does not allow does nothing. */
export function perform(action: Action): void {
  if (state.busy || !isAllowed(action)) return
  const ticket = ownCounter()?.ticket
  if (isOfCounter(action)) void COUNTER_STEPS[action]()
  else if (ticket) void onTicket[action](ticket)
}
