import { fields, problems } from './problems.js'

export const it = { fields, problems }
