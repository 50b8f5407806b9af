import { expect } from 'chai'
import type { OpeningRule } from '../../../src/recurrence/calendar-plan.js'
import { offeredSlots } from '../../../src/recurrence/day-slots.js'
import { unusedMinutes } from '../../../src/recurrence/opening-windows.js'
import { aPlan, officeHours, closedAt, closedOn, daily, starts, utc } from './builders.js'

const DAY = '2026-06-03'
const offered = (rules: OpeningRule[], day = DAY) => offeredSlots(aPlan({ rules }), day)

describe('slots of one day (S2)', () => {
  const cases: [id: string, rules: OpeningRule[], count: number, first: string, last: string][] = [
    ['A01', [daily('12:00', '18:00', 90, 3)], 4, '12:00', '16:30'],
    ['A03', [daily('12:00', '16:00', 15)], 16, '12:00', '15:45'],
    ['A05', [daily('08:30', '12:30', 10)], 24, '08:30', '12:20'],
    ['A09', [daily('00:00', '24:00', 60)], 24, '00:00', '23:00'],
    ['A13', [daily('00:00', '24:00', 20)], 72, '00:00', '23:40'],
    ['A17', [daily('00:00', '23:45', 20)], 71, '00:00', '23:20'],
    ['A19', [daily('07:22', '08:00', 8)], 4, '07:22', '07:46'],
    ['A21', [daily('09:00', '10:00', 60)], 1, '09:00', '09:00'],
    [
      'A23',
      [daily('15:00', '16:00', 60), daily('08:00', '09:00', 60), daily('11:00', '12:00', 60)],
      3,
      '08:00',
      '15:00',
    ],
    ['A25', [daily('09:00', '09:05', 1)], 5, '09:00', '09:04'],
    ['A33', [daily('09:30', '18:00', 45)], 11, '09:30', '17:00'],
    ['A35', [daily('09:30', '18:00', 30)], 17, '09:30', '17:30'],
    ['S2', [daily('08:30', '12:30', 25)], 9, '08:30', '11:50'],
  ]
  for (const [id, rules, count, first, last] of cases) {
    it(`${id}: ${rules.map(({ from, to }) => `${from}–${to}`).join(', ')} by ${rules[0]?.slotMinutes} gives ${count}`, () => {
      const found = starts(offered(rules).slots)
      expect(found).to.have.length(count)
      expect([found[0], found.at(-1)]).to.deep.equal([first, last])
      expect(found).to.deep.equal([...found].sort())
    })
  }

  it('case A01: seats are those of the rule, and every slot ends where the next begins', () => {
    const { slots } = offered([daily('12:00', '18:00', 90, 3)])
    expect(starts(slots)).to.deep.equal(['12:00', '13:30', '15:00', '16:30'])
    expect(slots.every(({ seats }) => seats === 3)).to.equal(true)
    expect(slots[0]?.endsAt).to.deep.equal(slots[1]?.startsAt)
  })

  it('S2: the minutes too few for a slot are known: 12:15–12:30 of 08:30–12:30 by 25', () => {
    expect(unusedMinutes(daily('08:30', '12:30', 25))).to.equal(15)
    expect(unusedMinutes(daily('18:00', '24:00', 25))).to.equal(10)
    expect(unusedMinutes(daily('08:30', '12:30', 30))).to.equal(0)
  })

  it('case C11: 9–17 without 12–13 is two stretches, each a window of its own (K2)', () => {
    const { slots } = offered([daily('13:00', '17:00', 60), daily('09:00', '12:00', 60)])
    expect(starts(slots)).to.deep.equal(['09:00', '10:00', '11:00', '13:00', '14:00', '15:00', '16:00'])
    expect(slots.map(({ window }) => window)).to.deep.equal([0, 0, 0, 1, 1, 1, 1])
  })

  it('case C09: 23:00–24:00 and the next day 00:00–00:30 are one stretch of 90 minutes', () => {
    const rules = [daily('23:00', '24:00', 30), daily('00:00', '00:30', 30)]
    const slots = [...offered(rules, DAY).slots.slice(1), ...offered(rules, '2026-06-04').slots.slice(0, 1)]
    expect(slots).to.have.length(3)
    for (const [index, slot] of slots.slice(1).entries()) expect(slot.startsAt).to.deep.equal(slots[index]?.endsAt)
  })

  it('case B11: nothing before the first day and after the last', () => {
    const rules = [officeHours({ rrule: 'FREQ=DAILY;UNTIL=20260610', startsOn: '2026-06-03' })]
    const open = ['2026-06-02', '2026-06-03', '2026-06-10', '2026-06-11'].map(
      (day) => offered(rules, day).slots.length > 0,
    )
    expect(open).to.deep.equal([false, true, true, false])
  })

  it('S3: Sundays are open where a rule opens them, closed where none does', () => {
    expect(offered([officeHours({ rrule: 'FREQ=WEEKLY;BYDAY=SU' })], '2026-06-07').slots).to.have.length(8)
    expect(offered([officeHours()], '2026-06-07')).to.deep.equal({ slots: [], closed: { kind: 'no-rule' } })
  })
})

