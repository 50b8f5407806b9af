import { randomUUID } from 'node:crypto'
import { AppError } from '../kernel/app-error.js'
import type { Tx } from '../platform/db/tx.js'
import { cookieName } from '../platform/http/csrf.js'
import type { Answer } from '../platform/http/kept-answers.js'
import { fingerprint, isSame, type Secrets } from '../platform/secrets.js'
import type { RequestHeaders } from '../platform/http/cookies.js'
import type { KnownDevices } from '../platform/http/known-devices.js'
import { type Account, type Session, userOf } from './account.js'
import { SessionStore } from './session.store.js'

export interface SignedIn {
  session: Session
  account: Account
}

export const staffCookie = (secure: boolean): string => cookieName('staff', secure)

/** What forms send as `_csrf` and scripts as `X-CSRF-Token`; it dies with the session. */
export const csrfTokenOf = (secrets: Secrets, { id }: Pick<Session, 'id'>): string => secrets.tokenFor('csrf', id)

/** @throws forbidden `csrf-failed` unless `sent` is the session's own token; a page may be older than `APP_SECRET` */
export function assertOwnToken(sent: unknown, { all }: Secrets, { id }: Pick<Session, 'id'>): void {
  const isOwn = typeof sent === 'string' && all.some((secret) => isSame(sent, secret.tokenFor('csrf', id)))
  if (!isOwn) throw new AppError('forbidden', 'csrf-failed')
}

/** A new session with a new secret: at sign-in, and whenever more may be done than before (T24). */
export async function startSession(
  tx: Tx,
  secrets: Secrets,
  { username, now }: { username: string; now: Date },
): Promise<Session> {
  const id = randomUUID()
  const tokenHash = fingerprint(secrets.tokenFor('session', id))
  const session: Session = { id, tokenHash, username, signedInAt: now, seenAt: now }
  await new SessionStore(tx.em).add(session)
  return session
}

/** The body carries the cookie's value until `setCookie`: so a retry gets its cookie too, and it rests nowhere. */
export const sessionAnswer = (secrets: Secrets, { session, account }: SignedIn, more: object = {}): Answer => ({
  status: 200,
  body: {
    session: secrets.tokenFor('session', session.id),
    csrfToken: csrfTokenOf(secrets, session),
    user: userOf(account),
    ...more,
  },
  secrets: [
    { kind: 'session', id: session.id },
    { kind: 'csrf', id: session.id },
  ],
})

const ATTRIBUTES = 'Path=/; HttpOnly; SameSite=Lax'
const cookieText = (secure: boolean, rest: string): string =>
  `${staffCookie(secure)}=${rest}; ${ATTRIBUTES}${secure ? '; Secure' : ''}`

/** Moves the session's secret from the body into the cookie; refusals pass as they are. */
export const setCookie =
  (secure: boolean) =>
  (answer: Answer): Answer => {
    const { session, ...body } = (answer.body ?? {}) as { session?: unknown }
    if (answer.status >= 400 || typeof session !== 'string') return answer
    return { ...answer, body, headers: { ...answer.headers, 'Set-Cookie': cookieText(secure, session) } }
  }

/** Remembers the browser in which somebody has just signed in. */
export function withDevice(devices: KnownDevices, answer: Answer, { headers }: { headers: RequestHeaders }): Answer {
  const { user } = (answer.body ?? {}) as { user?: { username: string } }
  const session = answer.headers?.['Set-Cookie']
  if (!user || session === undefined) return answer
  return {
    ...answer,
    headers: { ...answer.headers, 'Set-Cookie': [session, devices.cookieFor(headers, user.username)].flat() },
  }
}

/** The header of a page that starts a session. */
export const sessionCookie = (secrets: Secrets, secure: boolean, { id }: Pick<Session, 'id'>): string =>
  cookieText(secure, secrets.tokenFor('session', id))

export const droppedCookie = (secure: boolean): string => cookieText(secure, '').replace('; Path', '; Max-Age=0; Path')
