import { type LocalDay, zonedIso } from '../kernel/local-day.js'
import type { FreeStart } from '../seats/index.js'
import type { CalendarQuery } from './calendar-query.js'
import * as words from '../platform/pages/when-words.js'
import type { Speech } from '../platform/pages/speech.js'

export interface SlotView {
  /** RFC 3339, as the API writes it. */
  value: string
  label: string
  free: number
  freeText: string
  disabled: boolean
  checked: boolean
  /** The asker's already: its seats are not for others to take. */
  mine: boolean
}

export interface DayView {
  date: LocalDay
  title: string
  countText: string
  parts: { name: string; slots: SlotView[] }[]
}

interface DayFacts {
  query: CalendarQuery
  speech: Speech
  date: LocalDay
  slots: FreeStart[]
}

/** One day's times by halves, full ones too. */
export function dayView({ query, speech, date, slots }: DayFacts): DayView {
  const { t, lang } = speech
  const { timeZone } = query
  const labels = timeLabels(slots, query, speech)
  const views = slots.map((slot, index) => ({
    startsAt: slot.startsAt,
    ...slotView(slot, { query, speech, label: labels[index] ?? '' }),
  }))
  const part = (name: 'morning' | 'afternoon', morning: boolean) => ({
    name: t(`citizen.choose.slot.${name}`),
    slots: views.filter(({ startsAt }) => words.isMorning(startsAt, timeZone) === morning),
  })
  return {
    date,
    title: t('citizen.choose.slot.times', { day: words.dayWords(date, lang) }),
    countText: t('citizen.choose.slot.timesText', { count: views.filter(({ disabled }) => !disabled).length }),
    parts: [part('morning', true), part('afternoon', false)].filter((half) => half.slots.length > 0),
  }
}

/** Wall times; the two hours of an autumn night by their season too. */
function timeLabels(slots: readonly FreeStart[], { timeZone }: CalendarQuery, { t }: Speech): string[] {
  const times = slots.map(({ startsAt }) => words.timeWords(startsAt, timeZone))
  if (new Set(times).size === times.length) return times
  return slots.map(({ startsAt }, index) => {
    const time = times[index] ?? ''
    if (times.filter((each) => each === time).length === 1) return time
    const season = words.isSummerTime(startsAt, timeZone) ? 'summer' : 'winter'
    return `${time} (${t(`citizen.choose.slot.${season}`)})`
  })
}

interface SlotFacts extends Pick<DayFacts, 'query' | 'speech'> {
  label: string
}

function slotView({ startsAt, free }: FreeStart, { query, speech, label }: SlotFacts): SlotView {
  const { t } = speech
  const { timeZone, own, chosen } = query
  const value = zonedIso(startsAt, timeZone)
  const mine = own?.startsAt.getTime() === startsAt.getTime()
  const freeText = mine
    ? own?.text
    : free > 0
      ? t('citizen.choose.slot.free', { count: free })
      : t('citizen.choose.slot.full')
  return {
    value,
    label,
    free,
    freeText: freeText ?? '',
    disabled: mine ? !own?.mayChoose : free === 0,
    checked: chosen === null ? mine && own?.mayChoose === true : chosen === value,
    mine,
  }
}
