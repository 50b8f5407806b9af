import type { CalendarSettings } from './calendar.store.js'

/** What every example site offers (contract.md): working days 08:30–12:30 by 15 minutes, a seat for each of 3 counters. */
export const exampleCalendar = (): CalendarSettings & { calendarId: string } => ({
  calendarId: 'scelta-revoca',
  serviceIds: ['scelta-revoca'],
  minNoticeMinutes: 60,
  horizonDays: 30,
  rules: [
    {
      rrule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
      startsOn: '2024-01-01',
      from: '08:30',
      to: '12:30',
      slotMinutes: 15,
      seats: 3,
    },
  ],
})
