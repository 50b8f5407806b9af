import Joi from 'joi'
import { instant } from '../platform/http/fields.js'

export const moveForm = Joi.object<{ start: Date }>({ start: instant().required() })
