import type { TicketStatus } from '../../../src/queue/queue.shape.js'
import type { Problem } from '../kit/api.js'
import { Lost, Refused } from './api.js'
import { refresh } from './connection.js'
import { type Issued, set, state, type Undo } from './state.js'
import { counterName } from './view.js'
import { say } from './words.js'

/** Q5, less the way there and back. */
const UNDO_MS = 9800

/** What is said and shown once a press is done. */
interface Outcome {
  text: string
  undo?: Undo
  issued?: Issued
}

/** The ticket a press is about. What was done last to it can then no longer be taken back. */
interface About {
  id?: string
  number: string
  /** What was to be taken back. */
  what?: Undo['what']
}

/**
 * One press: nothing else is pressed until its outcome is seen; what the server refuses is told in words.
 * @returns whether it was done
 */
export function act(work: () => Promise<Outcome>, ticket?: About): Promise<boolean> {
  if (state.busy) return Promise.resolve(false)
  const outcome = carryOut(work, ticket)
  present = outcome
  return outcome
}

/** The same for what a question asks for. @returns '' when it was done, else what was refused */
export const actFor = async (work: () => Promise<Outcome>, ticket?: About): Promise<string> =>
  (await act(work, ticket)) ? '' : (state.message?.text ?? '')

/** The press that is on its way. */
let present: Promise<unknown> = Promise.resolve()

/** Until no press is on its way. */
export async function whenIdle(): Promise<void> {
  while (state.busy) await present
}

async function carryOut(work: () => Promise<Outcome>, ticket?: About): Promise<boolean> {
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

/** @param ticket with `what`: what was to be taken back */
export function faultWords(fault: unknown, ticket?: About): string {
  if (fault instanceof Lost) return say('said.lost')
  if (!(fault instanceof Refused)) return say('said.unexpected')
  const { code, detail, state: found, counter } = fault.problem as Lateness
  if (code !== 'state' || !ticket) return detail || say('said.unexpected')
  return say(ticket.what ? 'race.undo' : `race.${found}`, { number: ticket.number, counter: counterName(counter) })
}

/** A ticket's command that came too late: what it found (Q4). */
interface Lateness extends Problem {
  state: TicketStatus
  counter?: string | null
}
