import { expect } from 'chai'
import type { OpeningRule } from '../../../src/recurrence/calendar-plan.js'
import { checkRules } from '../../../src/recurrence/rule-check.js'
import { checkOpening } from '../../../src/recurrence/window-check.js'
import { daily, officeHours } from './builders.js'

const on = (rrule: string, part: Partial<OpeningRule> = {}) =>
  officeHours({ rrule, startsOn: '2026-06-01', from: '09:00', to: '12:00', ...part })
const faultsOf = (...rules: OpeningRule[]) => checkRules(rules).map(({ code, field }) => `${field} ${code}`)
const overlapOf = (...rules: OpeningRule[]) =>
  checkRules(rules).map(({ code, field, params }) => ({ code, field, day: null, ...params }))

describe('a rule that may not be saved (S4)', () => {
  const cases: [title: string, part: Partial<OpeningRule>, fault: string][] = [
    ['its end is its start', { to: '08:30' }, 'rules[0].to rule-times'],
    ['its end is before its start', { to: '07:00' }, 'rules[0].to rule-times'],
    ['its start is no time', { from: '8:30' }, 'rules[0].from rule-times'],
    ['its start is the end of the day', { from: '24:00', to: '24:00' }, 'rules[0].from rule-times'],
    ['its end is no time', { to: '24:30' }, 'rules[0].to rule-times'],
    ['its step is 0', { slotMinutes: 0 }, 'rules[0].slotMinutes rule-times'],
    ['its step goes backwards', { slotMinutes: -30 }, 'rules[0].slotMinutes rule-times'],
    ['its step is not whole', { slotMinutes: 7.5 }, 'rules[0].slotMinutes rule-times'],
    ['its slots are longer than its time', { to: '08:50' }, 'rules[0].slotMinutes rule-empty'],
    ['it has no seat', { seats: 0 }, 'rules[0].seats rule-seats'],
    ['it has half a seat', { seats: 1.5 }, 'rules[0].seats rule-seats'],
    ['it has more seats than a counter can count', { seats: 1e9 }, 'rules[0].seats rule-seats'],
    ['its recurrence is none', { rrule: 'MO' }, 'rules[0].rrule rule-recurrence'],
    ['its recurrence has times', { rrule: 'FREQ=DAILY;BYHOUR=9' }, 'rules[0].rrule rule-recurrence'],
    ['its first day does not exist', { startsOn: '2026-02-31' }, 'rules[0].startsOn rule-recurrence'],
    ['its first day is beyond all calendars', { startsOn: '2100-01-01' }, 'rules[0].startsOn rule-recurrence'],
    ['it ends before it starts', { rrule: 'FREQ=DAILY;UNTIL=20081231' }, 'rules[0].rrule rule-empty'],
    ['its weekday is never met', { rrule: 'FREQ=DAILY;INTERVAL=7;BYDAY=MO' }, 'rules[0].rrule rule-empty'],
    ['its weekday is not met in time', { rrule: 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20090104' }, 'rules[0].rrule rule-empty'],
    ['its day is in no month', { rrule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' }, 'rules[0].rrule rule-empty'],
    ['it is to happen 0 times', { rrule: 'FREQ=DAILY;COUNT=0' }, 'rules[0].rrule rule-empty'],
  ]
  for (const [title, part, fault] of cases) {
    it(`because ${title}`, () => expect(faultsOf(officeHours(part))).to.deep.equal([fault]))
  }

  it('says every fault of every rule, and which piece of a recurrence is wrong', () => {
    const faults = checkRules([officeHours({ seats: 0, to: '08:00' }), officeHours({ rrule: 'FREQ=DAILY;BYHOUR=9' })])
    expect(faults.map(({ field }) => field)).to.deep.equal(['rules[0].to', 'rules[0].seats', 'rules[1].rrule'])
    expect(faults[2]?.params).to.deep.equal({ piece: 'BYHOUR' })
  })

  it('is not one that is merely rare or over', () => {
    expect(
      faultsOf(
        on('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29'),
        on('FREQ=DAILY;UNTIL=20260605', { from: '14:00', to: '24:00' }),
      ),
    ).to.deep.equal([])
  })
})

describe('rules that overlap (S4)', () => {
  it('are refused naming both and the first date', () => {
    const rules = [
      on('FREQ=WEEKLY;BYDAY=MO'),
      on('FREQ=WEEKLY;BYDAY=WE'),
      on('FREQ=MONTHLY;BYMONTHDAY=8', { from: '11:59', to: '13:00' }),
    ]
    expect(overlapOf(...rules)).to.deep.equal([
      {
        code: 'rule-overlap',
        field: 'rules[2].from',
        first: '1 (09:00–12:00)',
        second: '3 (11:59–13:00)',
        day: '2026-06-08',
      },
    ])
  })

  const pairs: [id: string, one: [string, string], other: [string, string], overlap: boolean][] = [
    ['C15', ['09:00', '11:00'], ['09:00', '11:00'], true],
    ['C15', ['09:00', '11:00'], ['10:00', '12:00'], true],
    ['C15', ['09:00', '12:00'], ['10:00', '11:00'], true],
    ['half-open', ['09:00', '11:00'], ['11:00', '12:00'], false],
    ['half-open', ['22:00', '24:00'], ['00:00', '22:00'], false],
  ]
  for (const [id, one, other, overlap] of pairs) {
    it(`${id}: ${one.join('–')} and ${other.join('–')} ${overlap ? 'do' : 'do not'}, in either order`, () => {
      const rules = [daily(...one, 30), daily(...other, 30)]
      expect(checkRules(rules)).to.have.length(overlap ? 1 : 0)
      expect(checkRules(rules.reverse())).to.have.length(overlap ? 1 : 0)
    })
  }

  const days: [title: string, one: OpeningRule, other: OpeningRule, day: string | null][] = [
    [
      'odd and even weeks',
      on('FREQ=WEEKLY;INTERVAL=2;BYDAY=MO'),
      on('FREQ=WEEKLY;INTERVAL=2;BYDAY=MO', { startsOn: '2026-06-08' }),
      null,
    ],
    ['first and last Friday', on('FREQ=MONTHLY;BYDAY=1FR'), on('FREQ=MONTHLY;BYDAY=-1FR'), null],
    ['fourth and last Friday', on('FREQ=MONTHLY;BYDAY=4FR'), on('FREQ=MONTHLY;BYDAY=-1FR'), '2026-06-26'],
    [
      'one ends the day before the other starts',
      on('FREQ=DAILY;UNTIL=20260630'),
      on('FREQ=DAILY', { startsOn: '2026-07-01' }),
      null,
    ],
    [
      'one ends on the day the other starts',
      on('FREQ=DAILY;UNTIL=20260701'),
      on('FREQ=DAILY', { startsOn: '2026-07-01' }),
      '2026-07-01',
    ],
    ['a Monday on 29 February', on('FREQ=WEEKLY;BYDAY=MO'), on('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29'), '2044-02-29'],
  ]
  for (const [title, one, other, day] of days) {
    it(`${title}: ${day ?? 'never'}`, () => expect(overlapOf(one, other)[0]?.day ?? null).to.equal(day))
  }

  it('fifty rules are checked in a moment', () => {
    const weekly = ['MO', 'TU', 'WE', 'TH', 'FR'].flatMap((day, index) =>
      Array.from({ length: 10 }, (_, week) =>
        on(`FREQ=WEEKLY;INTERVAL=10;BYDAY=${day}`, { startsOn: `2026-0${1 + (week % 9)}-0${1 + index}` }),
      ),
    )
    const began = performance.now()
    checkRules(weekly)
    expect(performance.now() - began).to.be.lessThan(3000)
  })
})

describe('windows of a special opening', () => {
  const window = (from: string, to: string, slotMinutes = 30, seats = 1) => ({ from, to, slotMinutes, seats })
  const check = (windows: ReturnType<typeof window>[], present: ReturnType<typeof window>[] = []) =>
    checkOpening(windows, present, '2026-12-08').map(({ code, field }) => `${field} ${code}`)

  it('case C07: may overlap when they are alike, also those already there', () => {
    expect(check([window('08:00', '10:00'), window('06:00', '10:00')], [window('09:00', '11:00')])).to.deep.equal([])
  })

  it('are refused when they overlap with other seats or steps', () => {
    expect(check([window('08:00', '10:00'), window('09:00', '11:00', 30, 2)])).to.deep.equal([
      'rules[1].from rule-overlap',
    ])
    expect(check([window('08:00', '10:00')], [window('09:00', '11:00', 20)])).to.deep.equal([
      'rules[0].from rule-overlap',
    ])
    expect(check([window('08:00', '10:00'), window('10:00', '11:00', 30, 2)])).to.deep.equal([])
  })

  it('case C05: may be none, or of no length, to close the day', () => {
    expect(check([])).to.deep.equal([])
    expect(check([window('09:00', '09:00')])).to.deep.equal([])
  })

  it('have the faults of a rule', () => {
    expect(check([window('10:00', '09:00')])).to.deep.equal(['rules[0].to rule-times'])
    expect(check([window('9', '9'), window('09:00', '09:20'), window('09:00', '10:00', 30, 0)])).to.deep.equal([
      'rules[0].from rule-times',
      'rules[0].to rule-times',
      'rules[1].slotMinutes rule-empty',
      'rules[2].seats rule-seats',
    ])
  })
})
