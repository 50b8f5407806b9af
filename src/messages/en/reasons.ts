import type { holidays as itHolidays, reasons as itReasons } from '../it/reasons.js'

export const reasons: typeof itReasons = {
  past: 'This day can no longer be booked.',
  'not-offered': 'This service cannot be booked at this site.',
  'no-rule': 'Closed: the counters do not receive on this day.',
  holiday: 'Closed for a public holiday: {{name}}.',
  closure: 'Closed: {{reason}}.',
  closed: 'Closed on this day.',
  'too-soon': 'Bookings need more notice: the first possible day is {{day}}.',
  'too-soon-for-long': 'Bookings need more notice than this.',
  'not-open-yet': 'Bookings for this day open on {{day}}.',
  full: 'All places of this day are already booked.',
  'too-many-persons':
    'Consecutive appointments for so many persons cannot be booked on this day. Choose fewer persons or another day.',
}

export const holidays: typeof itHolidays = {
  'new-year': 'New Year’s Day',
  epiphany: 'Epiphany',
  'easter-monday': 'Easter Monday',
  'liberation-day': 'Liberation Day',
  'labour-day': 'Labour Day',
  'republic-day': 'Republic Day',
  assumption: 'Assumption Day',
  'san-francesco': 'St Francis of Assisi',
  'all-saints': 'All Saints’ Day',
  'immaculate-conception': 'Immaculate Conception',
  christmas: 'Christmas Day',
  'santo-stefano': 'St Stephen’s Day',
}
