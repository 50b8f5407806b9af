import { type EntityManager, In } from 'typeorm'
import type { MessageFacts } from './message.shape.js'
import { OutboxEntity } from './outbox.entity.js'

/** Far below what either engine takes as parameters of one statement. */
const AT_ONCE = 500

/** The messages of each of these bookings, oldest first; whoever had none is absent. */
export async function messagesOf(
  em: EntityManager,
  bookingIds: readonly string[],
): Promise<Map<string, MessageFacts[]>> {
  const found = new Map<string, MessageFacts[]>()
  for (let from = 0; from < bookingIds.length; from += AT_ONCE) {
    const subjectId = In(bookingIds.slice(from, from + AT_ONCE))
    const rows = await em.find(OutboxEntity, { where: { subjectId }, order: { createdAt: 'ASC', occurrence: 'ASC' } })
    for (const row of rows) {
      const messages = found.get(row.subjectId) ?? []
      found.set(row.subjectId, messages)
      messages.push(factsOf(row))
    }
  }
  return found
}

const factsOf = ({ kind, state, cause, triedAt, sentAt, createdAt }: OutboxEntity): MessageFacts => ({
  kind,
  channel: 'mail',
  state,
  cause,
  at: triedAt ?? sentAt ?? createdAt,
})
