import Joi, { type CustomHelpers, type ErrorReport } from 'joi'
import { withoutSeparators } from '../kernel/typed-text.js'
import { readMailAddress } from '../platform/mail/mail-address.js'
import { isPersonName } from './person-name.js'
import { readPhone } from './phone.js'
import { readTaxCode } from './tax-code.js'
import type { ReachableVisitor, Visitor } from './visitor.js'

type Reader = (text: string, helpers: CustomHelpers) => unknown

/** Far above any field's limit, far below what would take time to read (T29). */
const MAX_TYPED = 500
const MAX_NAME = 60

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

const nameField = (field: 'firstName' | 'lastName', whenEmpty?: ''): Joi.StringSchema =>
  text(field, (typed, helpers) => {
    if (typed.length > MAX_TYPED) return helpers.error(`${field}.long`)
    const name = typed
      .normalize('NFC')
      .trim()
      .replace(/\p{Zs}+/gu, ' ')
    if (name === '') return whenEmpty ?? helpers.error(`${field}.required`)
    if (Array.from(name).length > MAX_NAME) return helpers.error(`${field}.long`)
    return isPersonName(name) ? name : helpers.error(`${field}.characters`)
  })

/** M3: one name is enough, and the other stays empty. */
const emptyableName = (field: 'firstName' | 'lastName'): Joi.StringSchema => nameField(field, '').empty('').default('')

const taxCodeField = text('taxCode', (typed, helpers) => {
  if (withoutSeparators(typed) === '') return helpers.error('taxCode.required')
  const read = readTaxCode(typed)
  return typeof read === 'string' ? helpers.error(`taxCode.${read}`) : read.value
})

/** As the form of a booking reads it. */
export const emailField = text('email', (typed, helpers) => {
  if (withoutSeparators(typed) === '') return helpers.error('email.required')
  return (typed.length <= MAX_TYPED && readMailAddress(typed)) || helpers.error('email.format')
})

const phoneField = text('phone', (typed, helpers) => {
  if (typed.length > MAX_TYPED) return helpers.error('phone.format')
  const read = readPhone(typed)
  return read === null || 'number' in read ? (read?.number ?? null) : helpers.error(`phone.${read.fault}`)
})

/** The same of a number that must be there. */
export const mobileField = text('phone', (typed, helpers) => {
  const read = typed.length > MAX_TYPED ? null : readPhone(typed)
  if (read === null) return helpers.error('phone.format')
  return 'number' in read ? read.number : helpers.error(`phone.${read.fault}`)
})

const comuneField = text('comune').pattern(/^\d{6}$/)

const fields = {
  firstName: emptyableName('firstName')
    .when('lastName', { is: Joi.string().min(1), otherwise: nameField('firstName').required() })
    .description('1–60 letters of any script, spaces, apostrophes, hyphens, dots; may be empty beside a lastName'),
  lastName: emptyableName('lastName').description('As firstName; one of the two is enough'),
  taxCode: taxCodeField
    .required()
    .description('Codice fiscale, provisional codice fiscale of 11 digits, STP or ENI code'),
  comune: comuneField.required().description('ISTAT code of residence or domicile'),
}
const phone = phoneField
  .empty('')
  .allow(null)
  .default(null)
  .description('One number: 6–15 digits, perhaps after one + or 00')

/**
 * The visitor of the page's form: strict types, no unknown field. An empty or missing phone is null. A Comune of six digits
 * outside the ASST passes: that is K6's refusal (`mayBook`), not a fault of the form.
 */
export const visitorForm = Joi.object<ReachableVisitor>({ ...fields, email: emailField.required(), phone })
  .strict()
  .required()

/** The same as programs and staff send it: an address may be missing, and who must have one the booking says (C1). */
export const visitorBody = Joi.object<Visitor>({
  ...fields,
  email: emailField
    .empty('')
    .allow(null)
    .default(null)
    .description(
      'One address, at most 254 characters; the domain may be international. Only staff may leave it out (C1)',
    ),
  phone,
})
  .strict()
  .required()
