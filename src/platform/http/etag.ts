import type { IncomingHttpHeaders } from 'node:http'

/** Whether the asker has what bears this mark (RFC 9110, 13.1.2: weak marks compare alike). */
export function isKnown(headers: IncomingHttpHeaders, etag: string): boolean {
  const asked = headers['if-none-match']
  if (asked === undefined) return false
  return asked.split(',').some((each) => each.trim().replace(/^W\//, '') === etag)
}
