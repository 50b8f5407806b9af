export { makeDisplayRoutes } from './display.routes.js'
export { makeTicketRoutes } from './ticket.routes.js'
