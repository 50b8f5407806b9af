import { SECRET } from '../derived.js'
import type { Request, Response } from 'express'
import { fingerprint } from '../secrets.js'
import { askerOf } from './asker.js'
import { readCookie } from './cookies.js'

/** Behind a booking's token a mailed link has its proof (bookings/booking-link.ts); both are the same person's. */
const IN_PATH = /\/([A-Za-z0-9_-]{43})(?:[A-Za-z0-9_-]{22})?(?=[/?]|$)/
const SESSION_COOKIES = ['__Host-staff', 'staff']

const MOST = 20_000
const LASTS_MS = 3_600_000

type Asked = Pick<Request, 'headers' | 'originalUrl'>

/** What somebody says to be known by, whether it is true or not. @returns null for the anonymous public */
function claimOf({ headers, originalUrl }: Asked): string | null {
  if (headers.authorization !== undefined) return secretOr(headers.authorization.replace(/^Bearer /i, ''))
  const inPath = IN_PATH.exec(originalUrl)?.[1]
  if (inPath !== undefined) return inPath
  for (const name of SESSION_COOKIES) {
    const session = secretOr(readCookie(headers, name))
    if (session !== null) return session
  }
  return null
}

const secretOr = (text: string | null): string | null => (text !== null && SECRET.test(text) ? text : null)

/** A permit has let it through, or a link's page or answer was there. */
function isProven(req: Request, { statusCode }: Response): boolean {
  if (askerOf(req) !== '') return true
  const path: unknown = req.route?.path
  const isReading = req.method === 'GET' || req.method === 'HEAD'
  return statusCode === 200 && isReading && typeof path === 'string' && path.includes('/:token')
}

/** @returns null for a browser that has nothing of ours to show */
export type KnownBrowser = (headers: Request['headers']) => string | null

/**
 * Who has lately proven to be somebody, by the fingerprint of what they carry: a look into memory, before anything is
 * looked up. An invented secret is never in here, so that nobody gets a count of their own by inventing one.
 */
export class Proven {
  private readonly lastMs = new Map<string, number>()

  /** @param knownBrowser names a browser by what only we can have written */
  constructor(private readonly knownBrowser: KnownBrowser) {}

  /** @returns the key of their own count, null for who has not proven what they claim, undefined for who claims nothing */
  keyOf(req: Asked): string | null | undefined {
    const claim = claimOf(req)
    if (claim === null) return this.knownBrowser(req.headers) ?? undefined
    const key = fingerprint(claim)
    const isProven = performance.now() - (this.lastMs.get(key) ?? Number.NEGATIVE_INFINITY) < LASTS_MS
    return isProven ? key : this.knownBrowser(req.headers)
  }

  /** Remembers them once the request has been answered as only theirs is. */
  watch(req: Request, res: Response, proven: () => void): void {
    const claim = claimOf(req)
    if (claim === null) return
    res.once('finish', () => {
      if (!isProven(req, res)) return
      this.lastMs.delete(fingerprint(claim))
      this.lastMs.set(fingerprint(claim), performance.now())
      for (const oldest of this.lastMs.keys()) {
        if (this.lastMs.size <= MOST) break
        this.lastMs.delete(oldest)
      }
      proven()
    })
  }
}