describe('closures (S5)', () => {
  const plan = (closures: ReturnType<typeof closedOn>[]) => aPlan({ rules: [daily('09:00', '17:00', 60)], closures })

  it('case C01, case C03: a closed day has no slot and says the public reason; the days around it stay', () => {
    const closed = plan([closedOn('2026-06-03', '2026-06-04')])
    expect(offeredSlots(closed, '2026-06-03')).to.deep.equal({
      slots: [],
      closed: { kind: 'closure', reason: 'Lavori' },
    })
    for (const day of ['2026-06-01', '2026-06-04']) expect(offeredSlots(closed, day).slots, day).to.have.length(8)
  })

  it('keeps a reason to itself that is not public', () => {
    const closed = plan([closedOn('2026-06-03', '2026-06-04', { isPublic: false })])
    expect(offeredSlots(closed, DAY).closed).to.deep.equal({ kind: 'closure' })
  })

  it('case C15: removes every slot it overlaps, and none that it only touches', () => {
    const remaining = (from: string, to: string) => starts(offeredSlots(plan([closedAt(DAY, from, to)]), DAY).slots)
    expect(remaining('12:00', '13:00')).to.deep.equal(['09:00', '10:00', '11:00', '13:00', '14:00', '15:00', '16:00'])
    expect(remaining('11:30', '12:01')).to.deep.equal(['09:00', '10:00', '13:00', '14:00', '15:00', '16:00'])
    expect(remaining('06:00', '09:00')).to.have.length(8)
    expect(remaining('17:00', '18:00')).to.have.length(8)
    expect(remaining('12:30', '12:30')).to.have.length(8)
  })

  it('case C13: one that covers every slot closes the day with its reason', () => {
    const other = closedAt(DAY, '03:00', '04:00', { reason: 'Di notte' })
    expect(offeredSlots(plan([other, closedAt(DAY, '08:00', '20:00')]), DAY).closed).to.deep.equal({
      kind: 'closure',
      reason: 'Lavori',
    })
  })

  it('closes another calendar only when it is of the site', () => {
    const others = closedOn('2026-06-03', '2026-06-04', { calendarId: 'vaccini' })
    const own = closedOn('2026-06-03', '2026-06-04', { calendarId: 'scelta-revoca' })
    expect(offeredSlots(plan([others]), DAY).slots).to.have.length(8)
    expect(offeredSlots(plan([own]), DAY).slots).to.have.length(0)
  })

  it('case C21: holds on both sides of New Year', () => {
    const closed = plan([closedOn('2026-12-28', '2027-01-08')])
    const open = ['2026-12-27', '2026-12-28', '2026-12-31', '2027-01-01', '2027-01-07', '2027-01-08'].map(
      (day) => offeredSlots(closed, day).slots.length > 0,
    )
    expect(open).to.deep.equal([true, false, false, false, false, true])
  })

  it('case B19: daily from 2010-02-12 to 02-14, the first excluded', () => {
    const rules = [officeHours({ rrule: 'FREQ=DAILY;UNTIL=20100214', startsOn: '2010-02-12' })]
    const days = ['2010-02-11', '2010-02-12', '2010-02-13', '2010-02-14', '2010-02-15']
    const closures = [closedOn('2010-02-12', '2010-02-13')]
    expect(days.filter((day) => offeredSlots(aPlan({ rules, closures }), day).slots.length > 0)).to.deep.equal([
      '2010-02-13',
      '2010-02-14',
    ])
  })

  it('case C31: a closed day is the local one, also where the site is far from UTC', () => {
    const rules = [daily('16:30', '24:00', 30)]
    const closures = [closedOn('2026-06-10', '2026-06-11'), closedOn('2026-06-17', '2026-06-18')]
    const chicago = aPlan({ rules, closures, timeZone: 'America/Chicago' })
    const open = ['2026-06-09', '2026-06-10', '2026-06-11', '2026-06-16', '2026-06-17', '2026-06-18'].map(
      (day) => offeredSlots(chicago, day).slots.length,
    )
    expect(open).to.deep.equal([15, 0, 15, 15, 0, 15])
  })
})

