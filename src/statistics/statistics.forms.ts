import Joi, { type CustomHelpers } from 'joi'
import { daysBetween } from '../kernel/local-day.js'
import { day } from '../platform/http/fields.js'

/** A year, also one with a leap day. */
const MOST_DAYS = 366

export interface StatisticsQuery {
  from: string
  to: string
}

const orderly = (query: StatisticsQuery, helpers: CustomHelpers) => {
  const days = daysBetween(query.from, query.to) + 1
  if (days < 1) return helpers.error('order')
  return days > MOST_DAYS ? helpers.error('too-many-days', { limit: MOST_DAYS }) : query
}

/** Local days of the site, both included. */
export const statisticsQuery = Joi.object<StatisticsQuery>({
  from: day().required(),
  to: day().required(),
}).custom(orderly)
