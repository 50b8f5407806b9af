import Joi from 'joi'
import { notesField } from '../bookings/index.js'
import { language, query } from '../citizen/index.js'
import { eachVisitorField, type VisitorField } from '../kernel/visitor-fields.js'
import type { Lang } from '../messages/index.js'
import { id, instant, personsInQuery } from '../platform/http/fields.js'

export interface PlaceQuery {
  sede?: string
}
export const placeQuery = query<PlaceQuery>({ sede: id() })

export interface PlaceForm {
  site: string
  service: string
  persons: number
}
export const placeForm = Joi.object<PlaceForm>({
  site: id().required(),
  service: id().required(),
  persons: personsInQuery(),
})

/** The form of the place as it stands, sent by one of them. */
export interface PlaceAside extends Partial<PlaceForm> {
  action: Lang
}
export const placeAside = Joi.object<PlaceAside>({
  action: language(),
  site: id(),
  service: id(),
  persons: personsInQuery(),
})
/** `choiceMark` of the draft the form was shown for. */
const choice = () => Joi.string().hex().length(16).required()
/** The other buttons of a step, all of which keep what is typed so far: more time, a step back, another language (D3). */
export type StepAction = 'extend' | 'back' | 'it' | 'en'
const action = () => Joi.valid('extend', 'back', 'it', 'en')

export interface SlotForm {
  choice: string
  start: Date
}
export const slotForm = Joi.object<SlotForm>({ choice: choice(), start: instant().required() })

export interface DetailsForm {
  choice: string
  action?: StepAction
  notes: string | null
}
export const detailsForm = Joi.object<DetailsForm>({ choice: choice(), action: action(), notes: notesField() })

/** Only what may be there at all; what is right is `visitorForm`'s to say. */
const typed = () => Joi.string().max(2000).allow('')

export type VisitorFields = { choice: string; action?: StepAction } & Partial<Record<VisitorField, string>>
export const visitorFields = Joi.object<VisitorFields>({
  choice: choice(),
  action: action(),
  ...eachVisitorField(typed),
})

/** The option that stands for every Comune outside the ASST. */
export const OTHER_COMUNE = 'altro'

export interface ConfirmForm {
  key: string
}
export const confirmForm = Joi.object<ConfirmForm>({ key: Joi.string().max(64).required() })

/** Which step to come back to. */
export const renewForm = Joi.object<{ step: 'details' | 'visitor' | 'summary' }>({
  step: Joi.valid('details', 'visitor', 'summary').required(),
})
