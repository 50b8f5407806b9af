import Joi, { type ObjectSchema } from 'joi'
import { notesField } from '../bookings/index.js'
import type { Lang } from '../messages/index.js'
import { check } from '../platform/http/check.js'
import { day, id, instant, personsInQuery } from '../platform/http/fields.js'
import { VISITOR_FIELDS } from './booking-draft.js'

/** What an address may ask of a page; anything else in it (a mail's `utm_…`) is not ours and is not read. */
const query = <T>(keys: Joi.PartialSchemaMap<T>): ObjectSchema<T> => Joi.object<T>(keys).unknown()

export interface PlaceQuery {
  sede?: string
}
export const placeQuery = query<PlaceQuery>({ sede: id() })

export interface CalendarAddress {
  /** `2026-11` */
  mese?: string
  giorno?: string
  /** The time chosen and not sent yet, through a change of language (D3). */
  ora?: Date
}
export const calendarAddress = query<CalendarAddress>({
  mese: Joi.string().pattern(/^(19[7-9]\d|2[01]\d\d)-(0[1-9]|1[0-2])$/),
  giorno: day(),
  ora: instant(),
})

export const dayAddress = query<{ giorno: string }>({ giorno: day().required() })

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

/** The languages' own buttons, which keep what is chosen so far (D3). */
const language = () => Joi.valid('it', 'en').required()
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
/** The form of a day's times as it stands. */
export const timesAside = Joi.object<{ action: Lang; start?: Date }>({ action: language(), start: instant() }).unknown()

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

export const moveForm = Joi.object<{ start: Date }>({ start: instant().required() })

export interface DetailsForm {
  choice: string
  action?: StepAction
  notes: string | null
}
export const detailsForm = Joi.object<DetailsForm>({ choice: choice(), action: action(), notes: notesField() })

/** Only what may be there at all; what is right is `visitorForm`'s to say. */
const typed = () => Joi.string().max(2000).allow('')

export type VisitorFields = { choice: string; action?: StepAction } & Partial<
  Record<(typeof VISITOR_FIELDS)[number], string>
>
export const visitorFields = Joi.object<VisitorFields>({
  choice: choice(),
  action: action(),
  ...Object.fromEntries(VISITOR_FIELDS.map((field) => [field, typed()])),
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

/** A button that says all by itself. */
export const emptyForm = Joi.object<Record<string, never>>({})

/** The page of a day's times in another language, with the time chosen so far: an address tells nothing of the person. */
export function pathInLanguage(
  path: string,
  asked: unknown,
  { action, start }: { action: Lang; start?: Date },
): string {
  const { giorno, mese } = check(calendarAddress, asked)
  const kept = { ...(mese && { mese }), ...(giorno && { giorno }), ...(start && { ora: start.toISOString() }) }
  return `${path}?${new URLSearchParams({ ...kept, lang: action }).toString()}`
}
