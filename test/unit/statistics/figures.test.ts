import { expect } from 'chai'
import { statisticsCsv } from '../../../src/statistics/csv.js'
import type { BookingCount, Facts, TicketFact, VisitFact } from '../../../src/statistics/facts.js'
import { figuresOf, spread } from '../../../src/statistics/figures.js'

const minutes = (...times: number[]): number[] => times.map((minute) => minute * 60_000)
const NONE = { count: 0, mean: null, median: null, p90: null }

const aTicket = (part: Partial<TicketFact> = {}): TicketFact => ({
  day: '2026-11-24',
  lane: 'D',
  serviceId: 'accesso-diretto',
  isWalkIn: true,
  status: 'done',
  waitMs: 5 * 60_000,
  ...part,
})

const aVisit = (part: Partial<VisitFact> = {}): VisitFact => ({
  day: '2026-11-24',
  lane: 'D',
  serviceId: 'accesso-diretto',
  counterId: 'legnano-1',
  counterName: '1',
  isDone: true,
  serviceMs: 10 * 60_000,
  ...part,
})

const someBookings = (part: Partial<BookingCount> = {}): BookingCount => ({
  day: '2026-11-24',
  serviceId: 'scelta-revoca',
  status: 'served',
  count: 1,
  seats: 1,
  ...part,
})

const facts = (part: Partial<Facts> = {}): Facts => ({
  tickets: [],
  visits: [],
  bookings: [],
  seatsOffered: 0,
  ...part,
})

describe('how long things took', () => {
  const cases: [times: number[], mean: number, median: number, p90: number][] = [
    [[7], 7, 7, 7],
    [[0], 0, 0, 0],
    [[1, 2], 1.5, 1.5, 2],
    [[3, 1, 2], 2, 2, 3],
    [[5, 3, 14, 16], 9.5, 9.5, 16],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 5.5, 5.5, 9],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 6, 6, 10],
    [[0.04], 0, 0, 0],
    [[1 / 3, 1 / 3, 1 / 3], 0.3, 0.3, 0.3],
  ]
  for (const [times, mean, median, p90] of cases)
    it(`${times.map((each) => each.toFixed(1)).join(', ')} minutes: mean ${mean}, median ${median}, nine of ten within ${p90}`, () =>
      expect(spread(minutes(...times))).to.deep.equal({ count: times.length, mean, median, p90 }))

  it('nothing measured is not zero minutes', () => expect(spread([])).to.deep.equal(NONE))
})

