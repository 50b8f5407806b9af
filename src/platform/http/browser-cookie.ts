import { DAY_MS } from '../../kernel/clock.js'
import { randomBytes } from 'node:crypto'
import type { RequestHandler } from 'express'
import type { Derived } from '../derived.js'
import { isSame, type Secrets } from '../secrets.js'
import { readCookie, type RequestHeaders } from './cookies.js'
import { cookieName } from './csrf.js'

const NAME = 'browser'
const SIGNATURE_LENGTH = 32

/** Which browser asks: a random name that we have signed, so that nobody invents one or takes another's (X1, C4). */
export interface BrowserCookie {
  /** @returns null when there is none, or when we have not signed it */
  read(headers: RequestHeaders): string | null
  /** Gives a browser its name, or the same for longer, on the pages where it books. */
  give: RequestHandler
}

export function makeBrowserCookie(secrets: Secrets, secure: boolean): BrowserCookie {
  const cookie = cookieName(NAME, secure)
  const options = { sameSite: 'lax', path: '/', secure, httpOnly: true, maxAge: DAY_MS } as const
  const signed = (by: Derived, name: string) =>
    `${name}.${by.keyedHash('browser-cookie', name).slice(0, SIGNATURE_LENGTH)}`
  const read = (headers: RequestHeaders): string | null => {
    const sent = readCookie(headers, cookie) ?? ''
    const name = sent.slice(0, sent.indexOf('.'))
    return secrets.all.some((secret) => isSame(sent, signed(secret, name))) ? name : null
  }
  return {
    read,
    give: (req, res, next) => {
      // Each time for another day: whoever books at its end may still put an address right (C4).
      const name = read(req.headers) ?? randomBytes(16).toString('base64url')
      res.cookie(cookie, signed(secrets, name), options)
      next()
    },
  }
}
