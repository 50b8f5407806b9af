import type { IncomingMessage } from 'node:http'
import { isIPv4, isIPv6, SocketAddress } from 'node:net'

/** The networks an address lies in, as limits count them (X1): who has one of a network's addresses often has them all. */
export interface AddressClasses {
  /** /32 of IPv4, /64 of IPv6: one line, a household, an office. */
  narrow: string
  /** /24 of IPv4, /48 of IPv6: what one customer of a provider can be given. */
  wide: string
  /** From narrow to wide: `/32`, `/24`, or `/64`, `/56`, `/48`. */
  all: readonly string[]
}

/** What is no address at all is one class of its own: nobody gets a fresh count by inventing one. */
const UNKNOWN: AddressClasses = { narrow: 'unknown', wide: 'unknown', all: ['unknown'] }

/** However an address is spelt; `::ffff:192.0.2.7` is 192.0.2.7. */
export function addressClasses(ip: string | undefined): AddressClasses {
  const bare = ip?.replace(/%.*$/, '') ?? ''
  if (isIPv4(bare)) return classesOf4(bare)
  if (!isIPv6(bare)) return UNKNOWN
  const { address } = new SocketAddress({ address: bare, family: 'ipv6' })
  return address.startsWith('::ffff:') && address.includes('.') ? classesOf4(address.slice(7)) : classesOf6(address)
}

/** The narrowest class: what most limits count. */
export const addressKey = (ip: string | undefined): string => addressClasses(ip).narrow

function classesOf4(address: string): AddressClasses {
  const narrow = `${address}/32`
  const wide = `${address.slice(0, address.lastIndexOf('.'))}.0/24`
  return { narrow, wide, all: [narrow, wide] }
}

/** The visitor's address, as Express finds it behind `trustProxy` proxies (T23); IPv6 by its /64. */
export function addressOf(
  { headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>,
  trustProxy: number,
): string {
  const forwarded = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',')
  const named = forwarded.map((name) => name.trim()).filter((name) => name !== '')
  const visitor = trustProxy === 0 ? undefined : (named.at(-trustProxy) ?? named[0])
  return addressKey(visitor ?? socket.remoteAddress)
}

/** `::` stands for as many zero groups as are missing; a dotted end for two groups, both beyond the /64. */
function classesOf6(address: string): AddressClasses {
  const [head = '', tail] = address.split('::')
  const ahead = groupsOf(head)
  const behind = groupsOf(tail ?? '')
  const zeros = Array<string>(Math.max(0, 8 - ahead.length - behind.length)).fill('0')
  const groups = tail === undefined ? ahead : [...ahead, ...zeros, ...behind]
  const [first, second, third, fourth = '0'] = groups
  const site = `${first}:${second}:${third}`
  const half = (Number.parseInt(fourth, 16) & 0xff00).toString(16)
  const narrow = `${site}:${fourth}::/64`
  const wide = `${site}::/48`
  return { narrow, wide, all: [narrow, `${site}:${half}::/56`, wide] }
}

const groupsOf = (part: string): string[] =>
  part.split(':').flatMap((group) => (group.includes('.') ? ['v4', 'v4'] : group === '' ? [] : [group]))
