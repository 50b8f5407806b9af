import Joi, { type CustomHelpers, type ErrorReport } from 'joi'
import { isMailAddress } from './mail-address.js'
import { isPersonName } from './person-name.js'
import { readTaxCode } from './tax-code.js'
import type { Visitor } from './visitor.js'

type Reader = (text: string, helpers: CustomHelpers) => unknown

/** Far above any field's limit, far below what would take time to read (T29). */
const MAX_TYPED = 500
const MAX_NAME = 60
const PHONE = /^(?=.{6,20}$)\+?\d+$/

/** Joi's own codes for which each field has a sentence; a wrong type stays `string.base`. */
const OWN_CODES: Record<string, string> = {
  'any.required': 'required',
  'string.empty': 'required',
  'string.pattern.base': 'format',
}

const text = (field: keyof Visitor, read: Reader = (typed) => typed): Joi.StringSchema =>
  Joi.string()
    .custom(read)
    .error((faults) => faults.map((fault) => withFieldCode(field, fault)))

function withFieldCode(field: keyof Visitor, fault: ErrorReport): ErrorReport {
  const own = OWN_CODES[fault.code]
  if (own) fault.code = `${field}.${own}`
  return fault
}

const nameField = (field: 'firstName' | 'lastName'): Joi.StringSchema =>
  text(field, (typed, helpers) => {
    if (typed.length > MAX_TYPED) return helpers.error(`${field}.long`)
    const name = typed
      .normalize('NFC')
      .trim()
      .replace(/\p{Zs}+/gu, ' ')
    if (name === '') return helpers.error(`${field}.required`)
    if (Array.from(name).length > MAX_NAME) return helpers.error(`${field}.long`)
    return isPersonName(name) ? name : helpers.error(`${field}.characters`)
  })

const taxCodeField = text('taxCode', (typed, helpers) => {
  if (typed.trim() === '') return helpers.error('taxCode.required')
  const read = readTaxCode(typed)
  return typeof read === 'string' ? helpers.error(`taxCode.${read}`) : read.value
})

const emailField = text('email', (typed, helpers) => {
  const address = typed.trim()
  if (address === '') return helpers.error('email.required')
  return isMailAddress(address) ? address.toLowerCase() : helpers.error('email.format')
})

/** Italians also write 02/1234567 or 02-123.4567: what only separates is dropped. */
const phoneField = text('phone', (typed, helpers) => {
  if (typed.length > MAX_TYPED) return helpers.error('phone.format')
  const number = typed.trim().replace(/[ \u00A0./()-]/g, '')
  if (number === '') return null
  return PHONE.test(number) ? number : helpers.error('phone.format')
})

const comuneField = text('comune').pattern(/^\d{6}$/)

/**
 * The visitor of `POST /bookings` and of the page's form: strict types, no unknown field. An empty or missing phone is
 * null. A Comune of six digits outside the ASST passes: that is K6's refusal (`mayBook`), not a fault of the form.
 */
export const visitorForm = Joi.object<Visitor>({
  firstName: nameField('firstName')
    .required()
    .description(
      '1–60 letters of any script, at most 5 words with apostrophes, hyphens, a dot only at a word’s end (X6)',
    ),
  lastName: nameField('lastName').required().description('As firstName'),
  taxCode: taxCodeField
    .required()
    .description('Codice fiscale, provisional codice fiscale of 11 digits, STP or ENI code'),
  email: emailField.required().description('One plain ASCII address, at most 254 characters'),
  phone: phoneField.empty('').allow(null).default(null).description('6–20 digits, perhaps after one +'),
  comune: comuneField.required().description('ISTAT code of residence or domicile'),
})
  .strict()
  .required()
