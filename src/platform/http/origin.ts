import type { Request } from 'express'
import type { Derived } from '../derived.js'
import type { Secrets } from '../secrets.js'
import { addressClasses } from './addresses.js'
import type { BrowserCookie } from './browser-cookie.js'

/** Where a request comes from, as limits count it (X1): keyed hashes, which say nothing without the secret. */
export interface Origin {
  /** Null for a program, and for a browser that has not been on the pages of booking. */
  browserHash: string | null
  /** Of the /32 or /64. */
  addressHash: string
  /** Of the /24 or /48. */
  networkHash: string
  /** The first two as the secret before made them: an answer may be kept under those (docs/decisions/025). */
  before?: readonly Pick<Origin, 'browserHash' | 'addressHash'>[]
  /** The address itself, for the lists of managers (X2); never stored, never logged. */
  ip: string | undefined
}

export type ReadOrigin = (req: Request) => Origin

export const addressHashOf = (secret: Derived, network: string): string => secret.keyedHash('address', network)

export const makeReadOrigin =
  (secrets: Secrets, browser: Pick<BrowserCookie, 'read'>): ReadOrigin =>
  ({ ip, headers }) => {
    const { narrow, wide } = addressClasses(ip)
    const name = browser.read(headers)
    const hashes = (secret: Derived) => ({
      browserHash: name === null ? null : secret.keyedHash('browser', name),
      addressHash: addressHashOf(secret, narrow),
    })
    return {
      ...hashes(secrets),
      networkHash: addressHashOf(secrets, wide),
      before: secrets.all.slice(1).map(hashes),
      ip,
    }
  }
