import { BlockList, isIP, isIPv4 } from 'node:net'

/** `203.0.113.7`, `203.0.113.0/24`, `2001:db8:7::/48`: how managers write who is meant. */
export function isNetwork(text: string): boolean {
  const [address = '', length, ...more] = text.split('/')
  const version = isIP(address)
  if (version === 0 || more.length > 0 || address.includes('%')) return false
  return length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= (version === 4 ? 32 : 128))
}

const family = (address: string): 'ipv4' | 'ipv6' => (isIPv4(address) ? 'ipv4' : 'ipv6')

/** True when an address lies in one of the networks; `::ffff:192.0.2.7` is 192.0.2.7. */
export function isListed(networks: readonly string[], ip: string | undefined): boolean {
  const address = ip?.replace(/%.*$/, '').replace(/^::ffff:(?=.*\.)/i, '') ?? ''
  if (networks.length === 0 || isIP(address) === 0) return false
  const list = new BlockList()
  for (const network of networks) {
    const [base = '', length] = network.split('/')
    if (length === undefined) list.addAddress(base, family(base))
    else list.addSubnet(base, Number(length), family(base))
  }
  return list.check(address, family(address))
}
