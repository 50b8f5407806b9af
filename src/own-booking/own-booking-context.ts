import type { ManagePages } from './manage.pages.js'
import type { OwnBookingDeps } from './own-booking-deps.js'

/** What the routes of one's own booking share. */
export interface OwnBookingContext {
  deps: OwnBookingDeps
  pages: ManagePages
}
