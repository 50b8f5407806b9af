import { visitBooking } from '../bookings/index.js'
import { CounterStore, isOpen, type QueueUnit } from '../counters/index.js'
import type { Tx } from '../platform/db/tx.js'
import { CallStore } from './call.store.js'
import type { QueueDeps } from './queue-deps.js'
import type { TicketCommand } from './serve-ticket.js'
import type { Ticket, Undo } from './ticket.js'
import {
  assertHolder,
  changeTicket,
  endCall,
  isWithin,
  presentBinding,
  siteDay,
  stateConflict,
} from './ticket-changes.js'
import { isAtCounter } from './ticket-states.js'
import { TicketStore } from './ticket.store.js'
import { openQueueOfTicket } from './today.js'

/**
 * Takes back the last press on a ticket – next, done or missed – within ten seconds: the ticket, and whatever the same
 * press changed, has its old place and times (Q5). Again: nothing more happens.
 * @throws not-found `unknown-ticket`; conflict `state` when it is too late, or one of them has moved on
 */
export const makeUndo =
  (deps: QueueDeps) =>
  async (tx: Tx, { ticketId, who, session = null }: TicketCommand): Promise<Ticket> => {
    const { unit, ticket } = await openQueueOfTicket(tx, deps, ticketId)
    if (ticket.day === unit.today && ticket.lastStep === 'undo') return ticket
    const together = await takenTogether(unit, deps, ticket)
    if (!together || !(await isRoomFor(unit, together))) throw stateConflict(unit, ticket)
    for (const each of together) {
      await assertHolder(unit, each, session)
      await assertHolder(unit, { ...each, ...each.undo }, session)
    }
    const back: Ticket[] = []
    for (const each of together) back.push(await takeBack(unit, each, who))
    return back.find(({ id }) => id === ticketId) ?? ticket
  }

type Undoable = Ticket & { undo: Undo }

const isUndoable = (ticket: Ticket): ticket is Undoable => ticket.undo !== null

/** All tickets of the press, or null when it can no longer be undone as a whole. */
async function takenTogether(unit: QueueUnit, { settings }: QueueDeps, ticket: Ticket): Promise<Undoable[] | null> {
  const { undo, undoStep, day } = ticket
  if (!undo || !undoStep || day !== unit.today) return null
  if (!isWithin(unit.now, new Date(undo.at), settings.undoMs)) return null
  const together = (await new TicketStore(unit.tx.em).ofStep(siteDay(unit), undoStep)).filter(isUndoable)
  return together.length === undo.tickets ? together : null
}

/** A counter has one ticket at a time: who goes back to it must find it open, and nobody else there. */
async function isRoomFor(unit: QueueUnit, together: readonly Undoable[]): Promise<boolean> {
  for (const { undo } of together) {
    if (undo.counterId === null || !isAtCounter(undo)) continue
    const counter = await new CounterStore(unit.tx.em).find(undo.counterId)
    const current = await new TicketStore(unit.tx.em).currentAt(siteDay(unit), undo.counterId)
    const isFree = !current || together.some(({ id }) => id === current.id)
    if (!counter || !isOpen(counter, unit.today) || !isFree) return false
  }
  return true
}

async function takeBack(unit: QueueUnit, ticket: Undoable, who: string): Promise<Ticket> {
  const { status, counterId, callId } = ticket.undo
  const calls = new CallStore(unit.tx.em)
  if (isAtCounter(ticket.undo)) {
    if (ticket.callId !== null) await calls.change(ticket.callId, { endedAt: null, outcome: null })
  } else await endCall(unit, ticket, 'undone')
  if (ticket.status === 'done' && ticket.bookingId !== null) {
    await visitBooking(unit.tx, ticket.bookingId, { to: 'arrived', who, at: unit.now })
  }
  const forCounterId = status === 'waiting' ? await presentBinding(unit, ticket) : ticket.forCounterId
  const to = { status, counterId, callId, forCounterId, lastStep: 'undo' } as const
  return changeTicket(unit, ticket, { who, what: 'undo', to })
}
