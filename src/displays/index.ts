export { makeDisplayRoutes } from './display.routes.js'
