import { SECRET } from '../platform/derived.js'
import { type Request, type Response, Router } from 'express'
import { AppError, notFound } from '../kernel/app-error.js'
import type { Clock } from '../kernel/clock.js'
import type { Lang } from '../messages/index.js'
import type { UnitOfWork } from '../platform/db/unit-of-work.js'
import type { Limits } from '../platform/http/limits.js'
import { page } from '../platform/pages/page.js'
import { secretPage } from '../platform/pages/page-headers.js'
import { statusOf } from '../platform/http/problem.js'
import { qrCode } from '../platform/pages/qr.js'
import {
  followedTicket,
  givesWayAt,
  type Queue,
  type QueueReader,
  standingOf,
  type Ticket,
  VISITOR,
} from '../queue/index.js'
import { type Said, type TicketPage, ticketPage } from './ticket.pages.js'

interface Deps {
  queue: Queue
  reader: QueueReader
  unitOfWork: UnitOfWork
  limits: Limits
  clock: Clock
  /** Of links: the QR code leads there (contract.md, BASE_URL). */
  baseUrl: string
}

const showTicket = page<TicketPage>('displays/ticket')
const showLeave = page<TicketPage>('displays/ticket-leave')

/** The page that follows a ticket on a phone. Opened by GET it changes nothing; only a person's POST acts. */
export function makeTicketRoutes(deps: Deps): Router {
  const router = Router({ caseSensitive: true })
  const path = '/numero/:token'
  const found = makeFound(deps)
  const view = makeView(deps)
  const press = makePress(deps, { found, view })
  router.use(path, secretPage)

  router.get(path, async (req, res) => {
    const ticket = await found(req)
    const pressed = PRESSES.find(({ done }) => done === req.query.fatto)
    const said = pressed?.isSo(ticket, deps.clock()) ? pressed.said : null
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

  for (const each of PRESSES) router.post(`${path}/${each.below}`, deps.limits.perAsker('write'), press(each))
  return router
}

/** A button of the page: where it leads, what it does, and what is said afterwards. */
interface PagePress {
  below: string
  act: 'leave' | 'giveWay'
  /** `?fatto=…` of the page that says so; an address proves nothing, so that `isSo` is asked. */
  done: string
  isSo: (ticket: Ticket, now: Date) => boolean
  said: Said
  refused: Said
}

const PRESSES: readonly PagePress[] = [
  {
    below: 'lascia',
    act: 'leave',
    done: 'lasciata',
    isSo: ({ status }) => status === 'left',
    said: 'left',
    refused: 'state',
  },
  {
    below: 'attendi',
    act: 'giveWay',
    done: 'attesa',
    isSo: (ticket, now) => ticket.status === 'waiting' && givesWayAt(ticket, now),
    said: 'gaveWay',
    refused: 'noWay',
  },
]

type Looks = { found: ReturnType<typeof makeFound>; view: ReturnType<typeof makeView> }

const makePress =
  ({ unitOfWork, queue, clock }: Deps, { found, view }: Looks) =>
  ({ act, done, isSo, refused }: PagePress) =>
  async (req: Request, res: Response) => {
    const { id: ticketId } = await found(req)
    const isDone = () => res.redirect(303, `/numero/${tokenOf(req)}?fatto=${done}`)
    try {
      await unitOfWork.run((tx) => queue[act](tx, { ticketId, who: VISITOR }))
      return isDone()
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'state')) throw error
      const ticket = await found(req)
      // The second of two presses.
      if (isSo(ticket, clock())) return isDone()
      // Called in the same moment, say: what is true now, and why nothing was done.
      return showTicket(res, await view(ticket, req, res, { said: refused }), statusOf(error))
    }
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

type Look = Pick<Parameters<typeof ticketPage>[1], 'refreshes' | 'said'>

const makeView =
  ({ reader }: Deps) =>
  async (ticket: Ticket, ...[req, res, look]: [Request, Response, Look]): Promise<TicketPage> => {
    const facts = await reader.facts(ticket.siteId)
    const followed = followedTicket(ticket, facts, standingOf(facts, ticket))
    const { site, now } = facts
    return ticketPage(followed, { token: tokenOf(req), site, now, lang: res.locals.lang as Lang, ...look })
  }
