import { type RequestHandler, Router } from 'express'
import type { DataSource } from 'typeorm'
import { type Counter, CounterStore, isOpen } from '../counters/index.js'
import { notFound } from '../kernel/app-error.js'
import type { Clock } from '../kernel/clock.js'
import { localDay } from '../kernel/local-day.js'
import { cookieName } from '../platform/http/csrf.js'
import { page } from '../platform/pages/page.js'
import type { Secrets } from '../platform/secrets.js'
import { printed, type Queue, type QueueReader, standingOf } from '../queue/index.js'
import type { SiteDirectory } from '../sites/index.js'
import {
  csrfTokenOf,
  forbidden,
  mayAt,
  type PagePermit,
  signedInOf,
  type StaffActor,
  staffOf,
} from '../access/index.js'
import {
  type ChoosePage,
  chooseSite,
  type ConsolePage,
  consolePage,
  counterPath,
  type TicketPage,
  ticketPage,
} from './operator.pages.js'
import { languageLinks } from '../platform/pages/language-links.js'
import { type Speech, speechOf } from '../platform/pages/speech.js'
import { qrPicture } from '../platform/pages/qr.js'

export interface OperatorDeps {
  dataSource: DataSource
  directory: SiteDirectory
  clock: Clock
  secrets: Secrets
  secure: boolean
  baseUrl: string
  page: PagePermit
  queue: Queue
  reader: QueueReader
  restores: { isMailHeld(): Promise<boolean> }
}

const showChoose = page<ChoosePage>('operator/choose')
const showConsole = page<ConsolePage>('operator/console')
const showTicket = page<TicketPage>('operator/ticket')

const YEAR_MS = 365 * 86_400_000
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** @throws forbidden at a site that is not the account's own (A1) */
function assertAt(actor: StaffActor, siteId: string): void {
  if (!mayAt(actor, 'queue:work', siteId)) throw forbidden()
}

/** The counter console: choose where one works, then work there. Mount it after cookies, language and CSRF. */
export function makeOperatorRoutes(deps: OperatorDeps): Router {
  const router = Router({ caseSensitive: true })
  const signedIn = deps.page('queue:work')
  const remembered = cookieName('sportello', deps.secure)
  router.get('/operatore', signedIn, goOn(deps, remembered))
  router.get('/operatore/scelta', signedIn, choose(deps))
  router.get('/operatore/sportello/:counter', signedIn, work(deps, remembered))
  router.get('/operatore/numero/:ticket', signedIn, printTicket(deps))
  return router
}

const findCounter = ({ dataSource }: OperatorDeps, id: unknown): Promise<Counter | null> =>
  typeof id === 'string' ? new CounterStore(dataSource.manager).find(id) : Promise.resolve(null)

/** To the counter that this device was used at last, if the account may work there. */
const goOn =
  (deps: OperatorDeps, remembered: string): RequestHandler =>
  async (req, res) => {
    const counter = await findCounter(deps, (req.cookies as Record<string, unknown>)[remembered])
    const isOwn = counter !== null && mayAt(staffOf(req), 'queue:work', counter.siteId)
    res.redirect(303, isOwn ? counterPath(counter.id) : '/operatore/scelta')
  }

/** What the head of the room's pages shows. */
const headOf = async (deps: OperatorDeps, req: Parameters<RequestHandler>[0], speech: Speech) => ({
  username: staffOf(req).username,
  // Whoever may let it go must come to know of it, also without reading logs.
  isMailHeld: mayAt(staffOf(req), 'mail:release', null) && (await deps.restores.isMailHeld()),
  csrfToken: csrfTokenOf(deps.secrets, signedInOf(req).session),
  languages: languageLinks(req.path, speech.lang),
})

const choose =
  (deps: OperatorDeps): RequestHandler =>
  async (req, res) => {
    const [actor, speech] = [staffOf(req), speechOf(res)]
    const counters = new CounterStore(deps.dataSource.manager)
    const own = (await deps.directory.all()).sites.filter(({ id }) => mayAt(actor, 'queue:work', id))
    const sites = own.map(async (site) => {
      const today = localDay(deps.clock(), site.timeZone)
      const found = await counters.ofSite(site.id)
      const now = found.map((counter) => (isOpen(counter, today) ? counter : { ...counter, openOn: null }))
      return chooseSite(site, now, speech)
    })
    const title = speech.t('operator.choose.title')
    showChoose(res, { title, sites: await Promise.all(sites), ...(await headOf(deps, req, speech)) })
  }

const work =
  (deps: OperatorDeps, remembered: string): RequestHandler =>
  async (req, res) => {
    const counter = await findCounter(deps, req.params.counter)
    if (!counter) throw notFound('unknown-counter')
    assertAt(staffOf(req), counter.siteId)
    const speech = speechOf(res)
    const options = { maxAge: YEAR_MS, sameSite: 'lax', httpOnly: true, secure: deps.secure, path: '/' } as const
    res.cookie(remembered, counter.id, options)
    const [site, facts] = await Promise.all([deps.directory.site(counter.siteId), deps.directory.all()])
    const staff = await headOf(deps, req, speech)
    showConsole(res, consolePage({ site, counter, facts, staff, now: deps.clock() }, speech))
  }

const printTicket =
  ({ queue, reader, secrets, baseUrl }: OperatorDeps): RequestHandler =>
  async (req, res) => {
    const id = String(req.params.ticket)
    const ticket = UUID.test(id) ? await queue.findTicket(id) : null
    if (!ticket) throw notFound('unknown-ticket')
    assertAt(staffOf(req), ticket.siteId)
    const facts = await reader.facts(ticket.siteId)
    const qr = await qrPicture(`${baseUrl}/numero/${secrets.tokenAt('ticket', ticket)}`)
    const standing = standingOf(facts, ticket)
    showTicket(res, ticketPage({ ticket, number: printed(ticket), site: facts.site, standing, qr }, speechOf(res)))
  }
