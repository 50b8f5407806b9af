import { MINUTE_MS } from '../kernel/clock.js'
import { addDays } from '../kernel/local-day.js'
import type { DemoClient } from './demo-client.js'
import { demoNewborn, demoVisitor } from './demo-people.js'
import type { Pace } from './pace.js'

/** Somebody who comes `minute` minutes into the morning. */
export interface Arrival {
  minute: number
  come: () => Promise<void>
}

export interface Scene {
  client: DemoClient
  pace: Pace
  site: string
  service: string
  /** The app's clock: `2026-11-24T09:00:00+01:00`. */
  now: string
  run: number
}

const BOOKED = 14

interface Rule {
  from: string
  to: string
  slotMinutes: number
}

/** Books people for about now, as the desk does (K10). They come early, in time or late. */
export async function bookedArrivals(scene: Scene, minutes: number): Promise<Arrival[]> {
  const { client, pace, site, service, run } = scene
  const arrivals: Arrival[] = []
  const starts = await startsNear(scene)
  for (let number = 0; number < BOOKED && starts.length > 0; number += 1) {
    const start = starts[Math.floor(pace.between(0, starts.length))] ?? ''
    const body = { service, start, visitor: demoVisitor(run, number), reason: 'dimostrazione' }
    const { status, body: answer } = await client.post<{ booking: { code: string } }>(`/sites/${site}/bookings`, body)
    if (status !== 201) continue
    const { code } = answer.booking
    const dueMinute = (Date.parse(start) - Date.parse(scene.now)) / MINUTE_MS
    const minute = Math.min(minutes * 0.8, Math.max(0, dueMinute + pace.between(-10, 20)))
    arrivals.push({ minute, come: () => checkIn(scene, code, start.slice(11, 16)) })
  }
  return arrivals
}

async function checkIn({ client, pace, site }: Scene, code: string, time: string): Promise<void> {
  const { status, body } = await client.post<{ ticket: { number: string } }>(`/sites/${site}/check-ins`, { code })
  pace.say(
    status < 300
      ? `${body.ticket.number} arrives, booked for ${time}`
      : `who booked for ${time} is refused: ${body.code ?? ''}`,
  )
}

/** Starts of the calendar's rules about now: late, due and early ones; which exist today the server decides (K1). */
async function startsNear({ client, site, service, now }: Scene): Promise<string[]> {
  const path = `/sites/${site}/calendars`
  const { calendars } = await client.get<{ calendars: { services: string[]; rules: Rule[] }[] }>(path)
  const rules = calendars.filter(({ services }) => services.includes(service)).flatMap((calendar) => calendar.rules)
  const [day, offset] = [now.slice(0, 10), now.slice(19)]
  const starts = rules.flatMap(({ from, to, slotMinutes }) => {
    const [first, end] = [minutesOf(from), minutesOf(to)]
    const count = Math.max(0, Math.floor((end - first) / slotMinutes))
    return Array.from({ length: count }, (_, index) => `${day}T${timeOf(first + index * slotMinutes)}:00${offset}`)
  })
  const ahead = (start: string) => (Date.parse(start) - Date.parse(now)) / MINUTE_MS
  return starts.filter((start) => ahead(start) > -20 && ahead(start) < 35)
}

/** Newborns, direct access and pick-ups, each every few minutes. Outside their window staff let them in (W3). */
export function walkInArrivals(scene: Scene, minutes: number): Arrival[] {
  const { pace, now, run } = scene
  const born = addDays(now.slice(0, 10), -3)
  const every = (least: number, most: number, body: (index: number) => object): Arrival[] => {
    const arrivals: Arrival[] = []
    for (let minute = pace.between(0, most); minute < minutes * 0.8; minute += pace.between(least, most)) {
      const index = arrivals.length
      arrivals.push({ minute, come: () => walkIn(scene, body(index)) })
    }
    return arrivals
  }
  return [
    ...every(5, 12, (index) => ({ service: 'neonati', newbornTaxCode: demoNewborn(born, run + index) })),
    ...every(6, 14, () => ({ service: 'accesso-diretto' })),
    ...every(8, 16, (index) => ({ service: 'punto-ritiro', senior: index % 2 === 0 })),
  ]
}

async function walkIn({ client, pace, site }: Scene, body: object): Promise<void> {
  const path = `/sites/${site}/walk-ins`
  const first = await client.post<{ ticket: { number: string } }>(path, body)
  const isLate = first.body.code === 'outside-window'
  const { status, body: answer } = isLate
    ? await client.post<{ ticket: { number: string } }>(path, { ...body, override: { reason: 'dimostrazione' } })
    : first
  pace.say(status === 201 ? `${answer.ticket.number} arrives` : `somebody is refused: ${answer.code ?? ''}`)
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
const timeOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
