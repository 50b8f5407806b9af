import { randomBytes } from 'node:crypto'
import { readCookie, type RequestHeaders } from './cookies.js'
import { cookieName } from './csrf.js'
import type { Derived } from '../derived.js'
import { isSame, type Secrets } from '../secrets.js'

const NAME = 'known-device'
const HALF_A_YEAR_S = 15_552_000
/** People who share the browser of a counter; whoever was longest not there is asked like a stranger. */
const MOST_PEOPLE = 12
const MARK_LENGTH = 22
const ID = /^[A-Za-z0-9_-]{22}$/

/** No username: the mark of the browser itself. */
const NOBODY = ''

/**
 * A browser in which somebody has signed in before: their tries there are counted apart, so that nobody locks them out
 * from elsewhere. It opens nothing by itself, and knows no names: a mark can be compared, not read.
 */
export interface KnownDevices {
  /** Names the browser for limits. @returns null where nobody has ever signed in */
  idOf(headers: RequestHeaders): string | null
  /** The same. @returns null where this person has never signed in */
  deviceOf(headers: RequestHeaders, username: string): string | null
  /** The `Set-Cookie` of a browser where this person has just signed in. */
  cookieFor(headers: RequestHeaders, username: string): string
}

export function makeKnownDevices({ secrets, secure }: { secrets: Secrets; secure: boolean }): KnownDevices {
  const cookie = cookieName(NAME, secure)
  const markBy = (secret: Derived, id: string, username: string) =>
    secret.keyedHash('known-device', `${id} ${username}`).slice(0, MARK_LENGTH)
  const markOf = (id: string, username: string) => markBy(secrets, id, username)
  const isMark = (mark: string, id: string, username: string) =>
    secrets.all.some((secret) => isSame(mark, markBy(secret, id, username)))
  /** @returns null for what we have not made */
  const read = (headers: RequestHeaders): { id: string; marks: string[] } | null => {
    const [id = '', own = '', ...marks] = readCookie(headers, cookie)?.split('.') ?? []
    if (!ID.test(id) || marks.length > MOST_PEOPLE || !isMark(own, id, NOBODY)) return null
    return { id, marks }
  }
  return {
    idOf: (headers) => read(headers)?.id ?? null,
    deviceOf: (headers, username) => {
      const device = read(headers)
      if (!device) return null
      return device.marks.some((mark) => isMark(mark, device.id, username)) ? device.id : null
    },
    cookieFor: (headers, username) => {
      const { id, marks } = read(headers) ?? { id: randomBytes(16).toString('base64url'), marks: [] }
      const mark = markOf(id, username)
      const all = [mark, ...marks.filter((other) => !isMark(other, id, username))].slice(0, MOST_PEOPLE)
      const value = [id, markOf(id, NOBODY), ...all].join('.')
      return `${cookie}=${value}; Max-Age=${HALF_A_YEAR_S}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
    },
  }
}
