import { expect } from 'chai'
import fc from 'fast-check'
import { callOrder, comparePlaces, firstInOrder, type OrderSettings, placeOf } from '../../../src/queue/call-order.js'
import type { WaitingTicket } from '../../../src/queue/estimates.js'
import { aBooked, at, aTicket, settings } from './builders.js'

const order = (tickets: WaitingTicket[], now = at('09:30'), rules = settings()) =>
  callOrder(tickets, rules, now).map((place) => `${place.ticket.id} ${place.class}`)

describe('the call order (Q1)', () => {
  it('puts its six classes one after the other, whatever the order of arrival', () => {
    const tickets = [
      aBooked('early', '11:00', '08:31'),
      aTicket('young', { serviceId: 'punto-ritiro', joinedAt: at('08:32') }),
      aTicket('newborn', { joinedAt: at('08:33') }),
      aBooked('due', '09:40', '09:29'),
      aTicket('patient', { serviceId: 'slow', joinedAt: at('08:59') }),
      aTicket('urgent', { urgentAt: at('09:30'), joinedAt: at('09:30') }),
    ]
    const rules = settings({ services: { ...settings().services, slow: { maxWaitMinutes: 30, seniorFirst: false } } })
    expect(order(tickets, at('09:30'), rules)).to.deep.equal([
      'urgent urgent',
      'patient max-wait',
      'due booked-due',
      'newborn walk-in',
      'young not-preferred',
      'early booked-early',
    ])
  })

  const rows: [title: string, ticket: WaitingTicket, now: string, expected: string][] = [
    ['booked and due in 10 minutes', aBooked('t', '09:40', '09:00'), '09:30', 'booked-due'],
    ['booked and due in 11 minutes', aBooked('t', '09:41', '09:00'), '09:30', 'booked-early'],
    ['checked in 15 minutes after the start', aBooked('t', '09:00', '09:15'), '09:30', 'booked-due'],
    ['checked in 16 minutes after the start', aBooked('t', '09:00', '09:16'), '09:30', 'walk-in'],
    ['on time, and still waiting an hour later', aBooked('t', '09:00', '08:55'), '10:00', 'booked-due'],
    ['over 65 at the pick-up point', aTicket('t', { serviceId: 'punto-ritiro', isSenior: true }), '09:30', 'walk-in'],
    ['under 65 at the pick-up point', aTicket('t', { serviceId: 'punto-ritiro' }), '09:30', 'not-preferred'],
    ['booked, missed and returned', aBooked('t', '09:40', '09:00', { isReturned: true }), '09:30', 'walk-in'],
    ['urgent, missed and returned', aTicket('t', { urgentAt: at('09:00'), isReturned: true }), '09:30', 'walk-in'],
    [
      'under 65, missed and returned',
      aTicket('t', { serviceId: 'punto-ritiro', isReturned: true }),
      '09:30',
      'walk-in',
    ],
  ]
  for (const [title, ticket, now, expected] of rows) {
    it(`${title}: ${expected}`, () => expect(placeOf(ticket, settings(), at(now)).class).to.equal(expected))
  }

  it('counts the maximum wait from the minute it is reached', () => {
    const rules = settings({ services: { neonati: { maxWaitMinutes: 45, seniorFirst: false } } })
    const classes = ['09:44', '09:45'].map((now) => placeOf(aTicket('t'), rules, at(now)).class)
    expect(classes).to.deep.equal(['walk-in', 'max-wait'])
  })

  it('calls booked people by their start, then by their check-in, not by their number', () => {
    const tickets = [
      aBooked('late start', '09:20', '08:40', { number: 1, made: 1 }),
      aBooked('second in', '09:10', '09:05', { number: 2, made: 2 }),
      aBooked('first in', '09:10', '09:04', { number: 3, made: 3 }),
    ]
    expect(order(tickets).map((line) => line.split(' booked')[0])).to.deep.equal([
      'first in',
      'second in',
      'late start',
    ])
  })

  it('settles equal keys by the number, then by which ticket was made first', () => {
    const tickets = [
      aTicket('N002', { number: 2, made: 2 }),
      aTicket('D001', { number: 1, made: 3, serviceId: 'accesso-diretto' }),
      aTicket('N001', { number: 1, made: 1 }),
    ]
    expect(order(tickets).map((line) => line.slice(0, 4))).to.deep.equal(['N001', 'D001', 'N002'])
  })
})

describe('ten more minutes (Q9)', () => {
  const away = (id: string, part: Partial<WaitingTicket> = {}) => aTicket(id, { gaveWayUntil: at('09:40'), ...part })
  const others = [aTicket('newborn', { joinedAt: at('09:20') }), aBooked('early', '11:00', '09:25')]

  it('skip whoever asked for them until they are over; then the place is as it was', () => {
    const tickets = [away('first', { joinedAt: at('09:00') }), ...others]
    expect(order(tickets, at('09:39'))).to.deep.equal(['newborn walk-in', 'early booked-early', 'first walk-in'])
    expect(order(tickets, at('09:40'))).to.deep.equal(['first walk-in', 'newborn walk-in', 'early booked-early'])
  })

  it('end when nobody else waits: no counter stands idle', () => {
    expect(firstInOrder([away('alone')], settings(), at('09:31'))?.ticket.id).to.equal('alone')
    const both = [away('late', { joinedAt: at('09:10') }), away('soon')]
    expect(order(both)).to.deep.equal(['soon walk-in', 'late walk-in'])
  })

  it('are never spent on who is urgent', () => {
    expect(order([...others, away('urgent', { urgentAt: at('09:31') })])[0]).to.equal('urgent urgent')
    const returned = away('returned', { urgentAt: at('09:00'), isReturned: true })
    expect(order([returned, ...others]).at(-1), 'who came back is urgent no more').to.equal('returned walk-in')
  })
})

