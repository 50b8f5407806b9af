import { expect } from 'chai'
import fc from 'fast-check'
import { checkRules } from '../../../src/recurrence/rule-check.js'

/** A manager’s worst: whatever the parts are, fifty rules of it are looked at in the time of one press (they took 9.5 s). */
const NASTY: [title: string, rrule: (n: number) => string, startsOn: string][] = [
  ['every day from 1970', (n) => `FREQ=DAILY;INTERVAL=${n}`, '1970-01-01'],
  ['every day, chosen', () => 'FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1,-1', '1970-01-01'],
  [
    'weeks, chosen',
    (n) => `FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=${(n % 7) + 1},-${(n % 5) + 1}`,
    '1970-01-01',
  ],
  ['months, chosen', (n) => `FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=${(n % 20) + 1},-1`, '1970-01-01'],
  ['years, chosen', (n) => `FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=${n},-${n}`, '1970-01-01'],
  [
    'years, 53 weekdays counted',
    () => `FREQ=YEARLY;BYDAY=${Array.from({ length: 53 }, (_, n) => `${n + 1}MO`).join(',')}`,
    '1970-01-01',
  ],
  ['a day that is never there', () => 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31', '1970-01-01'],
  ['a position that is never there', (n) => `FREQ=MONTHLY;BYDAY=MO;BYSETPOS=${n + 100}`, '1970-01-01'],
  ['a count beyond all days', (n) => `FREQ=DAILY;COUNT=${999_900 + n}`, '1970-01-01'],
  ['an end beyond all days', () => 'FREQ=MONTHLY;BYMONTHDAY=1,2,3,-1,-2,-3;UNTIL=99991231', '1970-01-01'],
  ['an interval beyond all days', () => 'FREQ=WEEKLY;INTERVAL=999999;BYDAY=SU', '1970-01-01'],
  ['months, each its own day', (n) => `FREQ=MONTHLY;BYMONTHDAY=${(n % 28) + 1};BYSETPOS=1`, '1970-01-01'],
  ['a start far ahead', () => 'FREQ=DAILY', '2099-12-31'],
]

type Rrule = (n: number) => string

/** Fifty at one time, which are compared with each other, or one after the other. */
const rules = (rrule: Rrule, startsOn: string, atOnce: boolean) =>
  Array.from({ length: 50 }, (_, n) => {
    const start = atOnce ? '08:00' : `${String(8 + Math.floor(n / 6)).padStart(2, '0')}:${(n % 6) * 10 || '00'}`
    return { rrule: rrule(n + 1), startsOn, from: start, to: `${start.slice(0, 4)}9`, slotMinutes: 5, seats: 1 }
  })

/** Of the processor, so that a busy machine makes nobody wait in vain. */
const workMs = (rrule: Rrule, startsOn: string): number => {
  const before = process.cpuUsage()
  for (const atOnce of [true, false]) checkRules(rules(rrule, startsOn, atOnce))
  return process.cpuUsage(before).user / 1000
}

describe('the work a rule can make', () => {
  before(() => void checkRules(rules(() => 'FREQ=DAILY', '2026-01-01', false)))

  for (const [title, rrule, startsOn] of NASTY) {
    it(`fifty rules of ${title} are work for less than 400 ms`, () => {
      expect(workMs(rrule, startsOn)).to.be.below(400)
    })
  }

  it('nor does any mixture take longer', () => {
    const numbers = (most: number) => fc.array(fc.integer({ min: 1, max: most }), { minLength: 1, maxLength: 60 })
    const part = fc.record({
      freq: fc.constantFrom('DAILY', 'MONTHLY', 'YEARLY'),
      interval: fc.integer({ min: 1, max: 999_999 }),
      days: numbers(31),
      positions: numbers(366),
      sign: fc.constantFrom('', '-'),
    })
    fc.assert(
      fc.property(part, ({ freq, interval, days, positions, sign }) => {
        const list = (items: number[]) => items.map((item) => `${sign}${item}`).join(',')
        const text = `FREQ=${freq};INTERVAL=${interval};BYMONTHDAY=${list(days)};BYSETPOS=${list(positions)}`.slice(
          0,
          300,
        )
        expect(
          workMs((n) => text.replace(`INTERVAL=${interval}`, `INTERVAL=${(interval % 50) + n}`), '1970-01-01'),
        ).to.be.below(400)
      }),
      { numRuns: 10 },
    )
  })
})
