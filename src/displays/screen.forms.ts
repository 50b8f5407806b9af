import Joi from 'joi'
import { id } from '../platform/http/fields.js'

export const siteParams = Joi.object<{ site: string }>({ site: id().required() })
