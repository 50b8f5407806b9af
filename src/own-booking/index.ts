export type { BookingView, ManagePages } from './manage.pages.js'
export { makeOwnBookingRoom } from './room.js'
