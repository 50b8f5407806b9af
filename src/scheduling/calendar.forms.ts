import Joi, { type CustomHelpers } from 'joi'
import { isLocalDay } from '../kernel/local-day.js'
import { day, freeText, id, instant, type SiteParams } from '../platform/http/fields.js'
import { isNetwork } from '../platform/http/networks.js'
import type { SiteNotice } from '../sites/index.js'
import type { OpeningRule, OpeningWindow } from '../recurrence/index.js'

export interface CalendarParams extends SiteParams {
  calendar: string
}

export const calendarParams = Joi.object<CalendarParams>({ site: id().required(), calendar: id().required() })

export interface ExceptionParams extends SiteParams {
  id: string
}

export const exceptionParams = Joi.object<ExceptionParams>({
  site: id().required(),
  id: Joi.string().guid().required(),
})

const number = () => Joi.number().strict().required()

/** Only the types: what the values mean is judged by the rules of the room, which have codes of their own (S4). */
const WINDOW = {
  from: Joi.string().max(20).required(),
  to: Joi.string().max(20).required(),
  slotMinutes: number(),
  seats: number(),
}

/** Far more than a week of a busy site needs. */
const MOST_RULES = 50

export interface CalendarBody {
  services: string[]
  rules: OpeningRule[]
  minNoticeMinutes: number
  horizonDays: number
}

export const calendarBody = Joi.object<CalendarBody>({
  services: Joi.array().items(id()).max(MOST_RULES).unique().required(),
  rules: Joi.array()
    .items(
      Joi.object({ rrule: Joi.string().max(300).required(), startsOn: Joi.string().max(20).required(), ...WINDOW }),
    )
    .max(MOST_RULES)
    .required(),
  minNoticeMinutes: number(),
  horizonDays: number(),
})

export interface OpeningBody {
  calendar: string
  date: string
  rules: OpeningWindow[]
}

export const openingBody = Joi.object<OpeningBody>({
  calendar: id().required(),
  date: day().required(),
  rules: Joi.array().items(Joi.object(WINDOW)).max(MOST_RULES).required(),
})

const readDayOrInstant = (text: string, helpers: CustomHelpers): unknown => {
  if (isLocalDay(text)) return text
  const { error, value } = instant().validate(text)
  return error ? helpers.error('instant') : value
}

const dayOrInstant = () => Joi.string().max(35).custom(readDayOrInstant).required()

const alike = <T extends { from: unknown; to: unknown }>(body: T, helpers: CustomHelpers) =>
  typeof body.from === typeof body.to ? body : helpers.error('both-alike')

export interface ClosureBody {
  from: string | Date
  to: string | Date
  reason: string
  public: boolean
  calendar?: string
}

/** Days (`to` excluded) or instants, both alike. */
export const closureBody = Joi.object<ClosureBody>({
  from: dayOrInstant(),
  to: dayOrInstant(),
  reason: freeText(200).required(),
  public: Joi.boolean().strict().required(),
  calendar: id(),
}).custom(alike)

const network = () =>
  Joi.string()
    .trim()
    .max(50)
    .custom((text: string, helpers: CustomHelpers) => (isNetwork(text) ? text : helpers.error('network')))

export interface SiteBody {
  openOnHolidays?: string[]
  name?: string
  address?: string
  phone?: string | null
  emailConfirmation?: boolean
  notices?: SiteNotice[] | null
  trustedAddresses?: string[]
}

/** A screen that is read from 8 m has room for so much. */
const NOTICE = 120
const NOTICES = 3

export const siteBody = Joi.object<SiteBody>({
  openOnHolidays: Joi.array().items(day()).max(200).unique(),
  name: freeText(120),
  address: freeText(200),
  phone: freeText(30).allow(null),
  emailConfirmation: Joi.boolean().strict(),
  notices: Joi.array()
    .items(Joi.object<SiteNotice>({ it: freeText(NOTICE).required(), en: freeText(NOTICE).allow(null).default(null) }))
    .max(NOTICES)
    .allow(null),
  trustedAddresses: Joi.array().items(network()).max(100).unique(),
})
