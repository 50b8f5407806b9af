import Joi from 'joi'
import { withoutSeparators } from '../kernel/typed-text.js'
import { day, freeText, id, instant, personsInBody, type SiteParams } from '../platform/http/fields.js'
import { type Visitor, visitorBody } from '../visitors/index.js'
import { matterField, notesField } from './booking.forms.js'

/** Why staff did it: kept in the audit record. */
const reason = () => freeText(500)

export interface DeskBookingBody {
  site?: string
  service: string
  start: Date
  persons: number
  visitor: Visitor
  notes: string | null
  matter?: string
  reason?: string
}

/** As the public one, without a hold; perhaps of who has neither address nor number (C1). With a reason it may pass K5 and S6 (K10). */
export const deskBookingBody = Joi.object<DeskBookingBody>({
  site: id(),
  service: id().required(),
  start: instant().required(),
  persons: personsInBody().default(1),
  visitor: visitorBody.required(),
  notes: notesField(),
  matter: matterField(),
  reason: reason(),
})

export interface DayQuery {
  date: string
}

export const dayQuery = Joi.object<DayQuery>({ date: day().required() })

/** As it is read out, typed or pasted; one of another form is simply nobody's. */
const readCode = (typed: string): string => withoutSeparators(typed).toUpperCase()

export interface CodeParams extends SiteParams {
  code: string
}

export const codeParams = Joi.object<CodeParams>({
  site: id().required(),
  code: Joi.string().max(64).custom(readCode).required(),
})

export interface DeskMoveBody {
  start: Date
  site?: string
  reason?: string
}

/** Another site too, where the visitor can move to another time alone; with a reason beyond S6 (K10). */
export const deskMoveBody = Joi.object<DeskMoveBody>({ start: instant().required(), site: id(), reason: reason() })

export const deskCancelBody = Joi.object<{ reason: string }>({ reason: reason().required() })

export interface ClosureParams extends SiteParams {
  id: string
}

export const closureParams = Joi.object<ClosureParams>({ site: id().required(), id: Joi.string().guid().required() })

export interface ResolveBody {
  action: 'cancel' | 'offer-move'
}

export const resolveBody = Joi.object<ResolveBody>({ action: Joi.string().valid('cancel', 'offer-move').required() })
