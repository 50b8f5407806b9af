import Joi, { type CustomHelpers } from 'joi'
import { MOST_PERSONS } from '../kernel/party.js'
import { withoutSeparators } from '../kernel/typed-text.js'
import { freeText, id, secretInPath, wantedReason } from '../platform/http/fields.js'
import type { CheckInCommand } from './check-in.js'

export const offerParams = Joi.object<{ site: string; service: string }>({
  site: id().required(),
  service: id().required(),
})

const counterId = () => id().max(60)
export const counterParams = Joi.object<{ counter: string }>({ counter: counterId().required() })

export const ticketParams = Joi.object<{ id: string }>({
  id: Joi.string()
    .pattern(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    .required(),
})
/** Of what staff and the person's own phone may do: the id, or the secret of the link. */
export const ticketOrTokenParams = Joi.object<{ id: string }>({
  id: Joi.string()
    .pattern(/^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[A-Za-z0-9_-]{43})$/)
    .required(),
})
export const tokenParams = Joi.object<{ token: string }>({ token: secretInPath() })

/** A command that says all in its address. */
export const emptyBody = Joi.object<Record<string, never>>({})

/** Why staff does what the rules alone would not: kept in the audit record. */
const reason = () => freeText(200).pattern(/\S/)

const TOKEN = /(?:^|\/prenotazione\/)([A-Za-z0-9_-]{43})(?:[A-Za-z0-9_-]{22})?(?:[?#].*)?$/

/** What is typed, read aloud or scanned: the code with spaces or hyphens, the link, or its secret. */
const readKey = (typed: string): CheckInCommand['key'] => {
  const token = TOKEN.exec(typed.replace(/[\s\p{Cf}]/gu, ''))?.[1]
  return token ? { token } : { code: withoutSeparators(typed).toUpperCase() }
}

export const checkInBody = Joi.object<{ code: CheckInCommand['key'] }>({
  code: Joi.string().max(300).pattern(/\S/).custom(readKey).required(),
})

export interface WalkInBody {
  service: string
  newbornTaxCode: string | null
  senior: boolean
  urgent: { reason: string } | null
  override: { reason: string } | null
}

const because = () => Joi.object<{ reason: string }>({ reason: reason().required() }).allow(null).default(null)

export const walkInBody = Joi.object<WalkInBody>({
  service: id().required(),
  newbornTaxCode: Joi.string().strict().max(64).allow('', null).default(null),
  senior: Joi.boolean().strict().default(false),
  urgent: because(),
  override: because(),
})

export interface OpenBody {
  services: string[] | null
  takeOver: boolean
}

export const openBody = Joi.object<OpenBody>({
  services: Joi.array().items(id()).min(1).max(20).unique().allow(null).default(null),
  takeOver: Joi.boolean().strict().default(false),
})

export interface NextBody {
  outcome: 'done' | 'missed' | null
}

export const nextBody = Joi.object<NextBody>({
  outcome: Joi.string().valid('done', 'missed').allow(null).default(null),
})

export const reasonBody = Joi.object<{ reason: string }>({ reason: wantedReason(reason()) })

export const callBody = Joi.object<{ counter: string; reason: string }>({
  counter: counterId().required(),
  reason: reason().required(),
})

export interface ParkBody {
  reason: string | null
  counter: string | null
}

export const parkBody = Joi.object<ParkBody>({
  reason: reason().allow(null).default(null),
  counter: counterId().allow(null).default(null),
})

export interface TransferBody {
  service?: string
  counter?: string
}

export const transferBody = Joi.object<TransferBody>({ service: id(), counter: counterId() }).xor('service', 'counter')

const counterName = () =>
  Joi.string()
    .max(20)
    .pattern(/^[\p{L}\p{N}]+([ .'’-]+[\p{L}\p{N}]+)*\.?$/u)

export const counterBody = Joi.object<{ name: string }>({ name: counterName().required() })

const TIME = /^([01]\d|2[0-3]):[0-5]\d$/

interface Window {
  from: string
  to: string
}

const orderly = (window: Window, helpers: CustomHelpers) =>
  window.from < window.to ? window : helpers.error('rule-times')

export interface ServiceBody {
  personsPerSlot?: number
  maxWaitMinutes?: number | null
  dailyQuota?: number | null
  walkIn?: Window | null
  seniorFirst?: boolean
}

const whole = (least: number, most: number) => Joi.number().strict().integer().min(least).max(most)

export const serviceBody = Joi.object<ServiceBody>({
  personsPerSlot: whole(1, MOST_PERSONS),
  maxWaitMinutes: whole(1, 1440).allow(null),
  dailyQuota: whole(0, 10_000).allow(null),
  walkIn: Joi.object<Window>({
    from: Joi.string().pattern(TIME).required(),
    to: Joi.string()
      .pattern(/^24:00$|^([01]\d|2[0-3]):[0-5]\d$/)
      .required(),
  })
    .custom(orderly)
    .allow(null),
  seniorFirst: Joi.boolean().strict(),
})
