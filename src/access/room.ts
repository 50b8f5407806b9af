import type { AccessDeps } from './access-deps.js'
import { makeIsAtWork } from './at-work.js'
import { makeAuthenticate } from './authenticate.js'
import { DeviceStore } from './device.store.js'
import { makePagePermits } from './page-permit.js'
import { makePermits } from './permit.js'
import { SessionEndings } from './session-endings.js'

/** Who asks, and what they may do: all that other rooms need of those who work here (A1). */
export function makeAccessRoom(deps: AccessDeps) {
  const authenticate = makeAuthenticate(deps)
  return {
    authenticate,
    ...makePermits({ authenticate, secrets: deps.secrets }),
    ...makePagePermits({ authenticate, secrets: deps.secrets }),
    isAtWork: makeIsAtWork(deps),
    endings: new SessionEndings(),
    devices: new DeviceStore(deps.dataSource.manager),
  }
}

export type Access = ReturnType<typeof makeAccessRoom>
