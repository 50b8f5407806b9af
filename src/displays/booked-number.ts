import type { Lang } from '../messages/index.js'
import type { Secrets } from '../platform/secrets.js'
import { followedTicket, type Queue, type QueueReader, standingOf } from '../queue/index.js'
import { type TicketPage, ticketPage } from './ticket.pages.js'

interface Deps {
  queue: Pick<Queue, 'findByBooking'>
  reader: Pick<QueueReader, 'facts' | 'today'>
  secrets: Secrets
}

type BookedNumber = Pick<TicketPage, 'number' | 'status' | 'heading' | 'text' | 'ahead' | 'wait' | 'path'>

/** What the page of a booking says of its number, as the number's own page does; null when it has none today. */
export const makeNumberOf =
  ({ queue, reader, secrets }: Deps) =>
  async ({ id, siteId }: { id: string; siteId: string }, lang: Lang): Promise<BookedNumber | null> => {
    const ticket = await queue.findByBooking(id)
    if (ticket?.siteId !== siteId || ticket.day !== (await reader.today(siteId)).day) return null
    const facts = await reader.facts(siteId)
    const asked = { token: secrets.tokenAt('ticket', ticket), site: facts.site, now: facts.now, lang }
    const page = ticketPage(followedTicket(ticket, facts, standingOf(facts, ticket)), { ...asked, refreshes: false })
    const { number, status, heading, text, ahead, wait, path } = page
    return { number, status, heading, text, ahead, wait, path }
  }
