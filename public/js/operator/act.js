import { say } from '../words.js'
import { Lost, Refused } from './api.js'
import { refresh } from './connection.js'
import { set, state } from './state.js'
import { counterName } from './view.js'

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

/** The same for what a question asks for. @returns {Promise<string>} '' when it was done, else what was refused */
export const actFor = async (work, ticket) => ((await act(work, ticket)) ? '' : (state.message?.text ?? ''))

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
