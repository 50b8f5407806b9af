import type { Clock } from '../kernel/clock.js'
import { addDays, type LocalDay, localDay, startOfDay, zonedIso } from '../kernel/local-day.js'
import type { Lang } from '../messages/index.js'
import type { Availability, FreeDay } from '../seats/index.js'
import { type CalendarQuery, seatQuery } from './calendar-query.js'
import { type DayView, dayView } from './day.pages.js'
import { type MonthShown, type MonthView, monthView } from './month.pages.js'
import { addMonths, firstDayOf, lastDayOf, type Month, monthOf } from './month-grid.js'
import * as words from '../platform/pages/when-words.js'
import type { Speech } from '../platform/pages/speech.js'

/** Nothing free: why, and where there is something. */
export interface EmptyView {
  title: string
  reasons: string[]
  next: { text: string; href: string } | null
  /** That there is nothing at all here, and when it is worth looking again (S7). */
  nothing: string[]
}

export interface CalendarView extends MonthView {
  day: DayView | null
  empty: EmptyView | null
}

/** The free seats of one day's times, as `public/js/slots.ts` reads them. */
export interface TimesAnswer {
  slots: { start: string; free: number }[]
}

/** Nobody plans further; keeps invented addresses from asking for the year 9999. */
const FURTHEST_MONTHS = 13

/** The month's free days and one day's free times: for a new booking and for moving one. */
export class CalendarPages {
  constructor(
    private readonly availability: Pick<Availability, 'days' | 'slots' | 'nextFree' | 'opensNext'>,
    private readonly clock: Clock,
  ) {}

  async show(query: CalendarQuery, speech: Speech): Promise<CalendarView> {
    const { lang } = speech
    const today = localDay(this.clock(), query.timeZone)
    const month = await this.monthToShow(query, today)
    const asked = seatQuery(query, lang)
    const days = await this.availability.days({ ...asked, from: firstDayOf(month), to: lastDayOf(month) })
    const selected = dayToShow(query, month, days)
    const slots = selected === null ? [] : (await this.availability.slots({ ...asked, day: selected })).slots
    const day = selected === null || slots.length === 0 ? null : dayView({ query, speech, date: selected, slots })
    const own = query.own && { day: localDay(query.own.startsAt, query.timeZone), text: query.own.text }
    const shown = { month, days, selected, own }
    const monthShown = monthView({ ...shown, today }, speech)
    const hasFree = day?.parts.some((part) => part.slots.some(({ disabled }) => !disabled)) ?? false
    return {
      ...monthShown,
      day: hasFree ? day : null,
      empty: hasFree ? null : await this.empty(query, { ...shown, ...monthShown }, speech),
    }
  }

  /** What the page's script asks again and again: how many of each time are free for this asker. */
  async times(query: CalendarQuery & { day: LocalDay }, lang: Lang): Promise<TimesAnswer> {
    const { slots } = await this.availability.slots({ ...seatQuery(query, lang), day: query.day })
    return { slots: slots.map(({ startsAt, free }) => ({ start: zonedIso(startsAt, query.timeZone), free })) }
  }

  private async monthToShow(query: CalendarQuery, today: LocalDay): Promise<Month> {
    const { month, day, own } = query
    const asked = month ?? (day && monthOf(day)) ?? (own && monthOf(localDay(own.startsAt, query.timeZone)))
    if (!asked) {
      const [first] = await this.availability.nextFree(seatQuery(query, 'it'), this.clock(), 1)
      return monthOf(first ? localDay(first, query.timeZone) : today)
    }
    const [earliest, latest] = [monthOf(today), addMonths(monthOf(today), FURTHEST_MONTHS)]
    return asked < earliest ? earliest : asked > latest ? latest : asked
  }

  private async empty(query: CalendarQuery, shown: Shown, speech: Speech): Promise<EmptyView> {
    const { t, lang } = speech
    const { selected, days } = shown
    const now = this.clock()
    const after = startOfDay(selected ?? days[0]?.date ?? localDay(now, query.timeZone), query.timeZone)
    const asked = seatQuery(query, lang)
    const [later] = await this.availability.nextFree(asked, after > now ? after : now, 1)
    const next = later ?? (await this.availability.nextFree(asked, now, 1))[0] ?? null
    return {
      title: selected
        ? t('citizen.choose.slot.noneDay', { day: words.dayWords(selected, lang) })
        : t('citizen.choose.slot.noneMonth', { month: shown.month }),
      reasons: reasonsOf(shown),
      next: next && {
        text: t('citizen.choose.slot.nextFree', { when: words.whenWords(next, query.timeZone, speech) }),
        href: `?giorno=${localDay(next, query.timeZone)}#orari`,
      },
      nothing: next ? [] : [t('citizen.choose.slot.noneSite'), ...(await this.lookAgain(query, speech))],
    }
  }

  /** S7: «riprovi domani» is said only when tomorrow opens a day. */
  private async lookAgain(query: CalendarQuery, { t, lang }: Speech): Promise<string[]> {
    const day = await this.availability.opensNext(seatQuery(query, lang))
    if (day === null) return []
    const isTomorrow = day === addDays(localDay(this.clock(), query.timeZone), 1)
    return [
      isTomorrow
        ? t('citizen.choose.slot.opensTomorrow')
        : t('citizen.choose.slot.opensLater', { day: words.capital(words.shortDayWords(day, lang)) }),
    ]
  }
}

type Shown = Omit<MonthShown, 'month'> & MonthView

/** Why the day – or the whole month – has nothing: its own reason, the closures, or that it is too early. */
function reasonsOf({ days, selected, why, horizon }: Shown): string[] {
  if (selected !== null) return days.flatMap(({ date, reason }) => (date === selected && reason ? [reason.text] : []))
  const soon = days.find(({ reason }) => reason?.code === 'too-soon')?.reason
  const told = [...why, ...(soon ? [soon.text] : []), ...(horizon === null ? [] : [horizon])]
  return told.length > 0 ? told : [...new Set(days.flatMap(({ reason }) => (reason ? [reason.text] : [])))].slice(-1)
}

/** The day asked for; else the asker's own; else the month's first free one. */
function dayToShow({ day, month, own, timeZone }: CalendarQuery, shown: Month, days: FreeDay[]): LocalDay | null {
  if (day && monthOf(day) === shown) return day
  const ownDay = own && localDay(own.startsAt, timeZone)
  if (ownDay && !month && monthOf(ownDay) === shown) return ownDay
  return days.find(({ free }) => free > 0)?.date ?? null
}
