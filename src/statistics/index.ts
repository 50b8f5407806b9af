export { addStatisticsRoutes } from './statistics.routes.js'
