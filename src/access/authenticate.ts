import { SECRET } from '../platform/derived.js'
import { AppError } from '../kernel/app-error.js'
import { readCookie, type RequestHeaders } from '../platform/http/cookies.js'
import { fingerprint } from '../platform/secrets.js'
import type { AccessDeps } from './access-deps.js'
import { isAlive } from './account.js'
import type { Device } from './device.js'
import { DeviceStore } from './device.store.js'
import { type SignedIn, staffCookie } from './sessions.js'
import { SessionStore } from './session.store.js'

/** Who a request comes from, before anybody asked what they may do. */
export type Identity = ({ kind: 'staff' } & SignedIn) | { kind: 'device'; device: Device }

/** A2's idle time is kept to five seconds: not every request is worth a write. */
const TOUCH_MS = 5_000
/** Sent by scripts that refresh a page by themselves: nobody is at the desk because of them. */
export const BACKGROUND = 'x-background'

/**
 * Finds out who asks: a paired device by its bearer token, or staff by the session's cookie; a request that sends a token
 * is never taken for the cookie's. Everything is read anew each time, so what was taken away is gone (A1).
 * @returns null when neither is there and good
 */
export function makeAuthenticate({ dataSource, unitOfWork, clock, secure }: AccessDeps) {
  const sessions = new SessionStore(dataSource.manager)
  const devices = new DeviceStore(dataSource.manager)

  const byToken = async (authorization: string): Promise<Identity | null> => {
    const token = authorization.replace(/^Bearer /i, '')
    const device = SECRET.test(token) ? await devices.findByToken(fingerprint(token)) : null
    return device && { kind: 'device', device }
  }

  return async (headers: RequestHeaders): Promise<Identity | null> => {
    if (headers.authorization !== undefined) return byToken(headers.authorization)
    const token = readCookie(headers, staffCookie(secure))
    const found = token && SECRET.test(token) ? await sessions.find(fingerprint(token)) : null
    const now = clock()
    if (!found || !found.account.isActive || !isAlive(found.session, now)) return null
    if (headers[BACKGROUND] === undefined && now.getTime() - found.session.seenAt.getTime() >= TOUCH_MS) {
      await noted(unitOfWork.run((tx) => new SessionStore(tx.em).touch(found.session.id, now)))
    }
    return { kind: 'staff', ...found }
  }
}

/** A database that takes no writing for now keeps nobody from reading; what is to be changed is refused when it is. */
async function noted(touch: Promise<void>): Promise<void> {
  try {
    await touch
  } catch (error) {
    if (!(error instanceof AppError && error.kind === 'unavailable')) throw error
  }
}

export type Authenticate = ReturnType<typeof makeAuthenticate>
