import Joi, { type CustomHelpers } from 'joi'
import { freeText, instant } from '../platform/http/fields.js'
import { isNetwork } from '../platform/http/networks.js'

export interface MadeQuery {
  from?: Date
  to?: Date
  /** An address such as `203.0.113.7`: its /32 or /64; with a shorter prefix, `203.0.113.0/24`, its /24 or /48. */
  address?: string
  /** As the list names it. */
  origin?: string
}

const readNetwork = (text: string, helpers: CustomHelpers) => (isNetwork(text) ? text : helpers.error('network'))

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
