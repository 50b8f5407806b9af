import { changeRows } from '../platform/db/statements.js'
import type { Tx } from '../platform/db/tx.js'

/**
 * A4: what staff wrote about a person goes with the person. Of bookings that end now as persons: who, when, what, from and
 * to stay. Call it before the bookings are erased.
 */
export const eraseReasons = (tx: Tx, endedBefore: Date): Promise<number> =>
  changeRows(
    tx.em,
    `UPDATE audit_record SET reason = NULL WHERE reason IS NOT NULL AND subject_kind = 'booking' AND subject_id IN
      (SELECT id FROM booking WHERE ends_at < ? AND person_hash IS NOT NULL)`,
    [endedBefore],
  )

/** The same of tickets of local days before. It reads tables that only grow: once a day is enough. */
export async function eraseTicketReasons(tx: Tx, endedBefore: Date): Promise<number> {
  const ofTickets = await changeRows(
    tx.em,
    "UPDATE audit_record SET reason = NULL WHERE reason IS NOT NULL AND subject_kind = 'ticket' AND at < ?",
    [endedBefore],
  )
  return ofTickets + (await eraseAtTickets(tx, endedBefore))
}

/** Where reasons stand beside the records: why somebody was urgent, put aside or called out of order. */
async function eraseAtTickets({ em }: Tx, endedBefore: Date): Promise<number> {
  const day = endedBefore.toISOString().slice(0, 10)
  const atTickets = await changeRows(
    em,
    `UPDATE ticket SET urgent_reason = NULL, park_reason = NULL, \`undo\` = NULL
      WHERE day < ? AND (urgent_reason IS NOT NULL OR park_reason IS NOT NULL)`,
    [day],
  )
  const atCalls = await changeRows(em, 'UPDATE ticket_call SET reason = NULL WHERE day < ? AND reason IS NOT NULL', [
    day,
  ])
  return atTickets + atCalls
}
