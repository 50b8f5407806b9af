import { mailedToken } from '../../../src/bookings/index.js'
import type { TestApp } from '../../support/app.js'
import { visitorOf } from '../../support/builders.js'
import { at, bodyOf, booked, held, SERVICE } from '../../support/crowd.js'
import { PASSWORD, signedIn, type StaffClient } from '../../support/staff.js'
import { toSummary } from '../citizen/journey.js'
import { WebVisit } from '../citizen/web-visit.js'
import { addressOf, type Way, waysOf } from './ways.js'

/** A way, asked as somebody would who may: an admin, or a citizen in the midst of booking. */
export interface Call {
  /** `POST /api/v1/holds` */
  name: string
  url: string
  init: RequestInit
}

const NOBODY = '00000000-0000-4000-8000-000000000000'
const REASON = { reason: 'prova' }
const SEATS = { from: '08:30', to: '12:30', slotMinutes: 15, seats: 2 }

/** What is sent where an empty body would be refused before the database is asked. */
export const BODIES: Record<string, object> = {
  'POST /api/v1/holds': { site: 'legnano', service: SERVICE, start: at('09:00') },
  'POST /api/v1/bookings': bodyOf(40, { start: at('09:15') }),
  'POST /api/v1/bookings/:token/contact': { email: 'nessuno@example.org' },
  'POST /api/v1/bookings/:token/move': { start: at('10:00') },
  'POST /api/v1/session': { username: 'admin', password: PASSWORD },
  'POST /api/v1/session/password': { password: 'una nuova frase di passo' },
  'POST /api/v1/session/totp': { password: PASSWORD },
  'POST /api/v1/session/totp/confirm': { totp: '123456' },
  'POST /api/v1/session/totp/remove': { password: PASSWORD },
  'POST /api/v1/staff': { username: 'nuova', role: 'operator', sites: ['legnano'] },
  'PATCH /api/v1/staff/:username': { active: true },
  'POST /api/v1/devices/pair': { pairingCode: 'AAAAAAAA' },
  'POST /api/v1/sites/:site/devices': { kind: 'kiosk' },
  'POST /api/v1/sites/:site/printer': { works: true },
  'PUT /api/v1/sites/:site/calendars/:calendar': {
    services: [SERVICE],
    rules: [{ rrule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', startsOn: '2026-01-01', ...SEATS }],
    minNoticeMinutes: 0,
    horizonDays: 60,
  },
  'POST /api/v1/sites/:site/closures': { from: '2026-12-21', to: '2026-12-22', ...REASON, public: true },
  'POST /api/v1/sites/:site/openings': { calendar: SERVICE, date: '2026-12-19', rules: [SEATS] },
  'PATCH /api/v1/sites/:site': { openOnHolidays: [] },
  'POST /api/v1/sites/:site/bookings': bodyOf(41, { site: undefined, start: at('09:30') }),
  'POST /api/v1/sites/:site/bookings/:code/cancel': REASON,
  'POST /api/v1/sites/:site/bookings/:code/move': { start: at('10:15'), ...REASON },
  'POST /api/v1/sites/:site/bookings/:code/contact': { email: 'nessuno@example.org', ...REASON },
  'POST /api/v1/sites/:site/closures/:id/resolve': { action: 'cancel' },
  'POST /api/v1/sites/:site/made/search': { address: '192.0.2.1' },
  'POST /api/v1/sites/:site/made/cancel': { address: '192.0.2.1', reason: 'prova' },
  'POST /api/v1/sites/:site/check-ins': { code: 'AAAAAAAA' },
  'POST /api/v1/sites/:site/walk-ins': { service: 'accesso-diretto', override: REASON },
  'POST /api/v1/counters/:counter/pause': REASON,
  'POST /api/v1/sites/:site/counters': { name: '9' },
  'PATCH /api/v1/counters/:counter': { name: '1' },
  'PATCH /api/v1/sites/:site/services/:service': { personsPerSlot: 1 },
  'POST /api/v1/tickets/:id/call': { counter: 'legnano-1', ...REASON },
  'POST /api/v1/tickets/:id/reopen': REASON,
  'POST /api/v1/tickets/:id/urgent': REASON,
  'POST /api/v1/tickets/:id/transfer': { service: SERVICE },
  'POST /api/v1/mail/release': { action: 'send' },
  'POST /api/v1/recoveries': { email: 'nessuno@example.org' },
  'POST /ritrova': { email: 'nessuno@example.org' },
  'POST /password': { current: PASSWORD, password: 'una nuova frase di passo', again: 'una nuova frase di passo' },
  'POST /account/totp': { password: PASSWORD },
  'POST /account/totp/disattiva': { password: PASSWORD },
  'POST /entra': { username: 'admin', password: PASSWORD },
  'POST /entra/codice': { username: 'admin', totp: '123456', mark: '1.x' },
  'POST /prenota': { site: 'rho', persons: '1' },
  'POST /prenota/data-e-orario': { start: at('11:00') },
  'POST /prenota/dettagli': { notes: 'prova' },
  'POST /prenota/richiedente': visitorOf(42),
  'POST /prenota/conferma': { email: 'nessuno@example.org' },
  'POST /prenotazione/:token/sposta': { start: at('11:30') },
}

/** What reads a query must have. */
const QUERIES: Record<string, string> = {
  'GET /api/v1/sites/:site/services/:service/days': '?from=2026-11-24&to=2026-11-30',
  'GET /api/v1/sites/:site/services/:service/slots': '?date=2026-11-24',
  'GET /api/v1/sites/:site/bookings': '?date=2026-11-24',
  'GET /api/v1/sites/:site/visits': '?from=2026-11-24&to=2026-11-24',
  'GET /api/v1/sites/:site/statistics': '?from=2026-11-01&to=2026-11-20',
  'GET /api/v1/sites/:site/statistics.csv': '?from=2026-11-01&to=2026-11-20',
  'GET /prenota/data-e-orario': '?giorno=2026-11-24',
}

/** Last and in this order, since they end what the others lean on. */
const LAST = [
  'DELETE /api/v1/sites/:site/calendars/:calendar',
  'POST /api/v1/bookings/:token/cancel',
  'POST /api/v1/sites/:site/bookings/:code/cancel',
  'POST /api/v1/session/totp/remove',
  'POST /account/totp/disattiva',
  'POST /api/v1/session/password',
  'POST /password',
  'POST /api/v1/session',
  'POST /entra',
  'DELETE /api/v1/session',
  'DELETE /api/v1/session/all',
  'POST /account/esci',
  'POST /account/esci-ovunque',
]

/** Every way of the app once, with somebody and something behind each name in its address. */
export async function callsOf(app: TestApp): Promise<Call[]> {
  const admin = await signedIn(app, { role: 'admin' })
  const citizen = new WebVisit(app.url)
  const summary = await toSummary(citizen)
  const csrf = /name="_csrf" value="([^"]+)"/.exec(summary.html)?.[1] ?? ''
  const ways = waysOf(app.web)
  const values = await valuesOf(app, admin)
  const name = ({ method, path }: Way) => `${method} ${path}`
  const ordered = [...ways].sort((a, b) => LAST.indexOf(name(a)) - LAST.indexOf(name(b)))
  const cookie = [admin.cookie, ...[...citizen.cookies].map(([key, value]) => `${key}=${value}`)].join('; ')
  return ordered.map((way) => {
    const ofApi = way.path.startsWith('/api/')
    const token = ofApi || /^\/(account|password|operatore)/.test(way.path) ? admin.csrfToken : csrf
    const sent = { ...BODIES[name(way)], ...(!ofApi && { _csrf: token }) }
    const body = ofApi ? JSON.stringify(sent) : new URLSearchParams(sent as Record<string, string>)
    const headers = {
      cookie,
      accept: ofApi ? 'application/json' : 'text/html',
      ...(ofApi && { 'x-csrf-token': token, 'content-type': 'application/json' }),
    }
    const mayHaveBody = !['GET', 'DELETE'].includes(way.method)
    return {
      name: name(way),
      url: `${app.url}${addressOf(way, values)}${QUERIES[name(way)] ?? ''}`,
      init: { method: way.method, headers, redirect: 'manual', ...(mayHaveBody && { body }) },
    }
  })
}

async function valuesOf(app: TestApp, admin: StaffClient): Promise<Record<string, string>> {
  const { token, code } = await booked(app, 43)
  const { hold } = await held(app, { start: at('10:30') })
  const walkIn = await admin.post('/sites/legnano/walk-ins', BODIES['POST /api/v1/sites/:site/walk-ins'])
  if (walkIn.status !== 201) throw new Error(`walk-in: ${JSON.stringify(walkIn.body)}`)
  const { ticket } = walkIn.body
  const booking = await app.bookings.findByToken(token)
  if (!booking) throw new Error('no booking')
  const names = { site: 'legnano', service: SERVICE, calendar: SERVICE, counter: 'legnano-1', username: 'admin' }
  return {
    ...names,
    hold,
    code,
    id: NOBODY,
    device: NOBODY,
    ticket: ticket.id,
    name: 'nessuna.eml',
    matter: 'neonato',
    '/api/v1/bookings/:token': token,
    '/prenotazione/:token': mailedToken(app.secrets, booking),
    '/api/v1/tickets/:token': ticket.token,
    '/api/v1/tickets/:id': ticket.id,
    '/numero/:token': ticket.token,
  }
}
