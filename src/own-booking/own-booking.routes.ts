import { Router } from 'express'
import { addManageRoutes } from './manage.routes.js'
import { addMoveRoutes } from './move.routes.js'
import type { OwnBookingContext } from './own-booking-context.js'
import { addRecoverRoutes } from './recover.routes.js'

/** The pages behind the mailed link: the booking, and what may be done with it. */
export function makeOwnBookingRoutes(context: OwnBookingContext): Router {
  const router = Router({ caseSensitive: true })
  addManageRoutes(router, context)
  addMoveRoutes(router, context)
  addRecoverRoutes(router, context)
  return router
}
