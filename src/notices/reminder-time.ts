import { DateTime } from 'luxon'
import { addDays, type LocalDay, localDay } from '../kernel/local-day.js'

/** L3: the hour, local to the site, at which those are reminded who have booked for the next day. */
const REMINDER_HOUR = 18

/** When people are reminded of a booking on `day`. `zone` is an IANA name. */
export const reminderAt = (day: LocalDay, zone: string): Date =>
  DateTime.fromISO(addDays(day, -1), { zone }).set({ hour: REMINDER_HOUR }).toJSDate()

/** Days whose reminders are due and not all past: today, for what a pause has delayed, and from 18:00 on tomorrow. */
export function remindedDays(now: Date, zone: string): LocalDay[] {
  const today = localDay(now, zone)
  const tomorrow = addDays(today, 1)
  return reminderAt(tomorrow, zone) <= now ? [today, tomorrow] : [today]
}
