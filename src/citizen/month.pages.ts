import type { LocalDay } from '../kernel/local-day.js'
import type { FreeDay } from '../seats/index.js'
import { addMonths, firstDayOf, type Month, monthOf, runsOf, weeksOf } from './month-grid.js'
import * as words from '../platform/pages/when-words.js'
import type { Speech } from '../platform/pages/speech.js'

export interface CellView {
  number: number
  label: string
  /** Null where the day cannot be chosen. */
  href: string | null
  freeText: string
  selected: boolean
  today: boolean
}

export interface MonthView {
  caption: string
  month: string
  weekdays: { short: string; long: string }[]
  weeks: (CellView | null)[][]
  previous: { href: string; label: string } | null
  next: { href: string; label: string } | null
  /** Why some days are shut, in words. */
  why: string[]
  horizon: string | null
}

export interface MonthShown {
  month: Month
  days: FreeDay[]
  selected: LocalDay | null
  /** A day with a time that is the asker's already, and how it is called. */
  own: { day: LocalDay; text: string } | null
}

/** A month as a table of weeks; free days are links. */
export function monthView(shown: MonthShown & { today: LocalDay }, speech: Speech): MonthView {
  const { month, days, today } = shown
  const { t, lang } = speech
  const name = words.monthWords(firstDayOf(month), lang)
  const byDate = new Map(days.map((day) => [day.date, day]))
  const turn = (count: number, key: 'previous' | 'next') => {
    const other = addMonths(month, count)
    const label = t(`citizen.choose.slot.${key}`, { month: words.monthWords(firstDayOf(other), lang) })
    return { href: `?mese=${other}#calendario`, label }
  }
  const notOpenYet = days.find(({ reason }) => reason?.code === 'not-open-yet')
  return {
    caption: t('citizen.choose.slot.calendar', { month: name }),
    month: name,
    weekdays: words.weekdays(lang),
    weeks: weeksAhead(month, today).map((week) =>
      week.map((date) => (date === null ? null : cellView(byDate.get(date), { ...shown, date }, speech))),
    ),
    previous: month > monthOf(today) ? turn(-1, 'previous') : null,
    next: notOpenYet || days.every(({ reason }) => reason?.code === 'not-offered') ? null : turn(1, 'next'),
    why: whyWords(
      days.filter(({ date }) => date !== shown.own?.day),
      speech,
    ),
    horizon: notOpenYet ? t('citizen.choose.slot.horizon', { day: words.shortDayWords(notOpenYet.date, lang) }) : null,
  }
}

/** Weeks that are over say nothing to who wants to come. */
const weeksAhead = (month: Month, today: LocalDay): (LocalDay | null)[][] =>
  weeksOf(month).filter((week) => week.some((day) => day !== null && day >= today))

interface CellFacts extends Pick<MonthShown, 'selected' | 'own'> {
  date: LocalDay
  today: LocalDay
}

function cellView(day: FreeDay | undefined, { date, selected, own, today }: CellFacts, { t, lang }: Speech): CellView {
  const free = day?.free ?? 0
  const none = own?.day === date ? own.text : (day?.reason?.text ?? '')
  const about = free > 0 ? t('citizen.choose.slot.free', { count: free }) : none
  return {
    number: Number(date.slice(8)),
    label: `${words.dayWords(date, lang)}: ${about}`,
    href: free > 0 || own?.day === date ? `?giorno=${date}#orari` : null,
    freeText: free > 0 ? t('citizen.choose.slot.freeShort', { count: free }) : '',
    selected: date === selected,
    today: date === today,
  }
}

/** Holidays, closures and full days, not the weekly rest that everybody sees in the grid. */
function whyWords(days: FreeDay[], { t, lang }: Speech): string[] {
  const told = days.flatMap(({ date, reason }) =>
    reason && ['closed', 'full'].includes(reason.code) && reason.text !== t('reasons.no-rule')
      ? [{ date, text: reason.text }]
      : [],
  )
  return runsOf(told).map(({ from, to, text }) => {
    const [first, last] = [words.shortDayWords(from, lang), words.shortDayWords(to, lang)]
    if (from === to) return t('citizen.choose.slot.whyItem', { day: first, reason: text })
    return t('citizen.choose.slot.whyRange', { from: first, to: last, reason: text })
  })
}
