export { addConsoleRoutes } from './console.routes.js'
export { makeOperatorRoutes, type OperatorDeps } from './operator.routes.js'
