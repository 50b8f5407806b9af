import { SECRET } from '../platform/derived.js'
import { type Request, type Response, Router } from 'express'
import { AppError, notFound } from '../kernel/app-error.js'
import type { Lang } from '../messages/index.js'
import type { UnitOfWork } from '../platform/db/unit-of-work.js'
import type { Limits } from '../platform/http/limits.js'
import { page } from '../platform/pages/page.js'
import { secretPage } from '../platform/pages/page-headers.js'
import { statusOf } from '../platform/http/problem.js'
import { qrCode } from '../platform/pages/qr.js'
import { followedTicket, type Queue, type QueueReader, standingOf, type Ticket } from '../queue/index.js'
import { type TicketPage, ticketPage } from './ticket.pages.js'

interface Deps {
  queue: Queue
  reader: QueueReader
  unitOfWork: UnitOfWork
  limits: Limits
  /** Of links: the QR code leads there (contract.md, BASE_URL). */
  baseUrl: string
}

const showTicket = page<TicketPage>('displays/ticket')
const showLeave = page<TicketPage>('displays/ticket-leave')

/** `who` of audit records: nobody has signed in. */
const VISITOR = 'visitor'

/** The page that follows a ticket on a phone. Opened by GET it changes nothing; only a person's POST leaves the queue. */
export function makeTicketRoutes(deps: Deps): Router {
  const router = Router({ caseSensitive: true })
  const path = '/numero/:token'
  const found = makeFound(deps)
  const view = makeView(deps)
  router.use(path, secretPage)

  router.get(path, async (req, res) => {
    const ticket = await found(req)
    const said = req.query.fatto === 'lasciata' && ticket.status === 'left' ? 'left' : null
    showTicket(res, await view(ticket, req, res, { said, refreshes: req.query.aggiorna !== 'no' }))
  })

  router.get(`${path}/lascia`, async (req, res) => {
    const shown = await view(await found(req), req, res, { refreshes: false })
    return shown.mayLeave ? showLeave(res, shown) : res.redirect(303, shown.path)
  })

  router.get(`${path}/qr.svg`, async (req, res) => {
    await found(req)
    res.type('svg').send(await qrCode(`${deps.baseUrl}/numero/${tokenOf(req)}`))
  })

  router.post(`${path}/lascia`, deps.limits.perAsker('write'), async (req, res) => {
    const { id: ticketId } = await found(req)
    try {
      await deps.unitOfWork.run((tx) => deps.queue.leave(tx, { ticketId, who: VISITOR }))
      return res.redirect(303, `/numero/${tokenOf(req)}?fatto=lasciata`)
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'state')) throw error
      // Called in the same moment, say: what is true now, and why nothing was done.
      return showTicket(res, await view(await found(req), req, res, { said: 'state' }), statusOf(error))
    }
  })
  return router
}

const tokenOf = ({ params: { token } }: Request): string => (typeof token === 'string' ? token : '')

/** @throws not-found for a forged token, the same as for an unknown one */
const makeFound =
  ({ queue }: Deps) =>
  async (req: Request): Promise<Ticket> => {
    const token = tokenOf(req)
    const ticket = SECRET.test(token) ? await queue.findByToken(token) : null
    if (!ticket) throw notFound()
    return ticket
  }

type Said = Pick<Parameters<typeof ticketPage>[1], 'refreshes' | 'said'>

const makeView =
  ({ reader }: Deps) =>
  async (ticket: Ticket, ...[req, res, said]: [Request, Response, Said]): Promise<TicketPage> => {
    const facts = await reader.facts(ticket.siteId)
    const followed = followedTicket(ticket, facts, standingOf(facts, ticket))
    const { site, now } = facts
    return ticketPage(followed, { token: tokenOf(req), site, now, lang: res.locals.lang as Lang, ...said })
  }
