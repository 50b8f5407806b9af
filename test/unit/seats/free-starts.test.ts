import { expect } from 'chai'
import fc from 'fast-check'
import { offeredSlots, type Slot } from '../../../src/recurrence/index.js'
import { freeStarts, slotRun, slotsNeeded } from '../../../src/seats/free-starts.js'
import { type TakenDay, takenNow } from '../../../src/seats/taken-days.js'
import { aCalendarPlan, aRule, THE_DAY } from '../../support/builders.js'

const at = (time: string): Date => new Date(`${THE_DAY}T${time}:00+01:00`)
const slotsOf = (...rules: Parameters<typeof aRule>[0][]): Slot[] =>
  offeredSlots(aCalendarPlan({ rules: rules.map(aRule) }), THE_DAY).slots
const hours = (starts: { startsAt: Date; free: number }[]): string[] =>
  starts.map(({ startsAt, free }) => `${startsAt.toISOString().slice(11, 16)} ${free}`)
const nothing = () => 0
const takenIn = (taken: Record<string, number>) => (slot: Slot) => taken[slot.startsAt.toISOString().slice(11, 16)] ?? 0

describe('slots that a party needs (K2)', () => {
  const cases: [persons: number, perSlot: number, needed: number][] = [
    [1, 2, 1],
    [2, 2, 1],
    [3, 2, 2],
    [4, 2, 2],
    [5, 2, 3],
    [6, 2, 3],
    [6, 1, 6],
    [1, 6, 1],
  ]
  for (const [persons, perSlot, needed] of cases) {
    it(`${persons} persons, ${perSlot} to a slot: ${needed}`, () =>
      expect(slotsNeeded(persons, perSlot)).to.equal(needed))
  }
})

describe('free starts of a day', () => {
  const three = slotsOf({ from: '09:00', to: '09:45', seats: 3 })

  it('case E01: three slots of 3 seats, one needed: each start has 3 free', () =>
    expect(hours(freeStarts(three, 1, nothing))).to.deep.equal(['08:00 3', '08:15 3', '08:30 3']))

  it('case E03: three needed, two left before the end: not a start at all', () =>
    expect(hours(freeStarts(three, 3, nothing))).to.deep.equal(['08:00 3']))

  it('case E03: four needed of three: no start', () => expect(freeStarts(three, 4, nothing)).to.deep.equal([]))

  it('K2: a party of two slots ends with the second, and gets what the fuller one leaves', () => {
    const starts = freeStarts(three, 2, takenIn({ '08:15': 2 }))
    expect(hours(starts)).to.deep.equal(['08:00 1', '08:15 1'])
    expect(starts[0]?.endsAt).to.deep.equal(at('09:30'))
  })

  it('case E09: one of the needed slots is full: the start is listed with 0 free', () =>
    expect(hours(freeStarts(three, 2, takenIn({ '08:00': 3 })))).to.deep.equal(['08:00 0', '08:15 3']))

  it('K2: several slots come from one window, never across a pause or from one window into the next', () => {
    const paused = slotsOf({ from: '09:00', to: '09:30' }, { from: '09:45', to: '10:15' })
    expect(hours(freeStarts(paused, 2, nothing))).to.deep.equal(['08:00 2', '08:45 2'])
    const touching = slotsOf({ from: '09:00', to: '09:30', seats: 1 }, { from: '09:30', to: '10:00', seats: 3 })
    expect(hours(freeStarts(touching, 2, nothing))).to.deep.equal(['08:00 1', '08:30 3'])
  })

  it('S5: a closure in the middle of a window parts it', () => {
    const closure = {
      id: 'c',
      calendarId: null,
      fromOn: null,
      toOn: null,
      fromAt: at('09:15'),
      toAt: at('09:30'),
      reason: '',
      isPublic: false,
    }
    const { slots } = offeredSlots(
      aCalendarPlan({ rules: [aRule({ from: '09:00', to: '10:00' })], closures: [closure] }),
      THE_DAY,
    )
    expect(hours(freeStarts(slots, 2, nothing))).to.deep.equal(['08:30 2'])
  })

  it('S8: a capacity shrunk below what is taken counts 0, not less', () =>
    expect(hours(freeStarts(three, 1, () => 5))).to.deep.equal(['08:00 0', '08:15 0', '08:30 0']))

  it('case D03: over the autumn change a party of two is one stretch of elapsed time', () => {
    const night = aCalendarPlan({
      rules: [aRule({ rrule: 'FREQ=DAILY', from: '01:30', to: '03:00', slotMinutes: 30 })],
    })
    const { slots } = offeredSlots(night, '2026-10-25')
    expect(slots).to.have.length(5)
    expect(freeStarts(slots, 5, nothing)).to.have.length(1)
  })

  it('case A39: no start promises more than any of its slots has, and asking for more persons never finds more', () => {
    const taken = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 12, maxLength: 12 })
    const day = slotsOf({ from: '09:00', to: '10:30', seats: 3 }, { from: '11:00', to: '12:30', seats: 2 })
    fc.assert(
      fc.property(taken, fc.integer({ min: 1, max: 4 }), (counts, needed) => {
        const countAt = (slot: Slot) => counts[day.indexOf(slot)] ?? 0
        const starts = freeStarts(day, needed, countAt)
        for (const { startsAt, free } of starts) {
          const index = day.findIndex((slot) => slot.startsAt.getTime() === startsAt.getTime())
          for (const slot of slotRun(day, index, needed) ?? []) {
            expect(free).to.be.at.most(Math.max(0, slot.seats - countAt(slot)))
          }
        }
        const sum = (count: number) => freeStarts(day, count, countAt).reduce((all, { free }) => all + free, 0)
        expect(sum(needed + 1)).to.be.at.most(sum(needed))
      }),
    )
  })
})

describe('seats taken in a stretch of time', () => {
  const [startMs, endMs] = [at('09:00').getTime(), at('09:15').getTime()]
  const day = (taken: number, ...expires: number[]): TakenDay => ({
    taken: taken > 0 ? [{ startMs, endMs, count: taken }] : [],
    claims: expires.map((expiresMs) => ({ startMs, endMs, expiresMs })),
  })
  const cases: [title: string, day: TakenDay, nowMs: number, taken: number][] = [
    ['none where nobody took one', day(0), 0, 0],
    ['E17: a hold within its time counts', day(1, 1000), 999, 1],
    ['K4: at its last instant it counts no more', day(1, 1000), 1000, 0],
    ['K4: of three, only the two that are over do not count', day(5, 500, 1000, 2000), 1000, 3],
  ]
  for (const [title, taken, nowMs, count] of cases)
    it(title, () => expect(takenNow(taken, nowMs)[0]?.count ?? 0).to.equal(count))

  it('another stretch’s holds are not its own, though they begin alike', () => {
    const claims = [{ startMs, endMs: endMs + 1, expiresMs: 1 }]
    expect(takenNow({ ...day(1), claims }, 10)).to.deep.equal([{ startMs, endMs, count: 1 }])
  })
})
