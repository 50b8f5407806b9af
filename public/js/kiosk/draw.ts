/** From a wish to a number on the screen, or to a sentence that says what to do. */
import type { Lang } from '../../../src/messages/lang.shape.js'
import type { FollowedTicket, TicketStatus } from '../../../src/queue/queue.shape.js'
import type { Problem } from '../kit/api.js'
import { keepTicket } from './kept-ticket.js'
import { facts } from './place.js'
import { press, type Pressed, type Wish } from './press.js'
import { ask, isRefused, unpair } from './server.js'
import { type Drawn, type Fault, go, type Key, type Offer, type Refusal, set, state } from './state.js'

const { id: site } = facts.site
const CHECK_INS = `/sites/${site}/check-ins`
const WALK_INS = `/sites/${site}/walk-ins`
const TAX_CODE = /^[A-Z]{6}[\dL-NP-V]{2}[A-Z][\dL-NP-V]{2}[A-Z][\dL-NP-V]{3}[A-Z]$/i

/** A number, or the server's no. */
interface Given {
  ticket: Drawn
  found?: TicketStatus | null
}

/** Where it is taken up again when the server says no. */
interface Way {
  typed: string
  back: Refusal['back']
  offer?: Offer | null
}

let giving: AbortController | null = null
/** What the number on the screen was given for: a reader that reads it twice says nothing new. */
let shownFor: string | null = null
/** Codes that others have shown meanwhile, in their order: a number stays on the screen until it is taken. */
const next: string[] = []
const MOST_NEXT = 9

/** The person does not want to wait for the server any longer. */
export const giveUp = (): void => giving?.abort()

/** @param typed a code, or what a reader found in a QR: the code, the link, its secret */
export function checkIn(typed: string): void {
  const code = typed.trim()
  if (state.step === 'ticket') return waitForTicket(code)
  const fault: Key | null = TAX_CODE.test(code) ? 'code.taxCode' : /\/numero\//.test(code) ? 'code.phonePage' : null
  if (fault) return go('code', { lang: state.lang, fault: [fault] })
  void draw({ path: CHECK_INS, body: { code }, isPersonal: true }, { typed: code, back: 'code' })
}

export function walkIn(offer: Offer, more: { newbornTaxCode?: string; senior?: boolean } = {}): void {
  const isPersonal = more.newbornTaxCode !== undefined
  const way: Way = { typed: more.newbornTaxCode ?? '', offer, back: isPersonal ? 'newborn' : null }
  void draw({ path: WALK_INS, body: { service: offer.id, ...more }, isPersonal }, way)
}

function waitForTicket(code: string): void {
  if (code === shownFor || next.includes(code) || next.length === MOST_NEXT) return
  next.push(code)
  set({ hasNext: true })
}

/** The number is taken: whoever has shown a code meanwhile is next. */
export function takeNext(): void {
  const code = next.shift()
  if (code !== undefined) checkIn(code)
}

/** A number that was on the screen when the page was closed. */
export function resumeTicket({ ticket, lang, isPrinted }: { ticket: Drawn; lang: Lang; isPrinted: boolean }): void {
  const body = { ticket: { ...ticket, isPrinted } }
  void show({ status: ticket.isAgain ? 200 : 201, body, tries: 2 }, lang)
}

/** A press that a reload or a power cut has interrupted. */
export function resumePress(kept: Wish): void {
  const { service = '' } = kept.body
  const offer = state.now.services.find(({ id }) => id === service) ?? { id: service }
  void draw(kept, { offer, back: null, typed: '' })
}

async function draw(wish: Wish, { typed, back, offer = null }: Way): Promise<void> {
  if (state.step === 'asking') return
  giving = new AbortController()
  shownFor = wish.body.code ?? null
  go('asking', { lang: state.lang })
  const delayed = (delay: 'away' | 'busy') => {
    if (state.step === 'asking' && state.delay !== delay) set({ delay })
  }
  const answer = await press<Given | Problem>(wish, { delayed, signal: giving.signal })
  const lang = state.lang
  if (answer === null) return go('refused', { lang, offer, refusal: { key: 'gaveUp', back, typed } })
  if (isRefused(answer)) return unpair()
  if (isGiven(answer)) return show(answer, lang)
  refuse(answer, { typed, back, offer, lang })
}

const isGiven = (answer: Pressed<Given | Problem>): answer is Pressed<Given> => answer.status < 300

type Shown = Pick<Pressed<Given>, 'status' | 'body' | 'tries'>

async function show({ status, body: { ticket, found = null }, tries }: Shown, lang: Lang): Promise<void> {
  keepTicket({ ticket, lang, isPrinted: ticket.isPrinted ?? false })
  // The answer of an earlier try is as old as that try; the number stays, its place may have changed.
  const fresh = tries > 1 ? await ask<{ ticket?: FollowedTicket }>(`/tickets/${ticket.token}`) : null
  go('ticket', { lang, ticket: { ...ticket, ...fresh?.body.ticket, isAgain: status === 200, found } })
}

/** What can be put right where it was typed is said there. */
function refuse({ status, body }: Pressed<Given | Problem>, way: Required<Way> & { lang: Lang }): void {
  const { typed, back, offer, lang } = way
  const problem = body as Problem
  const fault = faultOf(status, problem, back)
  if (fault && back) return go(back, { lang, typed, offer, fault })
  go('refused', { lang, offer, refusal: { ...refusalOf(problem, offer), back, typed } })
}

function faultOf(status: number, { code, errors = [] }: Problem, back: Refusal['back']): Fault | null {
  if (back === 'code' && (status === 404 || status === 400)) return ['code.unknown']
  if (back !== 'newborn') return null
  if (code === 'not-a-newborn') return ['newborn.notNewborn']
  if (code === 'newborn-tax-code-required') return ['newborn.empty']
  const [wrong] = errors
  if (code !== 'invalid' || !wrong) return null
  return isOfTaxCode(wrong.code) ? [wrong.code] : ['newborn.wrong']
}

/** The page has every sentence of `visitor.taxCode`, whose keys are the codes of its faults. */
const isOfTaxCode = (code: string): code is Extract<Key, `taxCode.${string}`> => code.startsWith('taxCode.')

const NOT_ACTIVE: Record<string, 'cancelled' | 'expired' | 'pending'> = {
  cancelled: 'cancelled',
  expired: 'expired',
  pending: 'pending',
}

/** The facts that go with a no to somebody who arrives (src/queue). */
interface ArrivalProblem extends Problem {
  start?: string
  site?: string
  siteName?: string
  opensAt?: string | null
  state?: string
}

/** The sentence under `refused`, with what it needs. */
function refusalOf(problem: ArrivalProblem, offer: Offer | null): Pick<Refusal, 'key' | 'start' | 'site' | 'opensAt'> {
  const { code, start = '', site: where, siteName = '', opensAt = null, state: found = '' } = problem
  switch (code) {
    case 'wrong-day':
      return { key: 'wrongDay', start }
    case 'wrong-site':
      return { key: 'wrongSite', site: facts.sites.find(({ id }) => id === where) ?? { name: siteName, address: '' } }
    case 'not-active':
      return { key: NOT_ACTIVE[found] ?? 'over' }
    case 'outside-window':
      // Who shows a booking has asked for no service: the site itself has closed (K11).
      return { key: offer ? 'window' : 'afterClosing', opensAt }
    // The visit is over (W1).
    case 'state':
      return { key: 'over' }
    case 'quota-reached':
      return { key: 'quota' }
    case 'not-offered':
      return { key: 'notOffered' }
    default:
      return { key: 'other' }
  }
}
