/** S1: on the days of a recurrence, from a local time to another, slots of equal length with equal seats. */
export interface OpeningRule {
  /** RFC 5545 recurrence of days, as `recurrence-parts.ts` reads it. */
  rrule: string
  /** First local day; an occurrence only if the recurrence says so (S3). */
  startsOn: string
  /** `HH:mm`, wall time at the site. */
  from: string
  /** `HH:mm`, excluded; `24:00` is the end of the day. */
  to: string
  slotMinutes: number
  seats: number
}

/** What an opening rule offers on one day, and what a special opening is made of. */
export interface OpeningWindow {
  from: string
  to: string
  slotMinutes: number
  seats: number
}

/** S5: either whole local days (`toOn` excluded) or instants (`toAt` excluded). Of the site when `calendarId` is null. */
export interface Closure {
  id: string
  calendarId: string | null
  fromOn: string | null
  toOn: string | null
  fromAt: Date | null
  toAt: Date | null
  reason: string
  /** True: citizens read the reason. */
  isPublic: boolean
}

/** S5: replaces the calendar's rules on its day, holidays included; without windows the day is closed. */
export interface SpecialOpening {
  id: string
  day: string
  windows: OpeningWindow[]
}

/** All that decides what one calendar offers. */
export interface CalendarPlan {
  siteId: string
  calendarId: string
  /** Grows with every change of what is in here: the key of every cache of slots. */
  version: number
  /** IANA name. */
  timeZone: string
  serviceIds: readonly string[]
  rules: readonly OpeningRule[]
  closures: readonly Closure[]
  openings: readonly SpecialOpening[]
  /** National holidays, as local days, on which the site opens all the same. */
  openOnHolidays: readonly string[]
  minNoticeMinutes: number
  horizonDays: number
}

/** Half-open: `[startsAt, endsAt)`. */
export interface Slot {
  startsAt: Date
  endsAt: Date
  seats: number
  /** Which window of its day it belongs to: several slots for one booking come from one window (K2). */
  window: number
}

/** Why a day has no slot. `holiday` is an id of `holidays.ts`; `reason` is there only where citizens may read it. */
export type ClosedReason =
  | { kind: 'no-rule' }
  | { kind: 'holiday'; holiday: string }
  | { kind: 'closure'; reason?: string }

/** One day of a calendar; `closed` is null exactly when there are slots. */
export interface OfferedDay {
  slots: Slot[]
  closed: ClosedReason | null
}
