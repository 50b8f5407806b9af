import type { LocalDay } from '../kernel/local-day.js'
import { hasMessage, type Translate } from '../messages/index.js'
import type { CalendarReason } from '../recurrence/index.js'

/** S7: why there is no slot, with the sentence people read. */
export interface NoSlotReason {
  code: 'past' | 'not-offered' | 'closed' | 'too-soon' | 'not-open-yet' | 'full'
  text: string
  /**
   * With `not-open-yet`: the day on which the day asked for becomes bookable; with `too-soon`: the first open day that is
   * far enough away, if there is one within a year.
   */
  opensOn?: LocalDay
}

/** `nothingFits`: the day has slots, but never so many in a row as the persons need (K2). */
export type NoSeat = { code: 'not-offered' } | { code: 'full'; nothingFits?: boolean }

/** Every start ahead lies inside the notice (S6). */
export interface TooSoon {
  code: 'too-soon'
  opensOn: LocalDay | null
}

export function reasonWords(
  reason: Exclude<CalendarReason, { code: 'too-soon' }> | TooSoon | NoSeat,
  t: Translate,
): NoSlotReason {
  const { code } = reason
  if (code === 'too-soon') {
    const { opensOn } = reason
    if (opensOn === null) return { code, text: t('reasons.too-soon-for-long') }
    return { code, text: t('reasons.too-soon', { day: dayWords(opensOn) }), opensOn }
  }
  if (code === 'not-open-yet')
    return { code, text: t('reasons.not-open-yet', { day: dayWords(reason.opensOn) }), opensOn: reason.opensOn }
  if (code === 'full' && reason.nothingFits) return { code, text: t('reasons.too-many-persons') }
  if (code !== 'closed') return { code, text: t(`reasons.${code}`) }
  const { closed } = reason
  if (closed.kind === 'holiday') {
    const name = `holidays.${closed.holiday}`
    return { code, text: hasMessage(name) ? t('reasons.holiday', { name: t(name) }) : t('reasons.closed') }
  }
  if (closed.kind === 'closure' && closed.reason !== undefined)
    return { code, text: t('reasons.closure', { reason: closed.reason }) }
  return { code, text: t(closed.kind === 'closure' ? 'reasons.closed' : 'reasons.no-rule') }
}

/** dd/MM/yyyy: short enough for a cell, unmistakable in both languages' own order. */
const dayWords = (day: LocalDay): string => day.split('-').reverse().join('/')
