import { randomBytes, timingSafeEqual } from 'node:crypto'
import { readCookie, type RequestHeaders } from '../platform/http/cookies.js'
import { cookieName } from '../platform/http/csrf.js'
import type { Secrets } from '../platform/secrets.js'

const NAME = 'known-device'
const HALF_A_YEAR_S = 15_552_000
/** People who share the browser of a counter; whoever was longest not there is asked like a stranger. */
const MOST_PEOPLE = 12
const MARK_LENGTH = 22
const ID = /^[A-Za-z0-9_-]{22}$/

/**
 * A browser in which somebody has signed in before: their tries there are counted apart, so that nobody locks them out
 * from elsewhere. It opens nothing by itself, and knows no names: a mark can be compared, not read.
 */
export interface KnownDevices {
  /** Names the browser for limits. @returns null where this person has never signed in */
  deviceOf(headers: RequestHeaders, username: string): string | null
  /** The `Set-Cookie` of a browser where this person has just signed in. */
  cookieFor(headers: RequestHeaders, username: string): string
}

export function makeKnownDevices({ secrets, secure }: { secrets: Secrets; secure: boolean }): KnownDevices {
  const cookie = cookieName(NAME, secure)
  const markOf = (id: string, username: string) =>
    secrets.keyedHash('known-device', `${id} ${username}`).slice(0, MARK_LENGTH)
  const read = (headers: RequestHeaders): { id: string; marks: string[] } | null => {
    const [id = '', ...marks] = readCookie(headers, cookie)?.split('.') ?? []
    const isForm = ID.test(id) && marks.length <= MOST_PEOPLE && marks.every((mark) => mark.length === MARK_LENGTH)
    return isForm ? { id, marks } : null
  }
  const isSame = (one: string, other: string) => timingSafeEqual(Buffer.from(one), Buffer.from(other))
  return {
    deviceOf: (headers, username) => {
      const device = read(headers)
      if (!device) return null
      const mark = markOf(device.id, username)
      return device.marks.some((other) => other.length === mark.length && isSame(other, mark)) ? device.id : null
    },
    cookieFor: (headers, username) => {
      const { id, marks } = read(headers) ?? { id: randomBytes(16).toString('base64url'), marks: [] }
      const mark = markOf(id, username)
      const all = [mark, ...marks.filter((other) => other !== mark)].slice(0, MOST_PEOPLE)
      const value = [id, ...all].join('.')
      return `${cookie}=${value}; Max-Age=${HALF_A_YEAR_S}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
    },
  }
}
