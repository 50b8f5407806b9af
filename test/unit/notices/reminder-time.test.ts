import { expect } from 'chai'
import { remindedDays, reminderAt } from '../../../src/notices/reminder-time.js'

describe('a reminder goes out at 18:00 of the day before, local to the site (L3)', () => {
  const times: [day: string, zone: string, at: string][] = [
    ['2026-11-24', 'Europe/Rome', '2026-11-23T17:00:00.000Z'],
    ['2026-07-01', 'Europe/Rome', '2026-06-30T16:00:00.000Z'],
    ['2026-03-29', 'Europe/Rome', '2026-03-28T17:00:00.000Z'],
    ['2026-03-30', 'Europe/Rome', '2026-03-29T16:00:00.000Z'],
    ['2026-10-25', 'Europe/Rome', '2026-10-24T16:00:00.000Z'],
    ['2026-10-26', 'Europe/Rome', '2026-10-25T17:00:00.000Z'],
    ['2027-01-01', 'Pacific/Auckland', '2026-12-31T05:00:00.000Z'],
    ['2026-11-24', 'America/New_York', '2026-11-23T23:00:00.000Z'],
  ]
  for (const [day, zone, at] of times) {
    it(`of ${day} in ${zone} at ${at}`, () => expect(reminderAt(day, zone).toISOString()).to.equal(at))
  }

  const days: [now: string, zone: string, days: string[]][] = [
    ['2026-11-23T17:59:59+01:00', 'Europe/Rome', ['2026-11-23']],
    ['2026-11-23T18:00:00+01:00', 'Europe/Rome', ['2026-11-23', '2026-11-24']],
    ['2026-11-23T23:59:59+01:00', 'Europe/Rome', ['2026-11-23', '2026-11-24']],
    ['2026-11-24T00:00:00+01:00', 'Europe/Rome', ['2026-11-24']],
    ['2026-11-23T18:00:00+01:00', 'Pacific/Auckland', ['2026-11-24']],
    ['2026-11-23T18:00:00+01:00', 'America/New_York', ['2026-11-23']],
  ]
  for (const [now, zone, expected] of days) {
    it(`at ${now}, ${zone} is reminded of ${expected.join(' and ')}`, () =>
      expect(remindedDays(new Date(now), zone)).to.deep.equal(expected))
  }
})
