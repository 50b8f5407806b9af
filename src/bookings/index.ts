export { type Booking, type BookingStatus, slotStarts, statusNow } from './booking.js'
export { BookingEntity } from './booking.entity.js'
