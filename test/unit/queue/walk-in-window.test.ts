import { expect } from 'chai'
import { walkInNow } from '../../../src/queue/walk-in-window.js'
import type { WalkInFacts } from '../../../src/seats/index.js'
import { aCalendarPlan, aClosure, aRule, aSpecialOpening } from '../../support/builders.js'

const facts = (part: Partial<WalkInFacts> = {}): WalkInFacts => ({
  window: { from: '08:30', to: '12:30' },
  timeZone: 'Europe/Rome',
  plans: [aCalendarPlan({ rules: [aRule({ rrule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SU' })] })],
  openOnHolidays: [],
  ...part,
})

const told = (instant: string, part: Partial<WalkInFacts> = {}) => {
  const { isOpen, opensAt } = walkInNow(facts(part), new Date(instant))
  return isOpen ? 'open' : (opensAt?.toISOString() ?? 'never')
}

describe('the walk-in window (W3)', () => {
  const rows: [title: string, instant: string, expected: string][] = [
    ['08:29 is too early', '2026-11-24T08:29:59+01:00', '2026-11-24T07:30:00.000Z'],
    ['08:30 is in', '2026-11-24T08:30:00+01:00', 'open'],
    ['12:29 is in', '2026-11-24T12:29:59+01:00', 'open'],
    ['12:30 is out, and tomorrow is told', '2026-11-24T12:30:00+01:00', '2026-11-25T07:30:00.000Z'],
    [
      'a Friday afternoon is followed by the Sunday that a rule opens',
      '2026-11-27T13:00:00+01:00',
      '2026-11-29T07:30:00.000Z',
    ],
    ['a holiday is closed: Immacolata', '2026-12-08T09:00:00+01:00', '2026-12-09T07:30:00.000Z'],
    ['08:30 of the summer’s first Sunday, 28 March 2027: one hour earlier in UTC', '2027-03-28T06:30:00Z', 'open'],
    ['… and 08:29', '2027-03-28T06:29:59Z', '2027-03-28T06:30:00.000Z'],
    ['… and 12:30', '2027-03-28T10:30:00Z', '2027-03-30T06:30:00.000Z'],
    ['Easter Monday 2027, the day after the clock change', '2027-03-29T09:00:00+02:00', '2027-03-30T06:30:00.000Z'],
    ['08:30 of the winter’s first Sunday, 31 October 2027', '2027-10-31T07:30:00Z', 'open'],
    ['… and 12:29', '2027-10-31T11:29:59Z', 'open'],
    ['… and 12:30, before All Saints', '2027-10-31T11:30:00Z', '2027-11-02T07:30:00.000Z'],
    ['the Friday before the autumn change, afternoon', '2026-10-23T13:00:00+02:00', '2026-10-25T07:30:00.000Z'],
  ]
  for (const [title, instant, expected] of rows) it(title, () => expect(told(instant)).to.equal(expected))

  it('is closed with the site: whole days and hours', () => {
    const noon = aClosure({
      fromOn: null,
      toOn: null,
      fromAt: new Date('2026-11-24T09:00:00Z'),
      toAt: new Date('2026-11-24T10:00:00Z'),
    })
    expect(told('2026-11-24T08:30:00Z', { plans: [aCalendarPlan({ closures: [aClosure()] })] })).to.equal(
      '2026-11-25T07:30:00.000Z',
    )
    const plans = [aCalendarPlan({ closures: [noon] })]
    expect(told('2026-11-24T08:59:00Z', { plans })).to.equal('open')
    expect(told('2026-11-24T09:00:00Z', { plans })).to.equal('2026-11-24T10:00:00.000Z')
    expect(told('2026-11-24T10:00:00Z', { plans })).to.equal('open')
  })

  it('is open though the calendar is closed alone: whole days, hours, and where it is the only one', () => {
    const alone = aClosure({ calendarId: 'scelta-revoca' })
    const hours = {
      fromOn: null,
      toOn: null,
      fromAt: new Date('2026-11-24T00:00:00Z'),
      toAt: new Date('2026-11-24T23:00:00Z'),
    }
    for (const closure of [alone, { ...alone, ...hours }]) {
      const plans = [aCalendarPlan({ closures: [closure] })]
      expect(told('2026-11-24T09:00:00+01:00', { plans })).to.equal('open')
    }
    const both = [aCalendarPlan({ closures: [alone, aClosure({ id: 'closure-2' })] })]
    expect(told('2026-11-24T09:00:00+01:00', { plans: both })).to.equal('2026-11-25T07:30:00.000Z')
  })

  it('stays closed where no rule opens that day, on a holiday, or with an opening that closes it', () => {
    const closures = [aClosure({ calendarId: 'scelta-revoca', fromOn: '2026-11-01', toOn: '2026-12-31' })]
    const plans = [aCalendarPlan({ closures, openings: [aSpecialOpening({ day: '2026-11-25', windows: [] })] })]
    expect(told('2026-11-28T09:00:00+01:00', { plans })).to.equal('2026-11-30T07:30:00.000Z') // a Saturday
    expect(told('2026-12-08T09:00:00+01:00', { plans })).to.equal('2026-12-09T07:30:00.000Z')
    expect(told('2026-11-25T09:00:00+01:00', { plans })).to.equal('2026-11-26T07:30:00.000Z')
  })

  it('opens with a special opening on a Saturday', () => {
    const plans = [aCalendarPlan({ openings: [aSpecialOpening({ day: '2026-11-28' })] })]
    expect(told('2026-11-28T09:00:00+01:00', { plans })).to.equal('open')
  })

  it('without a calendar every day is open that is no Sunday and no holiday', () => {
    expect(told('2026-11-28T09:00:00+01:00', { plans: [] })).to.equal('open')
    expect(told('2026-12-06T09:00:00+01:00', { plans: [] })).to.equal('2026-12-07T07:30:00.000Z')
    expect(told('2026-12-08T09:00:00+01:00', { plans: [], openOnHolidays: ['2026-12-08'] })).to.equal('open')
  })

  it('a service without a window never opens', () => {
    expect(told('2026-11-24T09:00:00+01:00', { window: null })).to.equal('never')
  })
})
