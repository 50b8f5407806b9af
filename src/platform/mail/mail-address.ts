import { domainToASCII } from 'node:url'
import { isEmailValid } from '@hapi/address'

/** Blanks that are not the keyboard's own, direction marks and the like: pasted with an address, never part of one. */
const PASTED = /[\p{Cf}\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/gu
const DASHES = /[\u2010-\u2015\u2212]/g
const APOSTROPHES = /[\u2018\u2019\u02bc\u2032]/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what is asked for
const ASCII = /^[\x00-\x7f]*$/

/**
 * One mail address as people type or paste it: rid of what a phone adds, lower-case, the domain as mail servers know it
 * (`caffè.it` → `xn--caff-8oa.it`). A dot-atom of RFC 5321 with all its signs, and a domain of two labels or more.
 * Quoted parts, lists, comments, encoded words and names are none: parsers have made further recipients of them (T36).
 * @returns null when it is not one address
 */
export function readMailAddress(typed: string): string | null {
  const text = typed.replace(PASTED, '').trim().replace(DASHES, '-').replace(APOSTROPHES, "'")
  const at = text.lastIndexOf('@')
  const [local, domain] = [text.slice(0, Math.max(0, at)), text.slice(at + 1)]
  const address = `${local}@${ASCII.test(domain) ? domain : domainToASCII(domain)}`.toLowerCase()
  return ASCII.test(local) && isMailAddress(address) ? address : null
}

/** True for an address that may stand in an envelope as it is. */
export const isMailAddress = (address: string): boolean =>
  isEmailValid(address, { allowUnicode: false, minDomainSegments: 2 }) && !address.includes('=?')
