export { makeDisplayRoutes } from './display.routes.js'
export { addScreenRoutes } from './screen.routes.js'
export { announceScreens } from './screen.sockets.js'
export { makeTicketRoutes } from './ticket.routes.js'
