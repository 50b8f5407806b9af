import Joi from 'joi'
import { withoutSeparators } from '../kernel/typed-text.js'
import { id, type SiteParams } from '../platform/http/fields.js'
import { DEVICE_KINDS, type DeviceKind, type Role, ROLES } from '../access/index.js'
import { USERNAME } from './staff-rules.js'

/** Far above any password, far below what would take time to hash. */
const MOST_TYPED = 200

/** As it is read from a screen or a paper: in any case, with the blanks and hyphens people put between. */
export const readCode = (text: string): string => withoutSeparators(text).toUpperCase()

const typed = () => Joi.string().max(MOST_TYPED)

/** What audit records call somebody else. */
const TAKEN = ['visitor', 'system', 'command', 'example-data']

/** Lower-case, whatever is typed: nobody signs in as "Anna" beside "anna". */
const username = () => Joi.string().max(60).lowercase().pattern(USERNAME)

export interface SignInBody {
  username: string
  password: string
  totp?: string
  /** Instead of `totp`, when the phone is lost. */
  recoveryCode?: string
}

export const signInBody = Joi.object<SignInBody>({
  username: typed().required(),
  password: typed().required(),
  totp: Joi.string().pattern(/^\d{6}$/),
  recoveryCode: Joi.string().max(40).custom(readCode),
}).nand('totp', 'recoveryCode')

export interface PasswordBody {
  password: string
  current?: string
}

export const passwordBody = Joi.object<PasswordBody>({ password: typed().required(), current: typed() })

/** The present password, once more. */
export const againBody = Joi.object<{ password: string }>({ password: typed().required() })

export const codeBody = Joi.object<{ totp: string }>({
  totp: Joi.string()
    .pattern(/^\d{6}$/)
    .required(),
})

const sites = () => Joi.array().items(id()).max(100).unique()
const role = () => Joi.string().valid(...ROLES)

export interface NewStaffBody {
  username: string
  role: Role
  sites: string[]
  password?: string
}

export const newStaffBody = Joi.object<NewStaffBody>({
  username: username()
    .invalid(...TAKEN)
    .required(),
  role: role().required(),
  sites: sites().default([]),
  password: typed(),
})

export interface StaffChangeBody {
  role?: Role
  sites?: string[]
  active?: boolean
  password?: string
  resetPassword?: true
  totp?: false
}

export const staffChangeBody = Joi.object<StaffChangeBody>({
  role: role(),
  sites: sites(),
  active: Joi.boolean().strict(),
  password: typed(),
  resetPassword: Joi.boolean().strict().valid(true),
  totp: Joi.boolean().strict().valid(false),
}).nand('password', 'resetPassword')

export const staffParams = Joi.object<{ username: string }>({ username: username().required() })

export const deviceBody = Joi.object<{ kind: DeviceKind }>({
  kind: Joi.string()
    .valid(...DEVICE_KINDS)
    .required(),
})

export const printerBody = Joi.object<{ works: boolean }>({ works: Joi.boolean().strict().required() })

export interface DeviceParams extends SiteParams {
  device: string
}

export const deviceParams = Joi.object<DeviceParams>({ site: id().required(), device: Joi.string().guid().required() })

export const pairBody = Joi.object<{ pairingCode: string }>({
  pairingCode: Joi.string().max(40).custom(readCode).required(),
})
