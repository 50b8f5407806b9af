import { SECRET } from '../platform/derived.js'
import type { Socket } from 'socket.io'
import { every, makeSpeaker } from '../platform/sockets/speaker.js'
import type { Queue } from './actions.js'
import { followedTicket } from './queue.pages.js'
import type { SpeakerDeps } from './queue.sockets.js'
import { standings } from './standing.js'

/** Estimates move with the clock too. */
const REFRESH_MS = 10_000

interface Follower {
  ticketId: string
  siteId: string
  /** What the phone was told last: it hears only what is new. */
  told: string
}

type Phone = Socket<Record<string, never>, { ticket: (ticket: object) => void }, Record<string, never>, Follower>

/**
 * Namespace `/ticket`, `auth: { token }`: `ticket` with what `GET /tickets/{token}` answers and the queue's `version`, on
 * connection and whenever it is no longer the same. @returns what stops it
 */
export function announceTickets({ sockets, events, reader, log, queue }: SpeakerDeps & { queue: Queue }): () => void {
  const phones = sockets.plain('/ticket')
  const followers = (siteId: string) =>
    ([...phones.sockets.values()] as Phone[]).filter(({ data }) => data.siteId === siteId)
  const say = async (siteId: string) => {
    const listening = followers(siteId)
    if (listening.length === 0) return
    const facts = await reader.facts(siteId)
    const places = new Map(standings(facts).map((standing) => [standing.place.ticket.id, standing]))
    for (const phone of listening) {
      const { ticketId } = phone.data
      const ticket = facts.tickets.find(({ id }) => id === ticketId) ?? (await queue.findTicket(ticketId))
      // A second call looks like the first, and must be heard as well.
      const times = facts.openCalls.find((call) => call.ticketId === ticketId)?.times
      const followed = ticket && followedTicket(ticket, facts, places.get(ticketId) ?? null)
      if (followed) tell(phone, { ...followed, ...(times !== undefined && { times }) }, facts.version)
    }
  }
  const report = (error: unknown) => log.error({ err: error }, 'a phone was not told')
  const speaker = makeSpeaker(say, report)
  phones.use((socket, next) => {
    admit(queue, socket as Phone).then(
      (known) => next(known ? undefined : new Error('unknown-ticket')),
      () => next(new Error('unavailable')),
    )
  })
  phones.on('connection', (socket: Phone) => speaker.tell(socket.data.siteId))
  events.on('queue.changed', ({ siteId }) => speaker.tell(siteId))
  return every(REFRESH_MS, () => {
    for (const siteId of new Set(([...phones.sockets.values()] as Phone[]).map(({ data }) => data.siteId)))
      speaker.tell(siteId)
  })
}

function tell(phone: Phone, ticket: object, version: number): void {
  const words = JSON.stringify(ticket)
  if (phone.data.told === words) return
  phone.data.told = words
  phone.emit('ticket', { ...ticket, version })
}

async function admit(queue: Queue, socket: Phone): Promise<boolean> {
  const { token } = socket.handshake.auth as { token?: unknown }
  const ticket = typeof token === 'string' && SECRET.test(token) ? await queue.findByToken(token) : null
  if (ticket) socket.data = { ticketId: ticket.id, siteId: ticket.siteId, told: '' }
  return ticket !== null
}
