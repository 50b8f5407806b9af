/** From a wish to a number on the screen, or to a sentence that says what to do. */
import { facts } from './place.js'
import { keepTicket } from './kept-ticket.js'
import { press } from './press.js'
import { ask, isRefused, unpair } from './server.js'
import { go, set, state } from './state.js'

const { id: site } = facts.site
const CHECK_INS = `/sites/${site}/check-ins`
const WALK_INS = `/sites/${site}/walk-ins`
const TAX_CODE = /^[A-Z]{6}[\dL-NP-V]{2}[A-Z][\dL-NP-V]{2}[A-Z][\dL-NP-V]{3}[A-Z]$/i

let giving = null
/** What the number on the screen was given for: a reader that reads it twice says nothing new. */
let shownFor = null
/** Codes that others have shown meanwhile, in their order: a number stays on the screen until it is taken. */
const next = []
const MOST_NEXT = 9

/** The person does not want to wait for the server any longer. */
export const giveUp = () => giving?.abort()

/** @param {string} typed a code, or what a reader found in a QR: the code, the link, its secret */
export function checkIn(typed) {
  const code = typed.trim()
  if (state.step === 'ticket') return waitForTicket(code)
  const fault = TAX_CODE.test(code) ? 'code.taxCode' : /\/numero\//.test(code) ? 'code.phonePage' : null
  if (fault) return go('code', { lang: state.lang, fault: [fault] })
  void draw({ path: CHECK_INS, body: { code }, isPersonal: true }, { typed: code, back: 'code' })
}

/** @param {{ id: string }} offer @param {{ newbornTaxCode?: string, senior?: boolean }} [more] */
export function walkIn(offer, more = {}) {
  const isPersonal = more.newbornTaxCode !== undefined
  const back = isPersonal ? 'newborn' : null
  void draw({ path: WALK_INS, body: { service: offer.id, ...more }, isPersonal }, { ...taken(more), offer, back })
}

const taken = ({ newbornTaxCode: typed = '' }) => ({ typed })

function waitForTicket(code) {
  if (code === shownFor || next.includes(code) || next.length === MOST_NEXT) return
  next.push(code)
  set({ hasNext: true })
}

/** The number is taken: whoever has shown a code meanwhile is next. */
export function takeNext() {
  const code = next.shift()
  if (code !== undefined) checkIn(code)
}

/** A number that was on the screen when the page was closed. */
export function resumeTicket({ ticket, lang, isPrinted }) {
  void show({ status: ticket.isAgain ? 200 : 201, body: { ticket: { ...ticket, isPrinted } }, tries: 2 }, lang)
}

/** A press that a reload or a power cut has interrupted. */
export function resumePress(kept) {
  const offer = state.now.services.find(({ id }) => id === kept.body.service) ?? { id: kept.body.service }
  void draw(kept, { offer, back: null, typed: '' })
}

async function draw(wish, { typed, back, offer = null }) {
  if (state.step === 'asking') return
  giving = new AbortController()
  shownFor = wish.body.code ?? null
  go('asking', { lang: state.lang })
  const delayed = (delay) => state.step === 'asking' && state.delay !== delay && set({ delay })
  const answer = await press(wish, { delayed, signal: giving.signal })
  const lang = state.lang
  if (answer === null) return go('refused', { lang, offer, refusal: { key: 'gaveUp', back, typed } })
  if (isRefused(answer)) return unpair()
  if (answer.status < 300) return show(answer, lang)
  refuse(answer, { typed, back, offer, lang })
}

async function show({ status, body: { ticket, found = null }, tries }, lang) {
  keepTicket({ ticket, lang, isPrinted: ticket.isPrinted ?? false })
  // The answer of an earlier try is as old as that try; the number stays, its place may have changed.
  const fresh = tries > 1 ? await ask(`/tickets/${ticket.token}`) : null
  go('ticket', { lang, ticket: { ...ticket, ...fresh?.body?.ticket, isAgain: status === 200, found } })
}

/** What can be put right where it was typed is said there. */
function refuse({ status, body }, { typed, back, offer, lang }) {
  const fault = faultOf(status, body, back)
  if (fault) return go(back, { lang, typed, offer, fault })
  go('refused', { lang, offer, refusal: { ...refusalOf(body, offer), back, typed } })
}

function faultOf(status, { code, errors = [] }, back) {
  if (back === 'code' && (status === 404 || status === 400)) return ['code.unknown']
  if (back !== 'newborn') return null
  if (code === 'not-a-newborn') return ['newborn.notNewborn']
  if (code === 'newborn-tax-code-required') return ['newborn.empty']
  const [wrong] = errors
  if (code !== 'invalid' || !wrong) return null
  return wrong.code.startsWith('taxCode.') ? [wrong.code] : ['newborn.wrong']
}

const NOT_ACTIVE = { cancelled: 'cancelled', expired: 'expired', pending: 'pending' }

/** @returns {{ key: string }} of a sentence under `refused`, with what it needs */
function refusalOf({ code, start, site: where, siteName, opensAt, state: found }, offer) {
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
