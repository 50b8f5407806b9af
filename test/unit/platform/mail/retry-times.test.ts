import { expect } from 'chai'
import { nextTryAt } from '../../../../src/platform/mail/retry-times.js'

const CREATED = new Date('2026-11-23T09:00:00Z')
const minutesAfter = (minutes: number): Date => new Date(CREATED.getTime() + minutes * 60_000)

describe('a mail that could not be sent is tried again (L4)', () => {
  const pauses: [tries: number, minutes: number][] = [
    [1, 1],
    [2, 5],
    [3, 15],
    [4, 60],
    [5, 60],
    [30, 60],
  ]
  for (const [tries, minutes] of pauses) {
    it(`${minutes} minutes after try ${tries}`, () =>
      expect(nextTryAt(CREATED, tries, minutesAfter(100))).to.deep.equal(minutesAfter(100 + minutes)))
  }

  it('and is given up when the next try would come more than two days after the event', () => {
    expect(nextTryAt(CREATED, 50, minutesAfter(47 * 60))).to.deep.equal(minutesAfter(48 * 60))
    expect(nextTryAt(CREATED, 50, minutesAfter(47 * 60 + 1))).to.equal(null)
  })
})
