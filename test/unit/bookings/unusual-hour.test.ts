import { expect } from 'chai'
import { hoursUntil, isUnusual } from '../../../src/bookings/unusual-hour.js'

const spans = (now: string) => {
  const { last, earlier } = hoursUntil(new Date(now), 'Europe/Rome')
  const text = ({ from, to }: { from: Date; to: Date }) => `${from.toISOString()} ${to.toISOString()}`
  return { last: text(last), earlier: earlier.map(text) }
}

describe('an hour in which far more is booked than usual (X4)', () => {
  it('twenty and more than five times the mean', () => {
    expect([isUnusual(19, 0), isUnusual(20, 0), isUnusual(20, 4), isUnusual(21, 4)]).to.deep.equal([
      false,
      true,
      false,
      true,
    ])
  })

  it('is compared with the same minutes of four weeks, by the site’s clock on both sides of a change', () => {
    expect(spans('2026-11-03T09:20:00Z')).to.deep.equal({
      last: '2026-11-03T08:20:00.000Z 2026-11-03T09:20:00.000Z',
      earlier: [
        '2026-10-27T08:20:00.000Z 2026-10-27T09:20:00.000Z',
        '2026-10-20T07:20:00.000Z 2026-10-20T08:20:00.000Z',
        '2026-10-13T07:20:00.000Z 2026-10-13T08:20:00.000Z',
        '2026-10-06T07:20:00.000Z 2026-10-06T08:20:00.000Z',
      ],
    })
  })
})
