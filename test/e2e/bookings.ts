import { expect } from 'chai'
import type { Lang } from '../../src/messages/index.js'
import type { ReachableVisitor } from '../../src/visitors/index.js'
import type { TestApp } from '../support/app.js'
import { aVisitor, THE_DAY } from '../support/builders.js'
import type { ReceivedMail } from '../support/smtp.js'

/** On THE_DAY, in Rome's winter: `at('08:30')`. */
export const at = (time: string, day = THE_DAY): string => `${day}T${time}:00+01:00`

/** The person of these journeys, whose name is as people's names are. */
export const nicolo = (part: Partial<ReachableVisitor> = {}): ReachableVisitor =>
  aVisitor({ firstName: 'Nicolò', lastName: "D'Angelo-Müller", email: 'nicolo@example.org', ...part })

/** Free places as programs outside see them. */
export async function freeAt({ api }: TestApp, start: string, site = 'legnano'): Promise<number | undefined> {
  const path = `/sites/${site}/services/scelta-revoca/slots?date=${start.slice(0, 10)}`
  const { body } = await api.get(path)
  const { slots } = body as { slots: { start: string; free: number }[] }
  return slots.find((slot) => slot.start === start)?.free
}

interface Wanted {
  start: string
  visitor: ReachableVisitor
  site?: string
  persons?: number
  lang?: Lang
}

/** Booked by somebody else, elsewhere: through the API. @returns the path of the page behind its link, and its token */
export async function bookElsewhere(
  { api }: TestApp,
  { start, visitor, site = 'legnano', persons = 1, lang = 'it' }: Wanted,
): Promise<{ token: string; path: string }> {
  const { status, body } = await api.post(
    '/bookings',
    { site, service: 'scelta-revoca', start, persons, visitor },
    { 'accept-language': lang },
  )
  expect(status, JSON.stringify(body)).to.equal(201)
  const { token } = (body as { booking: { token: string } }).booking
  return { token, path: `/prenotazione/${token}` }
}

/** Addresses of ours in a mail, of its two parts, each once. */
export function linksIn({ parsed }: ReceivedMail, origin: string): string[] {
  const all = `${parsed.html || ''} ${parsed.text ?? ''}`.match(/https?:\/\/[^\s"'<>]+/g) ?? []
  return [...new Set(all)].filter((url) => url.startsWith(`${origin}/`))
}

/** The link to the page of the booking. */
export function manageLinkIn(mail: ReceivedMail, origin: string): string {
  const link = linksIn(mail, origin).find((url) => url.includes('/prenotazione/'))
  if (link === undefined) throw new Error(`no link in «${mail.parsed.subject}»`)
  return link
}

/** Bookings that hold or held a seat, as the database has them. */
export async function bookingsOf({ database }: TestApp): Promise<unknown[]> {
  return (await database.contents())['booking'] ?? []
}
