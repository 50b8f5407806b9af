import type { Router } from 'express'
import { makeCitizenRoutes } from './citizen/index.js'
import { makeDisplayRoutes, makeNumberOf, makeTicketRoutes } from './displays/index.js'
import type { Clock } from './kernel/clock.js'
import { makeKioskRoutes } from './kiosk/index.js'
import { makeDevMailRoutes } from './notices/index.js'
import { makeOperatorRoutes } from './operator/index.js'
import type { Config } from './platform/config.js'
import { makeSignInPages } from './staff/index.js'
import { makeOwnPages } from './staff-wiring.js'
import type { House, Rooms } from './wiring.js'

type Deps = House & Rooms & { config: Config; clock: Clock; root: string }

/** Everybody's pages. `ownPages` carry the token of a session, the others that of the browser's cookie (CSRF). */
export const makePageRouters = (deps: Deps): Record<'ownPages' | 'pages', Router[]> => ({
  ownPages: [makeOwnPages(deps)],
  pages: [
    makeSignInPages(deps.staff),
    makeCitizenRoutes({
      ...deps,
      numberOf: makeNumberOf({ ...deps, ...deps.queueRoom }),
      lateMinutes: deps.queueRoom.queueDeps.settings.lateMinutes,
    }),
    makeDisplayRoutes({ ...deps, ...deps.queueRoom }),
    makeOperatorRoutes({ ...deps, baseUrl: deps.config.baseUrl, dataSource: deps.queueRoom.queueDeps.dataSource }),
    makeTicketRoutes({ ...deps, ...deps.queueRoom, baseUrl: deps.config.baseUrl }),
    makeKioskRoutes({ ...deps, ...deps.queueRoom }),
    makeDevMailRoutes(deps.config),
  ],
})
