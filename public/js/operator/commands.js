import { say } from '../words.js'
import { Lost, press, Refused } from './api.js'
import { askCallReason, askClose, askTarget } from './ask.js'
import { refresh } from './connection.js'
import { facts } from './facts.js'
import { set, state } from './state.js'
import { counterName, isAllowed, ownCounter, situation } from './view.js'
import { chosenServices } from './visit.js'

/** Q5, less the way there and back. */
const UNDO_MS = 9800

/** @typedef {{ text: string, undo?: { id: string, number: string, what: string } }} Outcome */

/**
 * One press: nothing else is pressed until its outcome is seen; what the server refuses is told in words.
 * @param {() => Promise<Outcome>} work
 * @param {{ id?: string, number: string, what?: string }} [ticket] it is about; what was done last to it can then no longer be taken back
 * @returns {Promise<boolean>} whether it was done
 */
export function act(work, ticket) {
  if (state.busy) return Promise.resolve(false)
  const outcome = carryOut(work, ticket)
  present = outcome
  return outcome
}

/** The press that is on its way. @type {Promise<unknown>} */
let present = Promise.resolve()

/** Until no press is on its way. */
export async function whenIdle() {
  while (state.busy) await present
}

async function carryOut(work, ticket) {
  set({ busy: true })
  const pressedAt = performance.now()
  try {
    const { text, undo, ...more } = await work()
    const [isOver, last] = [ticket?.id === state.undo?.id, undo && { ...undo, until: pressedAt + UNDO_MS }]
    set({ message: { kind: 'done', text }, ...more, undo: last ?? (isOver ? null : state.undo) })
    return true
  } catch (fault) {
    set({ message: { kind: 'fault', text: faultWords(fault, ticket) }, undo: ticket?.what ? null : state.undo })
    return false
  } finally {
    await refresh()
    set({ busy: false })
  }
}

/** @param {unknown} fault @param {{ number: string, what?: string }} [ticket] with `what`: what was to be taken back */
export function faultWords(fault, ticket) {
  if (fault instanceof Lost) return say('said.lost')
  if (!(fault instanceof Refused)) return say('said.unexpected')
  const { code, detail, state: found, counter } = fault.problem
  if (code !== 'state' || !ticket) return detail || say('said.unexpected')
  return say(ticket.what ? 'race.undo' : `race.${found}`, { number: ticket.number, counter: counterName(counter) })
}

/** A step of one ticket. @returns {Promise<any>} the ticket as it is then */
const step = async ({ id }, name, body = {}) => (await press(`/tickets/${id}/${name}`, body)).ticket

const plain =
  (name, canUndo = false) =>
  (ticket) =>
    act(async () => {
      const { status } = await step(ticket, name)
      // The fourth call says so by itself (Q4).
      const what = name === 'recall' && status === 'missed' ? 'missed' : name
      const undo = canUndo || what === 'missed' ? { undo: { ...ticket, what } } : {}
      return { text: say(`said.${what}`, ticket), ...undo }
    }, ticket)

/** Steps on any ticket: of the present visit, or of a row. */
export const onTicket = {
  recall: plain('recall'),
  start: plain('start'),
  done: plain('done', true),
  missed: plain('missed', true),
  park: plain('park'),
  return: plain('return'),
  left: plain('left'),
  transfer: async (ticket) => {
    const target = await askTarget(ticket)
    if (!target) return
    await act(async () => {
      await step(ticket, 'transfer', target.to)
      return { text: say('said.transfer', { number: ticket.number, to: target.name }) }
    }, ticket)
  },
  call: async (ticket) => {
    const given = await askCallReason(ticket)
    if (!given) return
    await act(async () => {
      await step(ticket, 'call', { counter: facts.counter.id, ...given })
      return { text: say('said.call', ticket), undo: { ...ticket, what: 'next' } }
    }, ticket)
  },
}

const next = () =>
  act(async () => {
    const before = ownCounter()?.ticket
    const { ticket, reason } = await press(`/counters/${facts.counter.id}/next`)
    if (ticket) {
      return {
        text: say('said.next', { number: ticket.number, why: say(`class.${reason}`) }),
        undo: { id: ticket.id, number: ticket.number, what: 'next' },
      }
    }
    return { text: say('said.nobody'), ...(before && { undo: { ...before, what: 'done' } }) }
  })

async function undo() {
  const { undo: last } = state
  if (!last) return
  await act(async () => {
    await step(last, 'undo')
    return { text: say('said.undo', last) }
  }, last)
}

async function openOrClose() {
  const path = `/counters/${facts.counter.id}`
  if (situation() === 'closed' || situation() === 'taken') {
    const services = situation() === 'closed' ? chosenServices() : null
    await act(async () => {
      await press(`${path}/open`, { services })
      return { text: say('said.opened') }
    })
    return
  }
  const ticket = ownCounter()?.ticket
  if (ticket && !(await askClose(ticket))) return
  await act(async () => {
    await press(`${path}/close`)
    set({ undo: null })
    return { text: say('said.closed') }
  })
}

const COUNTER_STEPS = { next, undo, counter: openOrClose }
/** @type {readonly string[]} */
export const ACTIONS = ['next', 'recall', 'start', 'done', 'missed', 'park', 'transfer', 'undo', 'counter']

/** A press of one of the counter's own buttons or keys; what the moment does not allow does nothing. */
export function perform(action) {
  if (state.busy || !isAllowed(action)) return
  const ticket = ownCounter()?.ticket
  if (action in COUNTER_STEPS) void COUNTER_STEPS[action]()
  else if (ticket) void onTicket[action](ticket)
}
