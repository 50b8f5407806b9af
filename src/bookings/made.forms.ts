import Joi, { type CustomHelpers } from 'joi'
import { freeText, instant } from '../platform/http/fields.js'
import { addressClasses } from '../platform/http/addresses.js'
import { isNetwork } from '../platform/http/networks.js'

export interface MadeQuery {
  from?: Date
  to?: Date
  /** As the list names it. */
  origin?: string
}

/** An address is personal data: it comes in a body, never in a URL (A5). */
export interface MadeSearch extends MadeQuery {
  /** An address such as `203.0.113.7`, counted by its /32 or /64, or its network of `203.0.113.0/24` or a /48. */
  address?: string
}

/** What is kept are hashes of two widths: a network between or beyond them would cancel more or less than was asked. */
function readNetwork(text: string, helpers: CustomHelpers): unknown {
  if (!isNetwork(text)) return helpers.error('network-class')
  const [ip, length] = text.split('/')
  const { narrow, wide } = addressClasses(ip)
  const isKept = length === undefined || [narrow, wide].some((each) => each.endsWith(`/${Number(length)}`))
  return isKept ? text : helpers.error('network-class')
}

/** In one press: a unit of work that is done long before its request ends, and lets others write in between. */
export const MOST_AT_ONCE = 100

const time = { from: instant(), to: instant() }
const origin = Joi.string().hex().length(64)
const address = Joi.string().trim().max(50).custom(readNetwork)

/** Something must be said, or all bookings would be meant; an end without a beginning says too little. No addresses: A5. */
export const madeQuery = Joi.object<MadeQuery>({ ...time, origin })
  .or('from', 'origin')
  .with('to', 'from')

export const madeSearchBody = Joi.object<MadeSearch>({ ...time, origin, address })
  .or('from', 'address', 'origin')
  .nand('address', 'origin')
  .with('to', 'from')

export interface CancelMadeBody extends MadeSearch {
  reason: string
}

export const cancelMadeBody = madeSearchBody.append<CancelMadeBody>({ reason: freeText(500).required() })
