import { expect } from 'chai'
import type { Booking } from '../../../src/bookings/index.js'
import { bookingCalendar } from '../../../src/notices/booking-calendar.js'
import type { Site } from '../../../src/sites/index.js'
import { aBooking, aSite, THE_DAY_BEFORE } from '../../support/builders.js'
import { ORGANIZER } from './notice-builder.js'

const PERSON = { firstName: 'Maria', lastName: 'Rossi', email: 'maria.rossi@example.org', phone: '0331123456' }

const calendarOf = (part: Partial<Booking> = {}, site: Partial<Site> = {}, now = THE_DAY_BEFORE) =>
  bookingCalendar({ booking: aBooking({ ...PERSON, ...part }), site: aSite(site), now, organizer: ORGANIZER })

/** The properties of the entry, unfolded; the last of a name wins. */
const readIcs = (text: string): Record<string, string> =>
  Object.fromEntries(
    text
      .replace(/\r\n[ \t]/g, '')
      .split('\r\n')
      .filter((line) => line !== '')
      .map((line) => [line.slice(0, line.search(/[:;]/)), line.slice(line.indexOf(':') + 1)]),
  )

describe('the calendar entry of a booking (L5)', () => {
  const changes: [title: string, startsAt: string, utc: string][] = [
    ['the Friday before summer time', '2026-03-27T08:30:00+01:00', '20260327T073000Z'],
    ['the Saturday before summer time', '2026-03-28T08:30:00+01:00', '20260328T073000Z'],
    ['the Sunday of the change', '2026-03-29T08:30:00+02:00', '20260329T063000Z'],
    ['the Monday after (case D15)', '2026-03-30T08:30:00+02:00', '20260330T063000Z'],
    ['the Saturday before winter time', '2026-10-24T08:30:00+02:00', '20261024T063000Z'],
    ['half past two, the first time', '2026-10-25T02:30:00+02:00', '20261025T003000Z'],
    ['half past two, the second time', '2026-10-25T02:30:00+01:00', '20261025T013000Z'],
    ['the Monday after winter time', '2026-10-26T08:30:00+01:00', '20261026T073000Z'],
  ]
  for (const [title, startsAt, utc] of changes) {
    it(`means the right instant on ${title}`, () => {
      const entry = readIcs(calendarOf({ startsAt: new Date(startsAt) }).text)
      expect(entry['DTSTART']).to.equal(utc)
      expect(entry['DTEND']).to.equal(utc.replace('3000Z', '4500Z'))
    })
  }

  it('has one UID for the whole life of a booking, and a SEQUENCE that grows (H11)', () => {
    const lives = [calendarOf(), calendarOf({ sequence: 1 }), calendarOf({ sequence: 2, status: 'cancelled' })]
    const entries = lives.map(({ text }) => readIcs(text))
    expect(new Set(entries.map(({ UID }) => UID)).size).to.equal(1)
    expect(entries.map(({ SEQUENCE }) => SEQUENCE)).to.deep.equal(['0', '1', '2'])
    expect(readIcs(calendarOf({ id: '00000000-0000-4000-8000-000000000002' }).text)['UID']).not.to.equal(
      entries[0]?.['UID'],
    )
  })

  const states: [part: Partial<Booking>, method: string, status: string][] = [
    [{ status: 'confirmed' }, 'PUBLISH', 'CONFIRMED'],
    [{ status: 'arrived' }, 'PUBLISH', 'CONFIRMED'],
    [{ status: 'pending', expiresAt: new Date('2026-11-23T09:30:00+01:00') }, 'PUBLISH', 'TENTATIVE'],
    [{ status: 'pending', expiresAt: new Date('2026-11-23T09:00:00+01:00') }, 'CANCEL', 'CANCELLED'],
    [{ status: 'cancelled' }, 'CANCEL', 'CANCELLED'],
  ]
  for (const [part, method, status] of states) {
    it(`says ${method} and ${status} when ${part.status}${part.expiresAt ? ` until ${part.expiresAt.toISOString()}` : ''}`, () => {
      const calendar = calendarOf(part)
      const entry = readIcs(calendar.text)
      expect([calendar.method, entry['METHOD'], entry['STATUS']]).to.deep.equal([method, method, status])
    })
  }

  it('takes DTSTAMP from the clock of the house', () => {
    expect(readIcs(calendarOf({}, {}, new Date('2026-11-23T08:00:00Z')).text)['DTSTAMP']).to.equal('20261123T080000Z')
  })

  it('says nothing of the service, the person or the secret link, because calendars are shared', () => {
    for (const lang of ['it', 'en'] as const) {
      const { text } = calendarOf({ lang, notes: 'dialisi' })
      const whole = text.replace(/\r\n /g, '')
      for (const secret of [
        'medico',
        'doctor',
        'Revoca',
        'Maria',
        'Rossi',
        'maria',
        '0331',
        'dialisi',
        '/prenotazione/',
        'a'.repeat(64),
      ])
        expect(whole).not.to.include(secret)
      expect(whole).to.include('ABCD2345')
      expect(readIcs(text)['CLASS']).to.equal('PRIVATE')
    }
  })

  it('names its place in full, with commas escaped', () => {
    expect(readIcs(calendarOf().text)['LOCATION']).to.equal(
      'Legnano – Casa di Comunità\\, Via Candiani 2\\, 20025 Legnano (MI)',
    )
  })

  const sites: [name: string, escaped: string][] = [
    ['A; B', 'A\\; B'],
    ['back\\slash', 'back\\\\slash'],
    ['two\nlines', 'two\\nlines'],
    ['two\r\nEND:VEVENT', 'two\\nEND:VEVENT'],
    ['è così – “Müller” 🏥'.repeat(9), 'è così – “Müller” 🏥'.repeat(9)],
  ]
  for (const [name, escaped] of sites) {
    it(`escapes and folds a site called ${JSON.stringify(name.slice(0, 30))}`, () => {
      const { text } = calendarOf({}, { name })
      expect(readIcs(text)['LOCATION']?.startsWith(`${escaped}\\, Via`)).to.equal(true)
      expect(text.match(/END:VEVENT\r\n/g)).to.have.length(1)
    })
  }

  it('has CRLF at the end of every line and no line over 75 octets', () => {
    const { text } = calendarOf({}, { name: 'Casa di Comunità è così – '.repeat(8) })
    expect(text.replaceAll('\r\n', '')).not.to.match(/[\r\n]/)
    expect(text.endsWith('END:VCALENDAR\r\n')).to.equal(true)
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).to.be.at.most(75)
  })
})
