import Joi from 'joi'
import { freeText, wantedReason } from '../platform/http/fields.js'
import { emailField, mobileField } from '../visitors/index.js'
import type { Contact } from './correct-contact.js'

const contact = {
  email: emailField.description('The address that mails go to from now on; absent: as it is'),
  phone: mobileField.description('One number, as in a booking; absent: as it is'),
}

/** C4: one of the two at least. */
export const contactBody = Joi.object<Contact>(contact).or('email', 'phone')

export type DeskContactBody = Contact & { reason: string }

export const deskContactBody = Joi.object<DeskContactBody>({ ...contact, reason: wantedReason(freeText(500)) }).or(
  'email',
  'phone',
)

/** The page asks for the address alone: that is what is mistyped, and what mails go to. */
export const contactForm = Joi.object<{ email: string }>({ email: emailField.required() })
