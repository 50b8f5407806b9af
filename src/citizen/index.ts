export type { CitizenDeps } from './citizen-deps.js'
export { makeCitizenRoutes } from './citizen.routes.js'
