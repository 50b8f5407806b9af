import { expect } from 'chai'
import { clockFrom } from '../../../src/kernel/clock.js'
import { addDays, daysBetween, isLocalDay, localDay, startOfDay, zonedIso } from '../../../src/kernel/local-day.js'

const ROME = 'Europe/Rome'

describe('local days', () => {
  const texts: [text: string, real: boolean][] = [
    ['2026-11-24', true],
    ['2028-02-29', true],
    ['1970-01-01', true],
    ['2199-12-31', true],
    ['2026-02-31', false],
    ['2026-02-29', false],
    ['2026-13-01', false],
    ['2026-00-10', false],
    ['2200-01-01', false],
    ['1969-12-31', false],
    ['2026-1-1', false],
    ['2026-11-24 ', false],
    ['2026-11-24T00:00Z', false],
    ['', false],
  ]
  for (const [text, real] of texts) {
    it(`T19: ${JSON.stringify(text)} is ${real ? 'a day' : 'none'}`, () => expect(isLocalDay(text)).to.equal(real))
  }

  it('case D17: an instant falls on the local day, not the UTC one', () => {
    expect(localDay(new Date('2026-05-31T22:00:00Z'), ROME)).to.equal('2026-06-01')
    expect(localDay(new Date('2026-06-01T21:59:59.999Z'), ROME)).to.equal('2026-06-01')
    expect(localDay(new Date('2026-06-01T22:00:00Z'), ROME)).to.equal('2026-06-02')
  })

  for (const [day, hours] of [
    ['2026-03-29', 23],
    ['2026-10-25', 25],
    ['2026-11-24', 24],
  ] as const) {
    it(`case D07: ${day} has ${hours} hours`, () => {
      const lengthMs = startOfDay(addDays(day, 1), ROME).getTime() - startOfDay(day, ROME).getTime()
      expect(lengthMs / 3_600_000).to.equal(hours)
    })
  }

  it('T18: a day later is a calendar day, over months, years and clock changes', () => {
    expect(addDays('2026-10-24', 2)).to.equal('2026-10-26')
    expect(addDays('2026-12-31', 1)).to.equal('2027-01-01')
    expect(addDays('2026-03-01', -1)).to.equal('2026-02-28')
    expect(daysBetween('2026-03-28', '2026-03-30')).to.equal(2)
    expect(daysBetween('2026-03-30', '2026-03-28')).to.equal(-2)
  })

  it('instants are written with the offset of their own day', () => {
    expect(zonedIso(new Date('2026-03-28T07:30:00Z'), ROME)).to.equal('2026-03-28T08:30:00+01:00')
    expect(zonedIso(new Date('2026-03-30T06:30:00Z'), ROME)).to.equal('2026-03-30T08:30:00+02:00')
    expect(zonedIso(new Date('2026-10-25T00:30:00Z'), ROME)).to.equal('2026-10-25T02:30:00+02:00')
    expect(zonedIso(new Date('2026-10-25T01:30:00Z'), ROME)).to.equal('2026-10-25T02:30:00+01:00')
  })
})

describe('DEMO_CLOCK', () => {
  it('starts where it is told and ticks', async () => {
    const clock = clockFrom(new Date('2026-11-24T09:00:00+01:00'))
    const first = clock().getTime() - Date.parse('2026-11-24T08:00:00Z')
    expect(first).to.be.within(0, 1000)
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(clock().getTime() - Date.parse('2026-11-24T08:00:00Z')).to.be.greaterThan(first)
  })
})
