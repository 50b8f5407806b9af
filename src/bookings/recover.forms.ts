import Joi from 'joi'
import { emailField, mobileField } from '../visitors/index.js'

/** Where a lost link is sent: one of the two. */
export type RecoveryBody = { email: string; phone?: undefined } | { phone: string; email?: undefined }

export const recoveryBody = Joi.object<RecoveryBody>({
  email: emailField.description('The address that was booked with'),
  phone: mobileField.description('The mobile number that was booked with'),
}).xor('email', 'phone')

/** The page asks for an address alone: no message goes out to phones yet. */
export const recoveryForm = Joi.object<{ email: string }>({ email: emailField.required() })
