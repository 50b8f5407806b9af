import { expect } from 'chai'
import Holidays from 'date-holidays'
import { addDays } from '../../../src/kernel/local-day.js'
import { easter, holidayOn } from '../../../src/recurrence/holidays.js'

describe('national holidays (S5)', () => {
  const easters = ['2026-04-05', '2027-03-28', '2028-04-16', '2029-04-01', '2030-04-21']
  for (const day of easters) {
    it(`case C25: Easter is ${day}, the Monday after it a holiday, the Sunday only a Sunday`, () => {
      expect(easter(Number(day.slice(0, 4)))).to.equal(day)
      expect(holidayOn(addDays(day, 1))).to.equal('easter-monday')
      expect(holidayOn(day)).to.equal(null)
    })
  }

  it('case C27: 4 October counts from 2026', () => {
    expect(['2025-10-04', '2026-10-04', '2027-10-04'].map(holidayOn)).to.deep.equal([
      null,
      'san-francesco',
      'san-francesco',
    ])
  })

  it('are twelve in 2027, each with a name of its own', () => {
    const days = Array.from({ length: 365 }, (_, index) => addDays('2027-01-01', index))
    const found = days.map(holidayOn).filter((name) => name !== null)
    expect(found).to.have.length(12)
    expect(new Set(found).size).to.equal(12)
  })

  it('agree with the library date-holidays from 2024 to 2060, but for Easter Sundays', () => {
    const library = new Holidays('IT')
    for (let year = 2024; year <= 2060; year++) {
      const national = library.getHolidays(year).filter(({ type, rule }) => type === 'public' && rule !== 'easter')
      const theirs = new Set(national.map(({ date }) => date.slice(0, 10)))
      const days = Array.from({ length: 366 }, (_, index) => addDays(`${year}-01-01`, index))
      const ours = days.filter((day) => day.startsWith(`${year}`) && holidayOn(day) !== null)
      expect(ours, `${year}`).to.deep.equal([...theirs].sort())
    }
  })
})
