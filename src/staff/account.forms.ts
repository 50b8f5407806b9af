import Joi, { type ObjectSchema } from 'joi'
import { withoutSeparators } from '../kernel/typed-text.js'
import { RECOVERY_CODE } from './recovery-codes.js'
import { readCode } from './staff.forms.js'

/** Far above any password, far below what would take time to hash. */
const MOST_TYPED = 200
const MOST_HIDDEN = 300

const typed = () => Joi.string().max(MOST_TYPED)
const verso = () => Joi.string().max(MOST_HIDDEN).allow('').default('')

/** As authenticator programs show it, with a blank in the middle if somebody types one. */
const code = () =>
  Joi.string()
    .max(20)
    .custom((text: string, helpers) => {
      const digits = withoutSeparators(text)
      return /^\d{6}$/.test(digits) ? digits : helpers.error('totp-digits')
    })

/** As it stands on the paper, in any case, with or without the hyphen. */
const recoveryCode = () =>
  Joi.string()
    .max(40)
    .custom((text: string, helpers) => {
      const read = readCode(text)
      return RECOVERY_CODE.test(read) ? read : helpers.error('recovery-form')
    })

/** Forms of the pages: what is typed wrongly is told at its field. */
const form = <T>(keys: Joi.PartialSchemaMap<T>): ObjectSchema<T> => Joi.object<T>(keys)

export interface SignInForm {
  username: string
  password: string
  verso: string
}

export const signInForm = form<SignInForm>({
  username: typed().trim().required(),
  password: typed().required(),
  verso: verso(),
})

export interface CodeForm {
  username: string
  mark: string
  totp: string
  verso: string
}

/** The second step of signing in. */
export const codeForm = form<CodeForm>({
  username: typed().trim().required(),
  mark: Joi.string().max(MOST_HIDDEN).required(),
  totp: code().required(),
  verso: verso(),
})

export interface RecoveryForm {
  username: string
  mark: string
  recovery: string
  verso: string
}

/** The same with one of the codes for a lost phone. */
export const recoveryForm = form<RecoveryForm>({
  username: typed().trim().required(),
  mark: Joi.string().max(MOST_HIDDEN).required(),
  recovery: recoveryCode().required(),
  verso: verso(),
})

export interface PasswordForm {
  current: string
  password: string
  again: string
  verso: string
}

/** `current` is asked for unless the present password is a one-time one. */
export const passwordForm = form<PasswordForm>({
  current: typed().allow('').default(''),
  password: typed().required(),
  again: typed().required(),
  verso: verso(),
})

export const againForm = form<{ password: string }>({ password: typed().required() })

export const firstCodeForm = form<{ totp: string; mark: string }>({
  totp: code().required(),
  mark: Joi.string().max(MOST_HIDDEN).required(),
})

/** A button; `sportello` says that one knows what becomes of the counter. */
export const leaveForm = form<{ sportello?: 'chiudi' }>({ sportello: Joi.string().valid('chiudi') })
