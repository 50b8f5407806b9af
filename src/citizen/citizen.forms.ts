import Joi, { type ObjectSchema } from 'joi'
import type { Lang } from '../messages/index.js'
import { check } from '../platform/http/check.js'
import { day, instant } from '../platform/http/fields.js'

/** What an address may ask of a page; anything else in it (a mail's `utm_…`) is not ours and is not read. */
export const query = <T>(keys: Joi.PartialSchemaMap<T>): ObjectSchema<T> => Joi.object<T>(keys).unknown()

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

/** The languages' own buttons, which keep what is chosen so far (D3). */
export const language = () => Joi.valid('it', 'en').required()
/** The form of a day's times as it stands. */
export const timesAside = Joi.object<{ action: Lang; start?: Date }>({ action: language(), start: instant() }).unknown()

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
