import type { CalendarPlan, Closure, OfferedDay, OpeningRule, Slot } from '../../../src/recurrence/calendar-plan.js'
import { wallInstant } from '../../../src/recurrence/wall-time.js'
import { aCalendarPlan, aClosure, aRule } from '../../support/builders.js'

export const ROME = 'Europe/Rome'

/** Mondays to Fridays, 08:30–12:30 by 30, one seat, since 2009. */
export const officeHours = (part: Partial<OpeningRule> = {}): OpeningRule =>
  aRule({ startsOn: '2009-01-01', slotMinutes: 30, seats: 1, ...part })

/** Every day since 2009, from and to as given. */
export const daily = (from: string, to: string, slotMinutes: number, seats = 1): OpeningRule =>
  officeHours({ rrule: 'FREQ=DAILY', from, to, slotMinutes, seats })

/** Office hours, with the defaults of S6. */
export const aPlan = (part: Partial<CalendarPlan> = {}): CalendarPlan =>
  aCalendarPlan({ rules: [officeHours()], minNoticeMinutes: 60, horizonDays: 30, ...part })

/** Closed from one day to another, which is excluded; of the site, with a public reason. */
export const closedOn = (fromOn: string, toOn: string, part: Partial<Closure> = {}): Closure =>
  aClosure({ fromOn, toOn, reason: 'Lavori', ...part })

/** Closed between two wall times of one day in Rome. */
export const closedAt = (day: string, from: string, to: string, part: Partial<Closure> = {}): Closure => ({
  ...closedOn(day, day, part),
  fromOn: null,
  toOn: null,
  fromAt: wallInstant(day, from, ROME),
  toAt: wallInstant(day, to, ROME),
})

/** The wall times at which slots start, in a zone. */
export const starts = (slots: readonly Slot[], zone = ROME): string[] =>
  slots.map(({ startsAt }) =>
    new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(startsAt),
  )

export const utc = ({ slots }: OfferedDay): string[] => slots.map(({ startsAt }) => startsAt.toISOString().slice(0, 16))
