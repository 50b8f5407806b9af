export type { CalendarQuery } from './calendar-query.js'
export type { CalendarPages, CalendarView, TimesAnswer } from './calendar.pages.js'
export {
  type CalendarAddress,
  calendarAddress,
  dayAddress,
  emptyForm,
  language,
  pathInLanguage,
  query,
  timesAside,
} from './citizen.forms.js'
export { noticeView, type Shown } from './notice-words.js'
export { makeCitizenRoom } from './room.js'
