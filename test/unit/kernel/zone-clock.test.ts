import { expect } from 'chai'
import fc from 'fast-check'
import { DateTime, IANAZone } from 'luxon'
import { localDay, minuteOfDay, startOfDay, zonedIso } from '../../../src/kernel/local-day.js'
import { firstShowing, offsetMinutes } from '../../../src/kernel/zone-clock.js'

/**
 * Whole hours, half hours and quarters, clocks changed at midnight (Beirut, Havana, Santiago), before it (Gaza), by half an
 * hour (Lord Howe), backwards (Dublin), during Ramadan (Casablanca), a day left out (Apia), offsets with seconds (Monrovia).
 */
const ZONES = [
  'Europe/Rome',
  'Europe/Dublin',
  'Atlantic/Azores',
  'America/New_York',
  'America/St_Johns',
  'America/Havana',
  'America/Santiago',
  'America/Sao_Paulo',
  'Asia/Beirut',
  'Asia/Gaza',
  'Asia/Kathmandu',
  'Asia/Tehran',
  'Africa/Casablanca',
  'Africa/Cairo',
  'Africa/Monrovia',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'UTC',
]
const FIRST_MS = Date.UTC(1970, 0, 2)
const LAST_MS = Date.UTC(2100, 0, 1)
const HOUR_MS = 3_600_000

/** Every change of a zone's clocks, as luxon knows them, to the second. */
function changesOf(zone: string): number[] {
  const rules = IANAZone.create(zone)
  const found: number[] = []
  for (let ms = FIRST_MS; ms < Date.UTC(2040, 0, 1); ms += 12 * HOUR_MS) {
    let [early, late] = [ms / 1000, (ms + 12 * HOUR_MS) / 1000]
    if (rules.offset(early * 1000) === rules.offset(late * 1000)) continue
    while (late - early > 1) {
      const middle = Math.floor((early + late) / 2)
      if (rules.offset(middle * 1000) === rules.offset(early * 1000)) early = middle
      else late = middle
    }
    found.push(late * 1000)
  }
  return found
}

function sameAsLuxon(ms: number, zone: string): void {
  const [instant, judge] = [new Date(ms), DateTime.fromMillis(ms, { zone })]
  const where = `${zone} ${instant.toISOString()}`
  expect(offsetMinutes(ms, zone), where).to.equal(judge.offset)
  expect(localDay(instant, zone), where).to.equal(judge.toISODate())
  expect(minuteOfDay(instant, zone), where).to.equal(judge.hour * 60 + judge.minute)
  if (Number.isInteger(judge.offset))
    expect(zonedIso(instant, zone), where).to.equal(judge.toFormat("yyyy-MM-dd'T'HH:mm:ssZZ"))
}

describe('the clocks of a zone by arithmetic, with luxon for judge', () => {
  for (const zone of ZONES) {
    const changes = changesOf(zone)

    it(`show the same in ${zone}, in any year and about each of ${changes.length} changes`, () => {
      fc.assert(fc.property(fc.integer({ min: FIRST_MS, max: LAST_MS }), (ms) => sameAsLuxon(ms, zone)))
      for (const ms of changes)
        for (const beside of [-HOUR_MS, -60_000, -1000, -1, 0, 1, 999, 60_000, HOUR_MS]) sameAsLuxon(ms + beside, zone)
    })

    it(`begin a day in ${zone} at its first instant, also when midnight is left out or comes twice`, () => {
      const days = fc.integer({ min: FIRST_MS, max: LAST_MS }).map((ms) => localDay(new Date(ms), zone))
      const begins = (day: string): void => {
        const start = startOfDay(day, zone)
        const judge = DateTime.fromJSDate(start, { zone })
        expect(judge.toISODate(), day).to.equal(day)
        const before = judge.minus({ milliseconds: 1 })
        expect((before.toISODate() ?? '') < day, `${zone} ${day}`).to.equal(true)
        // Of a midnight that is there once luxon has the same idea.
        if (DateTime.fromISO(day, { zone }).getPossibleOffsets().length === 1)
          expect(start.getTime(), day).to.equal(DateTime.fromISO(day, { zone }).startOf('day').toMillis())
      }
      fc.assert(fc.property(days, begins))
      for (const ms of changes)
        for (const beside of [-HOUR_MS, 0, HOUR_MS]) begins(localDay(new Date(ms + beside), zone))
    })
  }

  it('show what comes first: of a time left out what follows it, of one that comes twice its first', () => {
    const rome = (text: string): string => firstShowing(Date.parse(`${text}Z`), 'Europe/Rome').toISOString()
    expect(rome('2026-03-29T02:30')).to.equal('2026-03-29T01:00:00.000Z')
    expect(rome('2026-10-25T02:30')).to.equal('2026-10-25T00:30:00.000Z')
    expect(startOfDay('2011-12-30', 'Pacific/Apia').toISOString(), 'the day that Samoa left out').to.equal(
      '2011-12-30T10:00:00.000Z',
    )
  })

  it('are of no zone that there is not', () => {
    expect(() => localDay(new Date(), 'Europe/Legnano')).to.throw(RangeError)
    expect(() => localDay(new Date(Number.NaN), 'Europe/Rome')).to.throw(RangeError)
  })
})
