export { makeKioskRoutes } from './kiosk.routes.js'
