import Joi, { type CustomHelpers } from 'joi'
import { daysBetween } from '../kernel/local-day.js'
import { day, id, personsInQuery } from '../platform/http/fields.js'

/** contract.md: at most so many dates in one answer. */
const MOST_DAYS = 62

export interface OfferParams {
  site: string
  service: string
}

export const offerParams = Joi.object<OfferParams>({ site: id().required(), service: id().required() })

export interface DaysQuery {
  from: string
  to: string
  persons: number
}

const orderly = (query: DaysQuery, helpers: CustomHelpers) => {
  const days = daysBetween(query.from, query.to) + 1
  if (days < 1) return helpers.error('order')
  return days > MOST_DAYS ? helpers.error('too-many-days', { limit: MOST_DAYS }) : query
}

export const daysQuery = Joi.object<DaysQuery>({
  from: day().required(),
  to: day().required(),
  persons: personsInQuery(),
}).custom(orderly)

export interface SlotsQuery {
  date: string
  persons: number
}

export const slotsQuery = Joi.object<SlotsQuery>({ date: day().required(), persons: personsInQuery() })
