import Joi, { type CustomHelpers } from 'joi'
import { freeText, id, instant, personsInBody, secret, secretInPath } from '../platform/http/fields.js'
import { type Visitor, visitorBody } from '../visitors/index.js'

export interface HoldBody {
  site: string
  service: string
  start: Date
  persons: number
}

export const holdBody = Joi.object<HoldBody>({
  site: id().required(),
  service: id().required(),
  start: instant().required(),
  persons: personsInBody().default(1),
})

export interface BookingBody extends Partial<HoldBody> {
  hold?: string
  visitor: Visitor
  notes: string | null
  matter?: string
}

/** Free text of the national template's "Dettagli": at most 200 characters. */
const NOTES = 200

/** Null when nothing was written. */
export const notesField = () =>
  freeText(NOTES, { lines: true }).empty(Joi.string().allow('').pattern(/^\s*$/)).default(null)

const ID = id()
const readMatter = (text: string, helpers: CustomHelpers) =>
  ID.validate(text).error ? helpers.error('unknown-matter') : text

/** M1: text that can be nobody's id is as unknown as any other. */
export const matterField = () => Joi.string().custom(readMatter)

/** Either a hold, or a slot to be taken at once. */
export const bookingBody = Joi.object<BookingBody>({
  hold: secret(),
  site: id(),
  service: id(),
  start: instant(),
  persons: personsInBody(),
  visitor: visitorBody.required(),
  notes: notesField(),
  matter: matterField(),
})
  .xor('hold', 'start')
  .and('site', 'service', 'start')
  .without('hold', ['site', 'service', 'persons'])

export interface TokenParams {
  token: string
}

export const tokenParams = Joi.object<TokenParams>({ token: secretInPath() })
export const holdParams = Joi.object<{ hold: string }>({ hold: secretInPath() })

export interface MoveBody {
  start: Date
}

export const moveBody = Joi.object<MoveBody>({ start: instant().required() })

/** A command that says all in its address. */
export const emptyBody = Joi.object<Record<string, never>>({})
