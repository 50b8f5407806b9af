import { expect } from 'chai'
import { isBookable } from '../../../src/recurrence/bookable-window.js'
import { offeredSlots } from '../../../src/recurrence/day-slots.js'
import { dayState } from '../../../src/recurrence/day-state.js'
import { wallInstant } from '../../../src/recurrence/wall-time.js'
import { aPlan, officeHours, closedOn, daily, ROME, starts } from './builders.js'

const at = (day: string, time: string) => wallInstant(day, time, ROME)
const stateOf = (plan: ReturnType<typeof aPlan>, day: string, now: Date) =>
  dayState(plan, { day, ...offeredSlots(plan, day) }, now)

describe('what may be booked now (S6)', () => {
  const plan = aPlan()
  const now = at('2026-06-03', '07:30')
  const cases: [title: string, day: string, time: string, bookable: boolean][] = [
    ['exactly the notice away', '2026-06-03', '08:30', true],
    ['a minute less', '2026-06-03', '08:29', false],
    ['the last day of the horizon, late', '2026-07-03', '23:30', true],
    ['the day after the horizon, early', '2026-07-04', '00:00', false],
    ['yesterday', '2026-06-02', '08:30', false],
  ]
  for (const [title, day, time, bookable] of cases) {
    it(`${title}: ${bookable ? 'yes' : 'no'}`, () => expect(isBookable(plan, at(day, time), now)).to.equal(bookable))
  }

  it('the notice is elapsed time, also when the clocks go forward in between', () => {
    const night = at('2026-03-29', '01:30')
    expect(isBookable(plan, at('2026-03-29', '03:15'), night)).to.equal(false)
    expect(isBookable(plan, at('2026-03-29', '03:30'), night)).to.equal(true)
  })

  it('today is the day at the site, not the day of UTC', () => {
    const lateEvening = new Date('2026-06-02T22:30:00Z')
    expect(isBookable({ ...plan, horizonDays: 0 }, at('2026-06-03', '08:30'), lateEvening)).to.equal(true)
    expect(isBookable({ ...plan, horizonDays: 0 }, at('2026-06-04', '08:30'), lateEvening)).to.equal(false)
  })

  it('case A11: a full day by 60 at 11:59:59 has 12 left', () => {
    const full = aPlan({ rules: [daily('00:00', '24:00', 60)], minNoticeMinutes: 0 })
    expect(stateOf(full, '2026-06-03', new Date('2026-06-03T09:59:59Z')).bookable).to.have.length(12)
  })

  it('case A37: at midnight with 13 hours of notice, 9–18 by 120 leaves 13:00 and 15:00', () => {
    const slow = aPlan({ rules: [daily('09:00', '18:00', 120)], minNoticeMinutes: 780 })
    expect(starts(stateOf(slow, '2026-06-03', at('2026-06-03', '00:00')).bookable)).to.deep.equal(['13:00', '15:00'])
  })

  it('case B01: every other Friday from 2016-01-01, seen on that evening', () => {
    const fridays = aPlan({
      rules: [officeHours({ rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR', startsOn: '2016-01-01' })],
    })
    const days = ['2016-01-01', '2016-01-15', '2016-01-08', '2016-01-04']
    const open = days.map((day) => stateOf(fridays, day, at('2016-01-01', '20:00')).bookable.length > 0)
    expect(open).to.deep.equal([false, true, false, false])
  })
})

describe('why a day has nothing (S7)', () => {
  const plan = aPlan({ rules: [officeHours({ startsOn: '2026-01-01' })] })
  const now = at('2026-06-03', '08:00')
  const reasonOf = (day: string, moment = now, with_: Partial<typeof plan> = {}) =>
    stateOf({ ...plan, ...with_ }, day, moment).reason

  it('there is none while a slot may still be booked', () => {
    expect(reasonOf('2026-06-03')).to.equal(null)
    expect(stateOf(plan, '2026-06-03', now).bookable).to.have.length(7)
    expect(reasonOf('2026-07-03')).to.equal(null)
  })

  it('yesterday is past, also when it was closed', () => {
    expect(reasonOf('2026-06-01')).to.deep.equal({ code: 'past' })
    expect(reasonOf('2026-05-31')).to.deep.equal({ code: 'past' })
  })

  it('today is too soon when its last slot is too near, past when that has begun, and closed when it had none', () => {
    expect(reasonOf('2026-06-03', at('2026-06-03', '11:01'))).to.deep.equal({ code: 'too-soon' })
    expect(reasonOf('2026-06-03', at('2026-06-03', '12:00'))).to.deep.equal({ code: 'too-soon' })
    expect(reasonOf('2026-06-03', at('2026-06-03', '12:01'))).to.deep.equal({ code: 'past' })
    expect(reasonOf('2026-06-07', at('2026-06-07', '20:00'))).to.deep.equal({
      code: 'closed',
      closed: { kind: 'no-rule' },
    })
  })

  it('tomorrow is too soon when the notice is longer than that; a closed day is closed first', () => {
    expect(reasonOf('2026-06-04', now, { minNoticeMinutes: 2 * 1440 })).to.deep.equal({ code: 'too-soon' })
    expect(reasonOf('2026-06-07', now, { minNoticeMinutes: 10 * 1440 })?.code).to.equal('closed')
  })

  it('closed comes before not-open-yet, and carries its reason', () => {
    expect(reasonOf('2026-12-08')).to.deep.equal({
      code: 'closed',
      closed: { kind: 'holiday', holiday: 'immaculate-conception' },
    })
    const closures = [closedOn('2026-06-04', '2026-06-05', { reason: 'Sciopero' })]
    expect(reasonOf('2026-06-04', now, { closures })).to.deep.equal({
      code: 'closed',
      closed: { kind: 'closure', reason: 'Sciopero' },
    })
  })

  it('not-open-yet says the day on which the day opens', () => {
    expect(reasonOf('2026-07-06')).to.deep.equal({ code: 'not-open-yet', opensOn: '2026-06-06' })
    expect(reasonOf('2026-07-06', at('2026-06-06', '00:00'))).to.equal(null)
  })

  it('case B09: with no horizon at all, only today may be booked', () => {
    expect(reasonOf('2026-06-03', now, { horizonDays: 0 })).to.equal(null)
    expect(reasonOf('2026-06-04', now, { horizonDays: 0 })).to.deep.equal({
      code: 'not-open-yet',
      opensOn: '2026-06-04',
    })
  })
})
