import { SECRET } from '../derived.js'
import Joi, { type CustomHelpers } from 'joi'
import { isLocalDay } from '../../kernel/local-day.js'
import { MOST_PERSONS } from '../../kernel/party.js'
import { freeTextOf } from '../../kernel/typed-text.js'

/** Joi schemas of the values that many routes read. Strict: no conversion of types, no surprises in a query (T09, T19). */

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/

const readInstant = (text: string, helpers: CustomHelpers) => {
  const instant = new Date(text)
  const real = INSTANT.test(text) && isLocalDay(text.slice(0, 10)) && !Number.isNaN(instant.getTime())
  return real ? instant : helpers.error('instant')
}

/** RFC 3339 with an offset; becomes a Date. */
export const instant = () => Joi.string().max(35).custom(readInstant).meta({ format: 'date-time' })

const readDay = (text: string, helpers: CustomHelpers) => (isLocalDay(text) ? text : helpers.error('day'))

/** An existing day, `YYYY-MM-DD`. */
export const day = () => Joi.string().max(10).custom(readDay)

/** Ids of sites, services, calendars: kebab-case. */
export const id = () =>
  Joi.string()
    .max(40)
    .pattern(/^[a-z0-9]+(-[a-z0-9]+)*$/)

/** `:site` of a path. */
export interface SiteParams {
  site: string
}
export const siteParams = Joi.object<SiteParams>({ site: id().required() })

/** A link's or hold's secret: 256 bits in base64url. Anything else cannot exist (L2). */
export const secret = () => Joi.string().pattern(SECRET)

/** A secret in an address. Of any shape: a forged one is a plain 404, the same as an unknown one (L2), and is compared as a hash alone (T09). */
export const secretInPath = () => Joi.string().required()

/** K2. In a body it must be a number, in a query its digits. */
export const personsInBody = () => Joi.number().strict().integer().min(1).max(MOST_PERSONS)

export const personsInQuery = () =>
  Joi.string()
    .pattern(new RegExp(`^[1-${MOST_PERSONS}]$`))
    .custom(Number)
    .default(1)

/** As much as is looked at at all (T29). */
const MOST_SENT = 8000

/**
 * Free text of at most `most` characters as people count them; without its line ends unless `lines`. What hides or turns
 * round the text beside it is refused, everywhere alike (A5: boards, mails and lists show these texts).
 */
export const freeText = (most: number, { lines = false } = {}) =>
  Joi.string().custom((typed: string, helpers: CustomHelpers) => {
    const text = typed.length > MOST_SENT ? typed : freeTextOf(typed)
    if (text === null) return helpers.error('characters')
    if ([...text.slice(0, MOST_SENT + 1)].length > most) return helpers.error('too-long', { limit: most })
    if (text === '') return helpers.error('required')
    return lines ? text : text.replace(/\s+/g, ' ')
  })

/** Of a command that nobody gives without a word: without one it is no such command (400). */
export const wantedReason = (reason: Joi.StringSchema) =>
  reason
    .required()
    .error((faults) =>
      faults.map((fault) => (fault.code === 'string.max' ? fault : Object.assign(fault, { code: 'reason-wanted' }))),
    )