describe('the figures of a day', () => {
  it('of nothing are zeros, and no percentage of nothing', () => {
    const { tickets, seats, bookings, lanes, services, counters } = figuresOf(facts())
    expect(Object.values(tickets)).to.deep.equal(Array(8).fill(0))
    expect(seats).to.deep.equal({ offered: 0, used: 0, usedPercent: null })
    expect(Object.values(bookings)).to.deep.equal(Array(5).fill(0))
    expect(lanes.map(({ lane }) => lane)).to.deep.equal(['P', 'N', 'D', 'R'])
    expect([services, counters]).to.deep.equal([[], []])
  })

  it('every ticket is counted once, whatever became of it', () => {
    const states = ['waiting', 'called', 'serving', 'done', 'missed', 'parked', 'left', 'closed'] as const
    const { tickets } = figuresOf(facts({ tickets: states.map((status) => aTicket({ status, waitMs: null })) }))
    const { issued, walkIns, arrived, ...rest } = tickets
    expect([issued, walkIns, arrived]).to.deep.equal([8, 8, 0])
    expect(rest).to.deep.equal({ served: 1, left: 1, missed: 1, closed: 1, open: 4 })
  })

  it('lanes, services and counters share out what there is', () => {
    const tickets = [
      aTicket({ lane: 'P', serviceId: 'scelta-revoca', isWalkIn: false, waitMs: 60_000 }),
      aTicket({ waitMs: 120_000 }),
      aTicket({ lane: 'N', serviceId: 'neonati', status: 'missed', waitMs: 180_000 }),
    ]
    const visits = [
      aVisit({ lane: 'P', serviceId: 'scelta-revoca' }),
      aVisit({ counterId: 'legnano-2', counterName: '2' }),
      aVisit({ lane: 'N', serviceId: 'neonati', isDone: false, serviceMs: null }),
    ]
    const figures = figuresOf(facts({ tickets, visits }))
    for (const parts of [figures.lanes, figures.services]) {
      expect(parts.reduce((sum, part) => sum + part.tickets.issued, 0)).to.equal(3)
      expect(parts.reduce((sum, part) => sum + part.waitMinutes.count, 0)).to.equal(figures.waitMinutes.count)
      expect(parts.reduce((sum, part) => sum + part.serviceMinutes.count, 0)).to.equal(figures.serviceMinutes.count)
    }
    expect(figures.counters).to.deep.equal([
      { counter: 'legnano-1', name: '1', calls: 2, served: 1, serviceMinutes: spread(minutes(10)) },
      { counter: 'legnano-2', name: '2', calls: 1, served: 1, serviceMinutes: spread(minutes(10)) },
    ])
  })

  it('bookings: a cancelled one was not booked and takes no seat; a no-show took its seats', () => {
    const bookings = [
      someBookings({ count: 3, seats: 4 }),
      someBookings({ status: 'no-show', count: 1, seats: 2 }),
      someBookings({ status: 'cancelled', count: 5, seats: 5 }),
      someBookings({ status: 'arrived' }),
      someBookings({ status: 'confirmed' }),
    ]
    const figures = figuresOf(facts({ bookings, seatsOffered: 48 }))
    expect(figures.bookings).to.deep.equal({ booked: 6, arrived: 4, served: 3, noShow: 1, cancelled: 5 })
    expect(figures.seats).to.deep.equal({ offered: 48, used: 8, usedPercent: 16.7 })
  })
})

describe('figures for a spreadsheet', () => {
  const lines = (csv: string) => csv.split('\r\n')
  const sheet = (counterName: string) => {
    const figures = figuresOf(facts({ tickets: [aTicket({ waitMs: 90_000 })], visits: [aVisit({ counterName })] }))
    return statisticsCsv([{ date: '2026-11-24', ...figures }], figures)
  }

  it('are RFC 4180 with a header row, every row as long as it, decimals with a comma', () => {
    const csv = sheet('1')
    expect(csv.startsWith('\uFEFFdate;scope;id;name;issued;walkIns;')).to.equal(true)
    expect(csv.endsWith('\r\n')).to.equal(true)
    const rows = lines(csv)
      .slice(0, -1)
      .map((line) => line.split(';'))
    expect(new Set(rows.map(({ length }) => length)).size).to.equal(1)
    expect(rows.map(([date, scope]) => `${date} ${scope}`)).to.include.members(['2026-11-24 all', 'total counter'])
    const waitMean = rows[0]?.indexOf('waitMean') ?? -1
    expect(rows[1]?.[waitMean]).to.equal('1,5')
  })

  for (const name of ['=1+1', '+39', '-2', '@SUM(A1)', '\t=1', '\r=1'])
    it(`T41: a counter named ${JSON.stringify(name)} is no formula`, () => {
      const cells = sheet(name).split(/[;\n]/)
      expect(cells.filter((text) => /^"?[=+\-@\t\r]/.test(text)).filter((text) => text.trim() !== '')).to.deep.equal([])
      expect(sheet(name)).to.include(`'${name}`)
    })

  it('quotes what would break a row', () => {
    expect(sheet('a;b')).to.include(';"a;b";')
    expect(sheet('say "1"')).to.include(';"say ""1""";')
    expect(sheet('two\nlines')).to.include(';"two\nlines";')
  })
})
