import Joi, { type CustomHelpers } from 'joi'
import { freeText, instant } from '../platform/http/fields.js'
import { addressClasses } from '../platform/http/addresses.js'
import { isNetwork } from '../platform/http/networks.js'

export interface MadeQuery {
  from?: Date
  to?: Date
  /** An address such as `203.0.113.7`, counted by its /32 or /64, or its network of `203.0.113.0/24` or a /48. */
  address?: string
  /** As the list names it. */
  origin?: string
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

const fields = {
  from: instant(),
  to: instant(),
  address: Joi.string().trim().max(50).custom(readNetwork),
  origin: Joi.string().hex().length(64),
}

/** Something must be said, or all bookings would be meant; an end without a beginning says too little. */
export const madeQuery = Joi.object<MadeQuery>(fields)
  .or('from', 'address', 'origin')
  .nand('address', 'origin')
  .with('to', 'from')

export interface CancelMadeBody extends MadeQuery {
  reason: string
}

export const cancelMadeBody = Joi.object<CancelMadeBody>({ ...fields, reason: freeText(500).required() })
  .or('from', 'address', 'origin')
  .nand('address', 'origin')
  .with('to', 'from')
