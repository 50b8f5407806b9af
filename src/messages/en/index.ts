import type { it } from '../it/index.js'
import { fields, problems } from './problems.js'

export const en: typeof it = { fields, problems }
