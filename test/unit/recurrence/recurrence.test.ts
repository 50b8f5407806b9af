import { expect } from 'chai'
import fc from 'fast-check'
import { addDays } from '../../../src/kernel/local-day.js'
import { firstOccurrence, firstShared, occursOn } from '../../../src/recurrence/occurrences.js'
import { RecurrenceFault, readRecurrence } from '../../../src/recurrence/recurrence-parts.js'
import { aRecurrence, expectedDays } from './recurrence-oracle.js'
import { isCommonGround, judgedDays, MISTAKEN } from './rrule-judge.js'

const daysOf = (rrule: string, startsOn: string, to: string): string[] => {
  const days: string[] = []
  for (let day = addDays(startsOn, -8); day <= to; day = addDays(day, 1))
    if (occursOn({ rrule, startsOn }, day)) days.push(day)
  return days
}
const monthDays = (days: string[]): string[] => days.map((day) => day.slice(5))

describe('recurrences of days (S1, S3)', () => {
  const cases: [id: string, rrule: string, startsOn: string, to: string, days: string[]][] = [
    [
      'B01 every second Friday',
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR',
      '2016-01-01',
      '2016-01-31',
      ['01-01', '01-15', '01-29'],
    ],
    ['B03 the second Friday of the month', 'FREQ=MONTHLY;BYDAY=2FR', '2016-01-01', '2016-02-28', ['01-08', '02-12']],
    ['B05 from that Friday', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR', '2016-01-01', '2016-01-20', ['01-01', '01-15']],
    ['B05 from the Saturday after', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR', '2016-01-02', '2016-01-20', ['01-15']],
    ['B05 from the Sunday after', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR', '2016-01-03', '2016-01-20', ['01-15']],
    ['B05 from the Monday after', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR', '2016-01-04', '2016-01-25', ['01-08', '01-22']],
    [
      'B07 over a year of 53 weeks',
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=WE',
      '2026-12-16',
      '2027-01-20',
      ['12-16', '12-30', '01-13'],
    ],
    ['B19 until is included', 'FREQ=DAILY;UNTIL=20100214', '2010-02-12', '2010-02-20', ['02-12', '02-13', '02-14']],
    [
      'B21 every second Monday, Wednesday, Friday',
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,FR;UNTIL=20100401',
      '2010-02-11',
      '2010-05-01',
      ['02-12', '02-22', '02-24', '02-26', '03-08', '03-10', '03-12', '03-22', '03-24', '03-26'],
    ],
    [
      'B23 on the 31st, never moved to the 30th',
      'FREQ=MONTHLY;BYMONTHDAY=31',
      '2018-02-01',
      '2018-12-31',
      ['03-31', '05-31', '07-31', '08-31', '10-31', '12-31'],
    ],
    ['B25 the fifth Wednesday', 'FREQ=MONTHLY;BYDAY=5WE', '2010-04-01', '2010-12-31', ['06-30', '09-29', '12-29']],
    [
      'B27 the fifth Thursday',
      'FREQ=MONTHLY;BYDAY=5TH',
      '2026-01-01',
      '2026-12-31',
      ['01-29', '04-30', '07-30', '10-29', '12-31'],
    ],
    [
      'a start the recurrence does not say is none',
      'FREQ=WEEKLY;BYDAY=TU',
      '2026-06-01',
      '2026-06-10',
      ['06-02', '06-09'],
    ],
    ['the start’s weekday where none is said', 'FREQ=WEEKLY;COUNT=2', '2026-06-03', '2026-06-30', ['06-03', '06-10']],
    ['the start’s day of the month where none is said', 'FREQ=MONTHLY', '2026-01-31', '2026-04-30', ['01-31', '03-31']],
    ['the start’s day of the year where none is said', 'FREQ=YEARLY', '2028-02-29', '2033-01-01', ['02-29', '02-29']],
    [
      'the last working day',
      'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
      '2026-01-15',
      '2026-03-31',
      ['01-30', '02-27', '03-31'],
    ],
    [
      'a position further from the end than there are days',
      'FREQ=MONTHLY;BYDAY=1MO,2MO;BYSETPOS=-3',
      '2026-01-01',
      '2026-12-31',
      [],
    ],
    [
      'two positions that name one day count once',
      'FREQ=MONTHLY;BYDAY=1MO;BYSETPOS=1,-1;COUNT=2',
      '2026-01-01',
      '2026-12-31',
      ['01-05', '02-02'],
    ],
    [
      'every Monday, and the first Tuesday',
      'FREQ=MONTHLY;BYDAY=MO,1TU',
      '2026-06-01',
      '2026-06-30',
      ['06-01', '06-02', '06-08', '06-15', '06-22', '06-29'],
    ],
    ['a count of days', 'FREQ=DAILY;INTERVAL=3;COUNT=3', '2026-06-01', '2026-12-31', ['06-01', '06-04', '06-07']],
    [
      'small letters, a prefix and the week’s start',
      'RRULE:freq=weekly;wkst=mo;byday=we',
      '2026-06-01',
      '2026-06-10',
      ['06-03', '06-10'],
    ],
  ]
  for (const [title, rrule, startsOn, to, days] of cases) {
    it(`${title}: ${rrule} from ${startsOn}`, () => expect(monthDays(daysOf(rrule, startsOn, to))).to.deep.equal(days))
  }

  it('the end of the calendars is the last day of 2099', () => {
    const rule = { rrule: 'FREQ=DAILY', startsOn: '2026-06-01' }
    expect(['2099-12-31', '2100-01-01', '2150-06-01'].map((day) => occursOn(rule, day))).to.deep.equal([
      true,
      false,
      false,
    ])
  })
})

describe('what is no recurrence of days (S1)', () => {
  const faults: [rrule: string, piece: string][] = [
    ['', 'RRULE'],
    ['every Monday', 'EVERY MONDAY'],
    ['BYDAY=MO', 'FREQ'],
    ['FREQ=HOURLY', 'FREQ'],
    ['FREQ=SECONDLY;COUNT=1', 'FREQ'],
    ['FREQ=FORTNIGHTLY', 'FREQ'],
    ['FREQ=DAILY;BYHOUR=8', 'BYHOUR'],
    ['FREQ=DAILY;BYMINUTE=30', 'BYMINUTE'],
    ['FREQ=YEARLY;BYWEEKNO=20', 'BYWEEKNO'],
    ['FREQ=YEARLY;BYYEARDAY=1', 'BYYEARDAY'],
    ['FREQ=YEARLY;BYEASTER=1', 'BYEASTER'],
    ['DTSTART=20260601;FREQ=DAILY', 'DTSTART'],
    ['DTSTART:20260601T080000Z\nRRULE:FREQ=DAILY', 'DTSTART:20260601T080000Z\nRRULE:FREQ'],
    ['FREQ=DAILY;TZID=Europe/Rome', 'TZID'],
    ['FREQ=WEEKLY;WKST=SU', 'WKST'],
    ['FREQ=DAILY;FREQ=WEEKLY', 'FREQ'],
    ['FREQ=DAILY;', 'RRULE'],
    ['FREQ=DAILY;COUNT', 'COUNT'],
    ['FREQ=DAILY;COUNT=', 'COUNT'],
    ['FREQ=DAILY;COUNT=1=2', 'COUNT'],
    ['FREQ=DAILY;COUNT=-1', 'COUNT'],
    ['FREQ=DAILY;COUNT=1e3', 'COUNT'],
    ['FREQ=DAILY;INTERVAL=0', 'INTERVAL'],
    ['FREQ=DAILY;INTERVAL=99999999', 'INTERVAL'],
    ['FREQ=DAILY;UNTIL=2026-12-31', 'UNTIL'],
    ['FREQ=DAILY;UNTIL=20260231', 'UNTIL'],
    ['FREQ=DAILY;UNTIL=20261231T225959Z', 'UNTIL'],
    ['FREQ=DAILY;UNTIL=20261231;COUNT=3', 'COUNT'],
    ['FREQ=WEEKLY;BYDAY=LU', 'BYDAY'],
    ['FREQ=WEEKLY;BYDAY=1MO', 'BYDAY'],
    ['FREQ=DAILY;BYDAY=-1FR', 'BYDAY'],
    ['FREQ=MONTHLY;BYDAY=0MO', 'BYDAY'],
    ['FREQ=MONTHLY;BYDAY=54MO', 'BYDAY'],
    ['FREQ=MONTHLY;BYDAY=MO,', 'BYDAY'],
    ['FREQ=MONTHLY;BYMONTHDAY=32', 'BYMONTHDAY'],
    ['FREQ=MONTHLY;BYMONTHDAY=0', 'BYMONTHDAY'],
    ['FREQ=WEEKLY;BYMONTHDAY=1', 'BYMONTHDAY'],
    ['FREQ=YEARLY;BYMONTH=13', 'BYMONTH'],
    ['FREQ=YEARLY;BYMONTH=-1', 'BYMONTH'],
    ['FREQ=MONTHLY;BYSETPOS=1', 'BYSETPOS'],
    ['FREQ=MONTHLY;BYDAY=MO;BYSETPOS=0', 'BYSETPOS'],
    [`FREQ=MONTHLY;BYMONTHDAY=${'1,'.repeat(400)}1`, 'RRULE'],
  ]
  for (const [rrule, piece] of faults) {
    it(`${JSON.stringify(rrule).slice(0, 70)} is refused for its ${piece.slice(0, 12)}`, () => {
      expect(() => readRecurrence(rrule))
        .to.throw(RecurrenceFault)
        .with.property('piece', piece)
    })
  }

  it('any other text is refused too, never a surprise', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^FREQ=[A-Z]+(;[A-Z]+=[A-Z0-9,+-]*){0,3}$/)), (text) => {
        try {
          readRecurrence(text)
        } catch (error) {
          expect(error).to.be.instanceOf(RecurrenceFault)
        }
      }),
    )
  })
})

