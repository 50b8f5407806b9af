import type { IncomingHttpHeaders } from 'node:http'

/** Headers of a request or of a socket's handshake. */
export type RequestHeaders = IncomingHttpHeaders

/** The API reads one cookie, before any parser. @returns null when it is not there or not readable */
export function readCookie({ cookie }: RequestHeaders, name: string): string | null {
  const found = cookie
    ?.split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${name}=`))
  return found?.slice(name.length + 1) ?? null
}