const NOW = at('10:00')
const aMinute = fc.integer({ min: -120, max: 120 }).map((minutes) => new Date(NOW.getTime() + minutes * 60_000))
const aPast = fc.integer({ min: -120, max: 0 }).map((minutes) => new Date(NOW.getTime() + minutes * 60_000))

/** Any queue a morning can bring; small ranges, so that keys meet. */
export const anyQueue = fc
  .array(
    fc.record({
      serviceId: fc.constantFrom('scelta-revoca', 'neonati', 'punto-ritiro'),
      startsAt: fc.option(aMinute),
      joinedAt: aPast,
      urgentAt: fc.option(aPast, { freq: 8 }),
      isSenior: fc.boolean(),
      isReturned: fc.boolean(),
      gaveWayUntil: fc.option(aMinute, { freq: 4 }),
      number: fc.integer({ min: 1, max: 4 }),
    }),
    { maxLength: 30 },
  )
  .map((parts) => parts.map((part, i) => aTicket(`t${i}`, { ...part, issuedAt: part.joinedAt, made: i + 1 })))

const anySettings: fc.Arbitrary<OrderSettings> = fc
  .option(fc.integer({ min: 5, max: 90 }))
  .map((maxWaitMinutes) =>
    settings({ services: { ...settings().services, 'scelta-revoca': { maxWaitMinutes, seniorFirst: true } } }),
  )

describe('the call order, whatever the queue', () => {
  const runs = { numRuns: 500 }

  it('is a strict total order: no two tickets are equal, and no three go round', () => {
    const property = fc.property(anyQueue, anySettings, (tickets, rules) => {
      const places = tickets.map((ticket) => placeOf(ticket, rules, NOW))
      for (const one of places) {
        for (const other of places) {
          const [there, back] = [comparePlaces(one, other), comparePlaces(other, one)]
          expect(Math.sign(there)).to.equal(-Math.sign(back) + 0)
          expect(there === 0).to.equal(one === other)
        }
      }
      const sorted = callOrder(tickets, rules, NOW)
      for (let i = 0; i < sorted.length; i++) {
        for (const later of sorted.slice(i + 1)) expect(comparePlaces(sorted[i] as never, later)).to.be.below(0)
      }
    })
    fc.assert(property, { numRuns: 200 })
  })

  it('is the same, however the tickets lie, and its first is the first', () => {
    const property = fc.property(anyQueue, anySettings, fc.infiniteStream(fc.nat()), (tickets, rules, keys) => {
      const shuffled = tickets.map((ticket) => ({ ticket, key: keys.next().value as number }))
      shuffled.sort((a, b) => a.key - b.key)
      const sorted = callOrder(tickets, rules, NOW)
      const other = callOrder(
        shuffled.map(({ ticket }) => ticket),
        rules,
        NOW,
      )
      expect(other.map(({ ticket }) => ticket.id)).to.deep.equal(sorted.map(({ ticket }) => ticket.id))
      expect(firstInOrder(tickets, rules, NOW)?.ticket ?? null).to.equal(sorted[0]?.ticket ?? null)
    })
    fc.assert(property, runs)
  })

  it('never has a newborn pass a booked person who is due and not late', () => {
    const property = fc.property(anyQueue, (tickets) => {
      const sorted = callOrder(tickets, settings(), NOW).map(({ ticket }) => ticket)
      const isDue = ({ startsAt, issuedAt, isReturned, gaveWayUntil }: WaitingTicket) =>
        (gaveWayUntil === null || gaveWayUntil <= NOW) &&
        startsAt !== null &&
        !isReturned &&
        startsAt.getTime() <= NOW.getTime() + 600_000 &&
        issuedAt.getTime() <= startsAt.getTime() + 900_000
      const isNewborn = (ticket: WaitingTicket) =>
        ticket.serviceId === 'neonati' && ticket.startsAt === null && (ticket.urgentAt === null || ticket.isReturned)
      const firstNewborn = sorted.findIndex(isNewborn)
      const lastDue = sorted.map(isDue).lastIndexOf(true)
      if (firstNewborn >= 0) expect(lastDue).to.be.below(firstNewborn)
    })
    fc.assert(property, runs)
  })

  it('has who gives way behind all who do not, and otherwise as if nobody had (Q9)', () => {
    const property = fc.property(anyQueue, anySettings, (tickets, rules) => {
      const places = callOrder(tickets, rules, NOW)
      const ways = places.map(({ givesWay }) => givesWay)
      expect(ways.indexOf(true) < 0 || ways.lastIndexOf(false) < ways.indexOf(true)).to.equal(true)
      for (const place of places) {
        const { gaveWayUntil } = place.ticket
        const isAway = gaveWayUntil !== null && gaveWayUntil > NOW && place.class !== 'urgent'
        expect(place.givesWay).to.equal(isAway)
      }
      const never = tickets.map((ticket) => ({ ...ticket, gaveWayUntil: null }))
      const plain = callOrder(never, rules, NOW).map(({ ticket }) => ticket.id)
      for (const which of [true, false]) {
        const group = places.filter(({ givesWay }) => givesWay === which).map(({ ticket }) => ticket.id)
        expect(group).to.deep.equal(plain.filter((id) => group.includes(id)))
      }
    })
    fc.assert(property, runs)
  })
})