describe('national holidays (S5)', () => {
  const everyDay = aPlan({ rules: [daily('08:30', '12:30', 30)] })

  it('case C27: San Francesco closes Monday 2027-10-04, and says so', () => {
    expect(offeredSlots(everyDay, '2027-10-04')).to.deep.equal({
      slots: [],
      closed: { kind: 'holiday', holiday: 'san-francesco' },
    })
    expect(offeredSlots(everyDay, '2025-10-04').slots).to.have.length(8)
  })

  it('case C29: Easter Monday 2027-03-29, the day after the clock change, is closed; Tuesday 08:30 is 06:30Z', () => {
    expect(offeredSlots(everyDay, '2027-03-29').closed).to.deep.equal({ kind: 'holiday', holiday: 'easter-monday' })
    expect(utc(offeredSlots(everyDay, '2027-03-30'))[0]).to.equal('2027-03-30T06:30')
  })

  it('do not close a site that opted out of that one', () => {
    const plan = { ...everyDay, openOnHolidays: ['2027-10-04'] }
    expect(offeredSlots(plan, '2027-10-04').slots).to.have.length(8)
    expect(offeredSlots(plan, '2028-10-04').slots).to.have.length(0)
  })

  it('case C23: a holiday on a closed day has no effect; a public reason for the day says more', () => {
    const closures = [closedOn('2026-12-24', '2027-01-07', { reason: 'Pausa natalizia' })]
    expect(offeredSlots({ ...everyDay, closures }, '2026-12-25').closed).to.deep.equal({
      kind: 'closure',
      reason: 'Pausa natalizia',
    })
    expect(offeredSlots(aPlan(), '2026-11-01').closed).to.deep.equal({ kind: 'holiday', holiday: 'all-saints' })
  })
})

describe('special openings (S5)', () => {
  const special = (...windows: { from: string; to: string; slotMinutes?: number; seats?: number }[]) => ({
    id: windows.map(({ from }) => from).join(),
    day: '2026-12-08',
    windows: windows.map((window) => ({ slotMinutes: 60, seats: 2, ...window })),
  })
  const on = (openings: ReturnType<typeof special>[], closures = [] as ReturnType<typeof closedOn>[]) =>
    offeredSlots(aPlan({ openings, closures }), '2026-12-08')

  it('replace the rules on their day, holidays included, and nothing else', () => {
    const { slots } = on([special({ from: '14:00', to: '16:00' })])
    expect(starts(slots)).to.deep.equal(['14:00', '15:00'])
    expect(slots[0]?.seats).to.equal(2)
    expect(
      starts(offeredSlots(aPlan({ openings: [special({ from: '14:00', to: '16:00' })] }), '2026-12-09').slots)[0],
    ).to.equal('08:30')
  })

  it('case C05: without windows, or with one of no length, the day is closed', () => {
    expect(on([special()])).to.deep.equal({ slots: [], closed: { kind: 'closure' } })
    expect(on([special({ from: '09:00', to: '09:00' })])).to.deep.equal({ slots: [], closed: { kind: 'closure' } })
  })

  it('case C07: 06–10 and 08–10 are 06–10', () => {
    const { slots } = on([special({ from: '08:00', to: '10:00' }), special({ from: '06:00', to: '10:00' })])
    expect(starts(slots)).to.deep.equal(['06:00', '07:00', '08:00', '09:00'])
    expect(new Set(slots.map(({ window }) => window)).size).to.equal(1)
  })

  it('case A15: 11:00–12:00 and 11:20–12:40 by 20 give 5', () => {
    const windows = [
      special({ from: '11:00', to: '12:00', slotMinutes: 20 }, { from: '11:20', to: '12:40', slotMinutes: 20 }),
    ]
    expect(starts(on(windows).slots)).to.deep.equal(['11:00', '11:20', '11:40', '12:00', '12:20'])
  })

  it('touching windows unite when they are alike, and stay apart when they are not', () => {
    const alike = on([special({ from: '09:00', to: '10:30' }, { from: '10:30', to: '12:00' })]).slots
    const other = on([special({ from: '09:00', to: '10:30' }, { from: '10:30', to: '12:00', seats: 1 })]).slots
    expect(starts(alike)).to.deep.equal(['09:00', '10:00', '11:00'])
    expect(starts(other)).to.deep.equal(['09:00', '10:30'])
  })

  it('do not open a day that an explicit closure closes', () => {
    const closures = [closedOn('2026-12-08', '2026-12-09')]
    expect(on([special({ from: '14:00', to: '16:00' })], closures).closed).to.deep.equal({
      kind: 'closure',
      reason: 'Lavori',
    })
  })
})
