import { expect } from 'chai'
import { startOfDay } from '../../../src/kernel/local-day.js'
import { offeredSlots } from '../../../src/recurrence/day-slots.js'
import { wallInstant } from '../../../src/recurrence/wall-time.js'
import { aPlan, daily, ROME, starts, utc } from './builders.js'

const SPRING = '2026-03-29'
const AUTUMN = '2026-10-25'
const on = (day: string, from: string, to: string, minutes: number) =>
  offeredSlots(aPlan({ rules: [daily(from, to, minutes)] }), day)

describe('clock changes (S3, D)', () => {
  const firsts = [
    ['2026-03-27', '2026-03-27T07:30'],
    ['2026-03-28', '2026-03-28T07:30'],
    [SPRING, '2026-03-29T06:30'],
    ['2026-03-30', '2026-03-30T06:30'],
    ['2026-10-24', '2026-10-24T06:30'],
    [AUTUMN, '2026-10-25T07:30'],
  ] as const
  for (const [day, first] of firsts) {
    it(`case D01, case D03: 08:30–12:30 by 30 on ${day} gives 8, the first at ${first}Z`, () => {
      const offered = on(day, '08:30', '12:30', 30)
      expect(offered.slots).to.have.length(8)
      expect(utc(offered)[0]).to.equal(first)
    })
  }

  const nights = [
    ['2026-03-28', 12],
    [SPRING, 10],
    [AUTUMN, 14],
    ['2026-10-26', 12],
  ] as const
  for (const [day, count] of nights) {
    it(`S3: 00:00–06:00 by 30 gives ${count} on ${day}, each 30 minutes after the other`, () => {
      const { slots } = on(day, '00:00', '06:00', 30)
      expect(slots).to.have.length(count)
      const gaps = slots.slice(1).map((slot, index) => slot.startsAt.getTime() - Number(slots[index]?.startsAt))
      expect(new Set(gaps)).to.deep.equal(new Set([30 * 60_000]))
    })
  }

  it('case D05: 01:30 is followed by 03:00 in spring', () => {
    expect(starts(on(SPRING, '00:00', '06:00', 30).slots).slice(2, 6)).to.deep.equal([
      '01:00',
      '01:30',
      '03:00',
      '03:30',
    ])
  })

  it('S3: 02:00 and 02:30 come twice in autumn, as different instants', () => {
    const offered = on(AUTUMN, '00:00', '06:00', 30)
    expect(starts(offered.slots).slice(3, 9)).to.deep.equal(['01:30', '02:00', '02:30', '02:00', '02:30', '03:00'])
    expect(utc(offered).slice(4, 8)).to.deep.equal([
      '2026-10-25T00:00',
      '2026-10-25T00:30',
      '2026-10-25T01:00',
      '2026-10-25T01:30',
    ])
  })

  it('case D07: a whole day is 23, 25 or 24 hours', () => {
    const hours = [SPRING, AUTUMN, '2026-06-03'].map((day) => on(day, '00:00', '24:00', 60).slots.length)
    expect(hours).to.deep.equal([23, 25, 24])
  })

  it('case D23: 2016-10-30 by 15 all day long has no start twice', () => {
    const found = utc(on('2016-10-30', '00:00', '24:00', 15))
    expect(found).to.have.length(100)
    expect(new Set(found).size).to.equal(100)
  })

  it('case D19: the last day before the clocks go back stays open in London', () => {
    const london = aPlan({ timeZone: 'Europe/London', rules: [daily('08:00', '17:00', 60)] })
    const counts = ['2026-10-24', '2026-10-25', '2026-10-26', '2026-10-31'].map((day) => offeredSlots(london, day))
    expect(counts.map(({ slots }) => slots.length)).to.deep.equal([9, 9, 9, 9])
    expect(counts.map((offered) => utc(offered)[0]?.slice(11))).to.deep.equal(['07:00', '08:00', '08:00', '08:00'])
  })

  it('case D17: the day 2026-06-01 is [05-31T22:00Z, 06-01T22:00Z)', () => {
    const { slots } = on('2026-06-01', '00:00', '24:00', 60)
    expect(slots[0]?.startsAt.toISOString()).to.equal('2026-05-31T22:00:00.000Z')
    expect(slots.at(-1)?.endsAt.toISOString()).to.equal('2026-06-01T22:00:00.000Z')
    expect(startOfDay('2026-06-01', ROME)).to.deep.equal(slots[0]?.startsAt)
  })
})

describe('wall time becomes an instant (S3)', () => {
  const cases: [title: string, day: string, time: string, zone: string, instant: string][] = [
    ['winter', '2026-01-15', '08:30', ROME, '2026-01-15T07:30'],
    ['summer', '2026-07-15', '08:30', ROME, '2026-07-15T06:30'],
    ['the gap begins', SPRING, '02:00', ROME, '2026-03-29T01:00'],
    ['inside the gap: the first instant there is', SPRING, '02:30', ROME, '2026-03-29T01:00'],
    ['the gap is over', SPRING, '03:00', ROME, '2026-03-29T01:00'],
    ['before the repeated hour', AUTUMN, '01:59', ROME, '2026-10-24T23:59'],
    ['the repeated hour: its first occurrence', AUTUMN, '02:00', ROME, '2026-10-25T00:00'],
    ['inside the repeated hour', AUTUMN, '02:59', ROME, '2026-10-25T00:59'],
    ['after the repeated hour', AUTUMN, '03:00', ROME, '2026-10-25T02:00'],
    ['24:00 is the next midnight', AUTUMN, '24:00', ROME, '2026-10-25T23:00'],
    ['24:00 over the year', '2026-12-31', '24:00', ROME, '2026-12-31T23:00'],
    ['a change of half an hour', '2026-10-04', '02:10', 'Australia/Lord_Howe', '2026-10-03T15:30'],
    ['a midnight that does not exist', '2026-03-29', '00:30', 'Asia/Beirut', '2026-03-28T22:00'],
    ['24:00 where that midnight does not exist', '2026-03-28', '24:00', 'Asia/Beirut', '2026-03-28T22:00'],
    ['a midnight that comes twice', '2026-11-01', '00:30', 'America/Havana', '2026-11-01T04:30'],
    ['south of the equator', '2026-09-27', '02:45', 'Pacific/Auckland', '2026-09-26T14:00'],
  ]
  for (const [title, day, time, zone, instant] of cases) {
    it(`${title}: ${day} ${time} ${zone} is ${instant}Z`, () => {
      expect(wallInstant(day, time, zone).toISOString().slice(0, 16)).to.equal(instant)
    })
  }

  for (const time of ['24:01', '25:00', '8:30', '08:60', '', '08:30:00', '-1:00']) {
    it(`refuses ${JSON.stringify(time)}`, () => expect(() => wallInstant(SPRING, time, ROME)).to.throw(RangeError))
  }

  it('refuses a zone nobody knows', () =>
    expect(() => wallInstant(SPRING, '08:30', 'Europe/Legnano')).to.throw(RangeError))
})
