export { makeCalendarOf } from './calendar-of.js'
export { makeNoticesRoom } from './room.js'
