import { expect } from 'chai'
import fc from 'fast-check'
import {
  estimateWaits,
  meanVisitMs,
  type ReplayFacts,
  waitRange,
  type WaitingTicket,
  type WorkingCounter,
} from '../../../src/queue/estimates.js'
import { aBooked, aCounter, at, aTicket, settings } from './builders.js'

const MINUTE = 60_000
const NOW = at('10:00')

const facts = (part: Partial<ReplayFacts>): ReplayFacts => ({
  tickets: [],
  counters: [aCounter('c1')],
  settings: settings(),
  visitMs: () => 10 * MINUTE,
  ...part,
})

const minutes = (part: Partial<ReplayFacts>) =>
  Object.fromEntries([...estimateWaits(facts(part), NOW)].map(([id, ms]) => [id, ms / MINUTE]))

const walkIns = (count: number, part: Partial<WaitingTicket> = {}) =>
  Array.from({ length: count }, (_, i) => aTicket(`t${i}`, { number: i + 1, made: i + 1, ...part }))

describe('the estimate of a wait (Q6)', () => {
  it('replays the order with the open counters', () => {
    expect(minutes({ tickets: walkIns(4), counters: [aCounter('c1'), aCounter('c2')] })).to.deep.equal({
      t0: 0,
      t1: 0,
      t2: 10,
      t3: 10,
    })
  })

  it('waits for the visit a counter is busy with, a minute at least when that lasts long', () => {
    const busy = (since: string) => [aCounter('c1', { visit: { serviceId: 'neonati', since: at(since) } })]
    expect(minutes({ tickets: walkIns(1), counters: busy('09:56') })).to.deep.equal({ t0: 6 })
    expect(minutes({ tickets: walkIns(1), counters: busy('09:20') })).to.deep.equal({ t0: 1 })
  })

  it('lets who becomes due meanwhile go first, as the call will', () => {
    const tickets = [...walkIns(2), aBooked('b', '10:15', '09:50')]
    expect(minutes({ tickets })).to.deep.equal({ t0: 0, b: 10, t1: 20 })
  })

  it('sees who gives way come back to the old place, or be called before when nobody else is left (Q9)', () => {
    const [first, ...rest] = walkIns(4)
    const until = (time: string) => [{ ...(first as WaitingTicket), gaveWayUntil: at(time) }, ...rest]
    expect(minutes({ tickets: until('10:10') })).to.deep.equal({ t1: 0, t0: 10, t2: 20, t3: 30 })
    expect(minutes({ tickets: until('10:11') })).to.deep.equal({ t1: 0, t2: 10, t0: 20, t3: 30 })
    expect(minutes({ tickets: until('10:10').slice(0, 1) })).to.deep.equal({ t0: 0 })
  })

  it('F47: grows for all when a counter closes, and says nothing when none is open', () => {
    const tickets = walkIns(4)
    const two = minutes({ tickets, counters: [aCounter('c1'), aCounter('c2')] })
    const one = minutes({ tickets })
    for (const { id } of tickets.slice(1)) expect(one[id]).to.be.above(two[id] as number)
    expect(minutes({ tickets, counters: [] })).to.deep.equal({})
  })

  it('gives none to whom no open counter serves', () => {
    const counters = [aCounter('c1', { serviceIds: ['punto-ritiro'] })]
    expect(minutes({ tickets: walkIns(1), counters })).to.deep.equal({})
  })

  it('lets only one counter call whom it was sent to', () => {
    const counters = [aCounter('c1'), aCounter('c2', { visit: { serviceId: 'neonati', since: NOW } })]
    expect(minutes({ tickets: walkIns(1, { forCounterId: 'c2' }), counters })).to.deep.equal({ t0: 10 })
  })

  for (const [ms, ahead, expected] of [
    [0, 0, [0, 1]],
    [0, 3, [1, 2]],
    [30_000, 1, [1, 2]],
    [10 * MINUTE, 1, [7, 13]],
    [60 * MINUTE, 5, [45, 75]],
  ] as const) {
    it(`is shown as ${expected.join('–')} minutes for ${ms / MINUTE} with ${ahead} ahead; F21: never 0 behind somebody`, () => {
      expect(waitRange(ms, ahead)).to.deep.equal(expected)
    })
  }

  it('takes the mean of the last twenty visits, and the slot length for those that are missing', () => {
    expect(meanVisitMs([], 15 * MINUTE)).to.equal(15 * MINUTE)
    expect(meanVisitMs(Array(10).fill(5 * MINUTE), 15 * MINUTE)).to.equal(10 * MINUTE)
    expect(meanVisitMs([...Array(20).fill(4 * MINUTE), 99 * MINUTE], 15 * MINUTE)).to.equal(4 * MINUTE)
    expect(meanVisitMs(Array(20).fill(0), 15 * MINUTE)).to.equal(MINUTE)
  })
})

