import Joi, { type CustomHelpers } from 'joi'
import { daysBetween } from '../kernel/local-day.js'
import { day } from '../platform/http/fields.js'

/** Longer ones are figures, not somebody at the desk. */
const MOST_DAYS = 62

export interface VisitsQuery {
  from: string | null
  to: string | null
  q: string
}

const orderly = (query: VisitsQuery, helpers: CustomHelpers) => {
  if (query.from === null || query.to === null) return query
  const days = daysBetween(query.from, query.to) + 1
  if (days < 1) return helpers.error('order')
  return days > MOST_DAYS ? helpers.error('too-many-days', { limit: MOST_DAYS }) : query
}

/** Local days of the site, both included. */
export const visitsQuery = Joi.object<VisitsQuery>({
  from: day().default(null),
  to: day().default(null),
  q: Joi.string().max(120).allow('').default(''),
}).custom(orderly)
