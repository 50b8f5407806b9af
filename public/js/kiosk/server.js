import { facts } from './place.js'
import { set, state } from './state.js'

const { id: site } = facts.site
const TOKEN = `turno.kiosk.${site}`
/** The server itself gives up after ten seconds (in-time.ts). */
const PATIENCE_MS = 12_000

/** The lasting secret of this device for this site; null until it is paired. */
export const token = () => localStorage.getItem(TOKEN)

/** @param {string} secret @param {string} [of] the site it was made for */
export const keepToken = (secret, of = site) => localStorage.setItem(`turno.kiosk.${of}`, secret)

export const forgetToken = () => localStorage.removeItem(TOKEN)

/**
 * Asks the API. @param {string} path below /api/v1
 * @param {{ body?: object, key?: string }} [post] with a body it is a POST, under an Idempotency-Key
 * @returns {Promise<{ status: number, body: any, headers: Headers } | null>} null when there is no answer, or one that
 *   says nothing but that the server is not well
 */
export async function ask(path, { body, key } = {}) {
  const secret = token()
  const headers = { accept: 'application/json', 'accept-language': state.lang }
  if (secret) headers.authorization = `Bearer ${secret}`
  if (body) Object.assign(headers, { 'content-type': 'application/json', 'idempotency-key': key })
  try {
    const answer = await fetch(`/api/v1${path}`, {
      method: body ? 'POST' : 'GET',
      headers,
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    const { status, headers: told } = answer
    return status < 500 ? { status, body: await answer.json(), headers: told } : null
  } catch {
    return null
  }
}

/** The server's clock, carried on by ours. */
let heardAt = performance.now()
export const serverMs = () => Date.parse(state.now.at) + (performance.now() - heardAt)

export const isAway = () => state.awaySince !== null

/** The server has answered, or has not. */
export function heard(answered) {
  if (answered && isAway()) set({ awaySince: null })
  if (!answered && !isAway() && !state.isKept) set({ awaySince: serverMs() })
}

/** No longer paired: the machine was revoked, or the secret is for another site. */
export const isRefused = ({ status }) => status === 401 || status === 403

export function unpair() {
  forgetToken()
  set({ step: 'pairing', fault: ['pairing.revoked'], typed: '' })
}

const EVERY_MS = 10_000
const AWAY_EVERY_MS = 2500

let due
let running = false

/** Looks what numbers are given for now, and again and again: that is also how a lost server and a revoked token show. */
export async function look() {
  if (running) return
  running = true
  clearTimeout(due)
  if (token() && state.step !== 'pairing') {
    const answer = await ask(`/sites/${site}/walk-ins`)
    if (answer?.status === 200) hear(answer.body)
    else if (answer && isRefused(answer) && state.step !== 'pairing') unpair()
    heard(answer !== null)
  }
  running = false
  due = setTimeout(() => void look(), isAway() || state.isKept ? AWAY_EVERY_MS : EVERY_MS)
}

function hear(now) {
  const isNews = state.isKept || JSON.stringify(now.services) !== JSON.stringify(state.now.services)
  heardAt = performance.now()
  if (isNews) set({ now, isKept: false })
  else state.now = now
}

/** A closed service whose time has come by the server's clock. */
export const opensNow = () =>
  !state.isKept && state.now.services.some(({ opensAt }) => opensAt && Date.parse(opensAt) <= serverMs())

window.addEventListener('online', () => void look())
