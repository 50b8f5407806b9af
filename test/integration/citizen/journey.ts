import { mailedToken } from '../../../src/bookings/index.js'
import type { TestApp } from '../../support/app.js'
import { freeTimes, type WebPage, WebVisit } from './web-visit.js'

/** «Nicolò D'Angelo-Müller» of Legnano; the tax code belongs to nobody. */
export const NICOLO = {
  firstName: 'Nicolò',
  lastName: "D'Angelo-Müller",
  taxCode: 'RSSMRA85T10A562S',
  email: 'nicolo@example.org',
  phone: '',
  comune: '015118',
}

interface Wishes {
  site?: string
  persons?: string
  /** Which of the day's free times, from 0. */
  time?: number
  day?: string
  visitor?: Partial<typeof NICOLO>
}

/** Steps 1 and 2: the page of the details, with a time held. */
export async function toDetails(
  visit: WebVisit,
  { site = 'legnano', persons = '1', time = 0, day = '2026-11-24' }: Wishes = {},
): Promise<WebPage> {
  await visit.submit(await visit.get('/prenota'), '/prenota', { site, persons })
  const slots = await visit.get(`/prenota/data-e-orario?giorno=${day}`)
  const start = freeTimes(slots)[time]
  if (start === undefined) throw new Error(`no free time on ${day}: ${slots.text}`)
  return visit.submit(slots, '/prenota/data-e-orario', { start })
}

/** Steps 1 to 4: the summary. */
export async function toSummary(visit: WebVisit, wishes: Wishes = {}): Promise<WebPage> {
  const next = await toDetails(visit, wishes)
  const page =
    next.address === '/prenota/dettagli' ? await visit.submit(next, '/prenota/dettagli', { notes: 'Due figli' }) : next
  if (page.address !== '/prenota/richiedente') return page
  return visit.submit(page, '/prenota/richiedente', { ...NICOLO, ...wishes.visitor })
}

/** All six steps. @returns the page of the confirmation and the path behind the link */
export async function book(
  app: TestApp,
  wishes: Wishes = {},
): Promise<{ visit: WebVisit; page: WebPage; path: string }> {
  const visit = new WebVisit(app.url)
  const page = await visit.submit(await toSummary(visit, wishes), '/prenota/riepilogo')
  const path = /\/prenotazione\/[A-Za-z0-9_-]{43}/.exec(page.html)?.[0]
  if (path === undefined) throw new Error(`not booked: ${page.text}`)
  return { visit, page, path }
}

/** The same page behind the link that is mailed. */
export async function mailedPath(app: TestApp, path: string): Promise<string> {
  const booking = await app.bookings.findByToken(path.slice('/prenotazione/'.length))
  if (!booking) throw new Error(`no booking behind ${path}`)
  return `/prenotazione/${mailedToken(app.secrets, booking)}`
}
