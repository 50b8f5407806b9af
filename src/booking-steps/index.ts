export type { DraftCookie } from './booking-draft.js'
export { bookableSites } from './place.pages.js'
export { makeBookingStepsRoom } from './room.js'
export { type DistrictView, districts } from './visitor.pages.js'