const SERVICES = ['scelta-revoca', 'neonati', 'accesso-diretto']

const anyCounter = (id: string): fc.Arbitrary<WorkingCounter> =>
  fc.record({
    id: fc.constant(id),
    serviceIds: fc.option(fc.uniqueArray(fc.constantFrom(...SERVICES), { minLength: 1 }), { freq: 2 }),
    visit: fc.option(
      fc
        .integer({ min: 0, max: 30 })
        .map((ago) => ({ serviceId: 'neonati', since: new Date(NOW.getTime() - ago * MINUTE) })),
    ),
  })

const anyCounters = fc
  .integer({ min: 1, max: 5 })
  .chain((n) => fc.tuple(...Array.from({ length: n }, (_, i) => anyCounter(`c${i}`))))

/** Walk-ins of several services, some bound to a counter. */
const anyWalkIns = fc
  .array(
    fc.record({
      serviceId: fc.constantFrom(...SERVICES),
      ago: fc.integer({ min: 0, max: 60 }),
      forCounterId: fc.option(fc.constant('c0'), { freq: 6 }),
    }),
    { maxLength: 25 },
  )
  .map((parts) =>
    parts.map(({ ago, ...part }, i) =>
      aTicket(`t${i}`, { ...part, joinedAt: new Date(NOW.getTime() - ago * MINUTE), number: i + 1, made: i + 1 }),
    ),
  )

describe('the estimate, whatever the queue', () => {
  it('never grows by a further counter, within one class and one duration', () => {
    const property = fc.property(
      anyWalkIns,
      anyCounters,
      anyCounter('new'),
      fc.nat(5),
      (tickets, counters, more, place) => {
        const before = estimateWaits(facts({ tickets, counters }), NOW)
        const after = estimateWaits(
          facts({ tickets, counters: [...counters.slice(0, place), more, ...counters.slice(place)] }),
          NOW,
        )
        for (const [id, ms] of before) {
          expect(after.get(id)).to.be.at.most(ms)
          const [low, high] = waitRange(after.get(id) ?? 0, 1)
          const [lowBefore, highBefore] = waitRange(ms, 1)
          expect(low <= lowBefore && high <= highBefore).to.equal(true)
        }
      },
    )
    fc.assert(property, { numRuns: 500 })
  })

  it('never changes for those ahead when somebody joins behind, whatever the durations', () => {
    const property = fc.property(
      anyWalkIns,
      anyCounters,
      fc.constantFrom(...SERVICES),
      (tickets, counters, serviceId) => {
        const visitMs = (service: string) => (SERVICES.indexOf(service) + 1) * 7 * MINUTE
        const last = aTicket('last', { serviceId, joinedAt: NOW, number: 99, made: 99 })
        const before = estimateWaits(facts({ tickets, counters, visitMs }), NOW)
        const after = estimateWaits(facts({ tickets: [...tickets, last], counters, visitMs }), NOW)
        for (const [id, ms] of before) expect(after.get(id)).to.equal(ms)
      },
    )
    fc.assert(property, { numRuns: 500 })
  })

  it('is there for everybody whom an open counter serves, and only for them', () => {
    const property = fc.property(anyWalkIns, anyCounters, (tickets, counters) => {
      const waits = estimateWaits(facts({ tickets, counters }), NOW)
      for (const { id, serviceId, forCounterId } of tickets) {
        const isServed = counters.some((counter) =>
          forCounterId === null ? (counter.serviceIds?.includes(serviceId) ?? true) : counter.id === forCounterId,
        )
        expect(waits.has(id)).to.equal(isServed)
      }
    })
    fc.assert(property, { numRuns: 300 })
  })
})