describe('the days of a recurrence (S1, T17)', () => {
  it('are those that a plain reading of RFC 5545 finds, whatever the recurrence', () => {
    fc.assert(
      fc.property(aRecurrence, ({ rrule, startsOn }) => {
        const to = addDays(startsOn, 800)
        expect(daysOf(rrule, startsOn, to), `${rrule} from ${startsOn}`).to.deep.equal(
          expectedDays(rrule, startsOn, to),
        )
      }),
      { numRuns: 80 },
    )
  })

  it('are those that the rrule library finds, wherever it can be asked', () => {
    fc.assert(
      fc.property(
        aRecurrence.filter(({ rrule }) => isCommonGround(rrule)),
        ({ rrule, startsOn }) => {
          const to = addDays(startsOn, 800)
          expect(daysOf(rrule, startsOn, to), `${rrule} from ${startsOn}`).to.deep.equal(
            judgedDays(rrule, startsOn, to),
          )
        },
      ),
      { numRuns: 150 },
    )
  })

  for (const [title, rrule] of MISTAKEN) {
    it(`are not those of the rrule library where it ${title}`, () => {
      const plain = expectedDays(rrule, '2026-01-01', '2026-03-31')
      expect(daysOf(rrule, '2026-01-01', '2026-03-31')).to.deep.equal(plain)
      expect(judgedDays(rrule, '2026-01-01', '2026-03-31')).not.to.deep.equal(plain)
      expect(isCommonGround(rrule)).to.equal(false)
    })
  }

  it('do not depend on the order in which they are asked for', () => {
    const rule = { rrule: 'FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-2,1', startsOn: '2026-03-05' }
    const far = occursOn(rule, '2040-12-03')
    const near = daysOf(rule.rrule, rule.startsOn, '2026-12-31')
    expect(near).to.deep.equal(expectedDays(rule.rrule, rule.startsOn, '2026-12-31'))
    expect(occursOn({ ...rule }, '2040-12-03')).to.equal(far)
  })

  const hostile = [
    'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31',
    'FREQ=DAILY;INTERVAL=7;BYDAY=TU',
    'FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2',
    'FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30,31',
    'FREQ=MONTHLY;BYDAY=6MO',
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31',
    'FREQ=DAILY;COUNT=0',
    'FREQ=DAILY;UNTIL=20260531',
    'FREQ=DAILY;UNTIL=10000101',
  ]
  for (const rrule of hostile) {
    it(`none: ${rrule} ends soon`, () => {
      const began = performance.now()
      expect(firstOccurrence({ rrule, startsOn: '2026-06-01' })).to.equal(null)
      expect(performance.now() - began).to.be.lessThan(1500)
    })
  }

  it('an interval beyond the end leaves the first day alone', () => {
    for (const frequency of ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY']) {
      const rule = { rrule: `FREQ=${frequency};INTERVAL=999999`, startsOn: '2026-06-01' }
      expect(firstOccurrence(rule)).to.equal('2026-06-01')
      expect(occursOn(rule, '2099-06-01')).to.equal(false)
    }
  })

  it('that two recurrences share: the first of them, exactly', () => {
    const every = (interval: number, startsOn: string) => ({
      rrule: `FREQ=WEEKLY;INTERVAL=${interval};BYDAY=MO`,
      startsOn,
    })
    expect(firstShared(every(2, '2026-06-01'), every(2, '2026-06-08'))).to.equal(null)
    expect(firstShared(every(3, '2026-06-01'), every(2, '2026-06-08'))).to.equal('2026-06-22')
    expect(firstShared(every(97, '2026-06-01'), every(101, '2026-06-08'))).to.equal('2072-11-21')
    expect(
      firstShared({ rrule: 'FREQ=MONTHLY;BYMONTHDAY=13', startsOn: '2026-01-01' }, every(1, '2027-01-01')),
    ).to.equal('2027-09-13')
  })
})
