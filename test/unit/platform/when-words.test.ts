import { expect } from 'chai'
import fc from 'fast-check'
import { DateTime } from 'luxon'
import { LANGS } from '../../../src/messages/index.js'
import { addDays } from '../../../src/kernel/local-day.js'
import * as words from '../../../src/platform/pages/when-words.js'

const LOCALES = { it: 'it-IT', en: 'en-GB' }

describe('days and times in words', () => {
  it('read as luxon writes them, the first time and every other, in both languages', () => {
    for (const lang of LANGS) {
      const said = (day: string, pattern: string): string =>
        DateTime.fromISO(day, { zone: 'utc', locale: LOCALES[lang] }).toFormat(pattern)
      for (const round of [1, 2])
        for (let day = '2026-01-01'; day < '2029-01-01'; day = addDays(day, 1)) {
          const first = day.endsWith('-01') && lang === 'it' ? "'1º'" : 'd'
          const about = `${lang} ${day} ${round}`
          expect(words.dayWords(day, lang), about).to.equal(said(day, `cccc ${first} LLLL yyyy`))
          expect(words.shortDayWords(day, lang), about).to.equal(said(day, `cccc ${first} LLLL`))
          expect(words.monthWords(day, lang), about).to.equal(said(day, 'LLLL yyyy'))
        }
    }
    expect(words.dayWords('2026-12-01', 'it')).to.equal('martedì 1º dicembre 2026')
    expect(words.weekdays('it')[6]).to.deep.equal({ short: 'dom', long: 'domenica' })
    expect(words.weekdays('en')[0]).to.deep.equal({ short: 'Mon', long: 'Monday' })
  })

  it('tell the time that the site’s clocks show', () => {
    const instants = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2040, 0, 1) }).map((ms) => new Date(ms))
    const zones = fc.constantFrom('Europe/Rome', 'Asia/Kathmandu', 'America/Havana', 'Pacific/Chatham')
    fc.assert(
      fc.property(instants, zones, (instant, zone) => {
        const judge = DateTime.fromJSDate(instant, { zone })
        expect(words.timeWords(instant, zone)).to.equal(judge.toFormat('H:mm'))
        expect(words.isMorning(instant, zone)).to.equal(judge.hour < 12)
      }),
    )
    expect(words.timeWords(new Date('2026-10-25T00:30:00Z'), 'Europe/Rome')).to.equal('2:30')
    expect(words.timeWords(new Date('2026-10-25T01:30:00Z'), 'Europe/Rome')).to.equal('2:30')
    expect(words.isSummerTime(new Date('2026-10-25T00:30:00Z'), 'Europe/Rome')).to.equal(true)
    expect(words.isSummerTime(new Date('2026-10-25T01:30:00Z'), 'Europe/Rome')).to.equal(false)
  })
})
