import { randomBytes, randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import express from 'express'
import type { Person } from './people.js'
import { BOOKINGS_PATH, SERVICE, type Slot } from './scene.js'

/** What both bare booking routes read from a request. Nothing of it is checked. */
export interface BareBody extends Slot {
  visitor: Person
}

/** Does the statements of one booking by the raw driver, in one transaction; answers the booking's code. */
export type BareBook = (body: BareBody) => string | Promise<string>

/** As routes that a program would have. */
const READ_PATHS = [
  '/api/v1/sites/:site/services/:service/days',
  '/api/v1/sites/:site/services/:service/slots',
  '/api/v1/sites/:site/board',
  '/',
  '/prenota',
  '/prenota/data-e-orario',
]

/** An answer's bytes and what they are. */
export interface BareAnswer {
  type: string
  bytes: Buffer
}

/**
 * A bare Express app: no guards, log, metrics, limits, validation or encryption. What is
 * read comes from memory, by address; its bookings are made by `book`.
 */
export function listenBare(reads: ReadonlyMap<string, BareAnswer>, book: BareBook): Promise<Server> {
  const app = express()
  for (const path of READ_PATHS)
    app.get(path, (req, res) => {
      const answer = reads.get(req.originalUrl)
      res.setHeader('Content-Type', answer?.type ?? 'text/plain')
      res.end(answer?.bytes)
    })
  app.use(express.json())
  app.post(BOOKINGS_PATH, async (req, res) => {
    const body = req.body as BareBody
    const code = await book(body)
    const token = `${code}-0123456789012345678901234567890123`
    const manageUrl = `http://localhost:3000/prenotazione/${token}`
    const { site, start } = body
    const booking = {
      code,
      token,
      site,
      service: SERVICE,
      start,
      end: start,
      persons: 1,
      status: 'confirmed',
      manageUrl,
    }
    res.status(201).json({ booking })
  })
  return new Promise((resolve) => {
    const server = app.listen(0, '127.0.0.1', () => resolve(server))
  })
}

/** The same reads by Node's own server, without Express. */
export function listenPlain(reads: ReadonlyMap<string, BareAnswer>): Promise<Server> {
  const server = createServer((req, res) => {
    const answer = reads.get(req.url ?? '')
    res.writeHead(200, { 'Content-Type': answer?.type ?? 'text/plain', 'Content-Length': answer?.bytes.length ?? 0 })
    res.end(answer?.bytes)
  })
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(server))
  })
}

/** The values of one booking's row, in the order of the statement, its dates as `date` writes them. */
export function bareRow({ site, start, visitor }: BareBody, date: (instant: Date) => unknown) {
  const startsAt = new Date(start)
  const now = date(new Date(startsAt.getTime() - 86_400_000))
  const [id, code] = [randomUUID(), randomBytes(6).toString('base64url')]
  const personHash = `${'0'.repeat(48)}${visitor.taxCode}`
  const sealed = `${'0'.repeat(43)}${visitor.taxCode}`
  const { firstName, lastName, email, phone, comune } = visitor
  const starts = date(startsAt)
  const ends = date(new Date(startsAt.getTime() + 900_000))
  return {
    id,
    code,
    starts,
    free: [now, site, SERVICE, date(new Date(startsAt.getTime() - 86_400_000)), ends, starts],
    active: ['confirmed', now, personHash, SERVICE, 'confirmed', now, email],
    booking: [
      id,
      code,
      `${id}${'0'.repeat(28)}`,
      null,
      site,
      SERVICE,
      SERVICE,
      starts,
      ends,
      start.slice(0, 10),
      15,
      1,
      1,
      'confirmed',
      null,
      0,
      'it',
      firstName,
      lastName,
      email,
      email,
      phone,
      sealed,
      personHash,
      comune,
      null,
      now,
      now,
    ],
    audit: [now, 'visitor', 'book-slot', 'booking', id, null, `confirmed ${startsAt.toISOString()}`, null],
    outbox: [randomUUID(), 'confirmed', id, '0', 'waiting', 0, now, null, null, now, null, null],
  }
}

/** The statements of one booking, as the app makes them: the server compares both lists at the start. */
export const BARE_SQL = {
  calendar: 'SELECT site_id, id, version, service_ids FROM calendar WHERE site_id = ?',
  free: `SELECT starts_at, ends_at, taken - (SELECT COUNT(*) FROM seat_claim claim
    WHERE claim.site_id = counter.site_id AND claim.calendar_id = counter.calendar_id
    AND claim.starts_at = counter.starts_at AND claim.ends_at = counter.ends_at AND claim.expires_at <= ?) AS taken,
    plan_version FROM taken_seats counter
    WHERE site_id = ? AND calendar_id = ? AND starts_at > ? AND starts_at < ? AND ends_at > ?`,
  active: `SELECT id, sequence, service_id, email_key, person_hash FROM booking
    WHERE status = ? AND ends_at > ? AND person_hash IN (?) AND service_id = ? UNION ALL
    SELECT id, sequence, service_id, email_key, person_hash FROM booking WHERE status = ? AND ends_at > ? AND email_key = ?`,
  booking: `INSERT INTO booking (id, code, token_hash, hold_hash, site_id, service_id, calendar_id, starts_at, ends_at,
    on_day, slot_minutes, slot_count, persons, status, expires_at, sequence, lang, first_name, last_name, email,
    email_key, phone, tax_code_sealed, person_hash, comune, notes, created_at, booked_at)
    VALUES (${Array(28).fill('?').join(', ')})`,
  audit: `INSERT INTO audit_record (at, who, what, subject_kind, subject_id, from_state, to_state, reason)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  outbox: `INSERT INTO outbox (id, kind, subject_id, occurrence, state, attempts, due_at, leased_until, last_error,
    created_at, sent_at, tried_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  take: 'UPDATE taken_seats SET taken = taken + 1 WHERE site_id = ? AND calendar_id = ? AND starts_at = ? AND taken < ?',
} as const
