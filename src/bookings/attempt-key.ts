import { addressKey } from '../platform/http/addresses.js'
import type { Secrets } from '../platform/secrets.js'
import { personHashOf } from '../visitors/index.js'

/** X7: tries for a person are counted with the address they come from, so that no stranger's keep the person out. */
export const attemptKey = (secrets: Secrets, taxCode: string, ip: string | undefined): string =>
  `${personHashOf(secrets, taxCode)} ${addressKey(ip)}`
