import { expect } from 'chai'
import { fitsIn } from '../../../src/bookings/affected-bookings.js'
import { slotSpans, statusNow } from '../../../src/bookings/booking.js'
import type { BookingStatus } from '../../../src/bookings/booking.shape.js'
import { newBookingCode } from '../../../src/bookings/booking-code.js'
import { manageUrl, publicBooking } from '../../../src/bookings/booking.pages.js'
import { makeSecrets } from '../../../src/platform/secrets.js'
import { aBooking, aCalendarPlan, aClosure, aRule, THE_DAY } from '../../support/builders.js'

const NOW = new Date('2026-11-23T08:00:00Z')
const before = new Date(NOW.getTime() + 1)

describe('the code people read out', () => {
  const codes = Array.from({ length: 3000 }, newBookingCode)

  it('has 8 characters, none of which is taken for another', () => {
    for (const code of codes)
      expect(code)
        .to.match(/^[A-Z0-9]{8}$/)
        .and.not.match(/[01258BILOSUVZ]/)
  })

  it('hardly ever comes twice and uses all its letters evenly', () => {
    expect(new Set(codes).size).to.equal(codes.length)
    const counts = new Map<string, number>()
    for (const letter of codes.join('')) counts.set(letter, (counts.get(letter) ?? 0) + 1)
    expect(counts.size).to.equal(23)
    for (const [letter, count] of counts) expect(count, letter).to.be.within(800, 1300) // 1043 expected
  })
})

describe('the status as everybody may see it (K4)', () => {
  const cases: [status: BookingStatus, expiresAt: Date | null, seen: BookingStatus][] = [
    ['held', before, 'held'],
    ['held', NOW, 'expired'],
    ['pending', before, 'pending'],
    ['pending', NOW, 'expired'],
    ['confirmed', null, 'confirmed'],
    ['confirmed', NOW, 'confirmed'],
    ['cancelled', NOW, 'cancelled'],
    ['expired', before, 'expired'],
    ['arrived', null, 'arrived'],
    ['served', null, 'served'],
    ['no-show', null, 'no-show'],
  ]
  for (const [status, expiresAt, seen] of cases) {
    const until = expiresAt === null ? 'no end' : expiresAt === NOW ? 'until now' : 'until later'
    it(`${status}, ${until}: ${seen}`, () => expect(statusNow({ status, expiresAt }, NOW)).to.equal(seen))
  }
})

describe('the slots of a booking (K2)', () => {
  it('follow each other by their length', () => {
    const starts = slotSpans(aBooking({ slotCount: 3, slotMinutes: 15 })).map(({ startsAt, endsAt }) =>
      [startsAt, endsAt].map((instant) => instant.toISOString().slice(11, 16)).join('–'),
    )
    expect(starts).to.deep.equal(['07:30–07:45', '07:45–08:00', '08:00–08:15'])
  })

  const plan = aCalendarPlan()
  const cases: [
    title: string,
    fits: boolean,
    part: Parameters<typeof aCalendarPlan>[0],
    booking?: Parameters<typeof aBooking>[0],
  ][] = [
    ['the calendar it was booked in', true, {}],
    ['case C33: shorter hours leave it outside', false, { rules: [aRule({ from: '09:00' })] }],
    ['another length of slot', false, { rules: [aRule({ slotMinutes: 30 })] }],
    ['its second slot is gone', false, { rules: [aRule({ to: '08:45' })] }, { slotCount: 2 }],
    ['S5: a closure over it', false, { closures: [aClosure()] }],
    ['S5: a closure of another day', true, { closures: [aClosure({ fromOn: '2026-11-25', toOn: '2026-11-26' })] }],
    ['fewer seats, but the slot is still there', true, { rules: [aRule({ seats: 1 })] }],
  ]
  for (const [title, fits, part, booking] of cases) {
    it(`S8: ${title}: ${fits ? 'inside' : 'left outside'}`, () =>
      expect(fitsIn({ ...plan, ...part }, aBooking(booking))).to.equal(fits))
  }
})

describe('a booking as its owner sees it', () => {
  const secrets = makeSecrets('x'.repeat(32))
  const view = { secrets, baseUrl: 'https://turno.example', timeZone: 'Europe/Rome', now: NOW }

  it('has the contract’s fields, the site’s hours and nothing personal but the first name', () => {
    const seen = publicBooking(aBooking({ firstName: 'Maria', email: 'm@example.org', notes: 'note' }), view)
    const when = ['site', 'service', 'start', 'end', 'persons', 'people']
    expect(seen).to.have.all.keys('code', 'token', ...when, 'status', 'manageUrl')
    expect(seen).to.include({
      start: `${THE_DAY}T08:30:00+01:00`,
      end: `${THE_DAY}T08:45:00+01:00`,
      status: 'confirmed',
    })
  })

  it('M1: names the contact first, and each other person by their place alone', () => {
    const party = aBooking({ firstName: 'Maria', matterId: 'neonato', persons: 3 })
    const another = { firstName: '', matter: null }
    expect(publicBooking(party, view).people).to.deep.equal([
      { firstName: 'Maria', matter: 'neonato' },
      another,
      another,
    ])
    expect(publicBooking(aBooking(), view).people, 'erased (A4)').to.deep.equal([another])
  })

  it('L: its link is built on the configured address', () =>
    expect(manageUrl('https://turno.example', 'tok')).to.equal('https://turno.example/prenotazione/tok'))
})
