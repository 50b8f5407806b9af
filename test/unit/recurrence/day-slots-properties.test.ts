import { expect } from 'chai'
import fc from 'fast-check'
import { addDays, localDay } from '../../../src/kernel/local-day.js'
import type { CalendarPlan } from '../../../src/recurrence/calendar-plan.js'
import { offeredSlots } from '../../../src/recurrence/day-slots.js'
import { wallInstant } from '../../../src/recurrence/wall-time.js'
import { aPlan, closedAt, daily, ROME } from './builders.js'

const time = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** Around both clock changes of 2026, and any day. */
const aDay = fc.oneof(
  fc.constantFrom('2026-03-28', '2026-03-29', '2026-03-30', '2026-10-24', '2026-10-25', '2026-10-26'),
  fc.integer({ min: 0, max: 1500 }).map((count) => addDays('2025-01-01', count)),
)
const aZone = fc.constantFrom(
  ROME,
  'Europe/London',
  'America/New_York',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
  'UTC',
)

/** Rules that do not overlap: ascending times, taken in pairs. */
const someRules = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 0, max: 1440 }), { minLength: 2, maxLength: 8 }),
    fc.integer({ min: 1, max: 90 }),
  )
  .map(([minutes, step]) => {
    const times = minutes.sort((a, b) => a - b)
    return times
      .slice(1)
      .flatMap((to, index) => (index % 2 === 0 ? [daily(time(times[index] ?? 0), time(to), step)] : []))
  })

const everything = (check: (plan: CalendarPlan, day: string) => void) =>
  fc.assert(
    fc.property(someRules, aDay, aZone, (rules, day, timeZone) => {
      check(aPlan({ rules, timeZone, openOnHolidays: [day] }), day)
    }),
    { numRuns: 200 },
  )

describe('the slots of any day in any zone (S2, S3)', () => {
  it('never overlap, ascend, and are as long as their rule says in elapsed time', () => {
    everything((plan, day) => {
      const { slots } = offeredSlots(plan, day)
      const lengths = slots.map(({ startsAt, endsAt }) => endsAt.getTime() - startsAt.getTime())
      expect(lengths.every((length) => length === Number(plan.rules[0]?.slotMinutes) * 60_000)).to.equal(true)
      for (const [index, slot] of slots.slice(1).entries())
        expect(Number(slot.startsAt) >= Number(slots[index]?.endsAt)).to.equal(true)
    })
  })

  it('lie inside their rule, on their local day, with less than a slot unused at its end', () => {
    everything((plan, day) => {
      const { slots } = offeredSlots(plan, day)
      for (const [index, { from, to, slotMinutes }] of plan.rules.entries()) {
        const [first, last] = [wallInstant(day, from, plan.timeZone), wallInstant(day, to, plan.timeZone)]
        const own = slots.filter(({ window }) => window === index)
        expect(own).to.have.length(Math.floor((last.getTime() - first.getTime()) / slotMinutes / 60_000))
        expect(own.every(({ startsAt, endsAt }) => startsAt >= first && endsAt <= last)).to.equal(true)
        expect(own.every(({ startsAt }) => localDay(startsAt, plan.timeZone) === day)).to.equal(true)
      }
    })
  })

  it('a closure takes exactly those it overlaps (S5), and a day without slots says why (S7)', () => {
    const span = fc.tuple(fc.integer({ min: 0, max: 1440 }), fc.integer({ min: 0, max: 1440 }))
    fc.assert(
      fc.property(someRules, aDay, span, (rules, day, [one, other]) => {
        const closure = closedAt(day, time(Math.min(one, other)), time(Math.max(one, other)))
        const [fromAt, toAt] = [Number(closure.fromAt), Number(closure.toAt)]
        const plan = aPlan({ rules, openOnHolidays: [day] })
        const before = offeredSlots(plan, day).slots
        const after = offeredSlots({ ...plan, closures: [closure] }, day)
        const kept = before.filter(
          ({ startsAt, endsAt }) => fromAt >= toAt || Number(endsAt) <= fromAt || Number(startsAt) >= toAt,
        )
        expect(after.slots).to.deep.equal(kept)
        expect(after.closed === null).to.equal(after.slots.length > 0)
      }),
    )
  })
})
