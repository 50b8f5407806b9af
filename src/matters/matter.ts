import type { Lang } from '../messages/index.js'

/** One text in each language. */
export type Words = Record<Lang, string>

/** Where a matter can be settled: elsewhere, or at a counter in one of three manners. */
export type WayKind = 'fse' | 'pharmacy' | 'virtual-counter' | 'booked' | 'walk-in' | 'pick-up'

/** A way only advises: any matter may be booked (M1). */
export interface MatterWay {
  kind: WayKind
  /** Whose seats or numbers these are; null where it is not ours. */
  service: string | null
  /** For whom, or when, this way is open; null: always. */
  condition: Words | null
}

/** A thing to bring; `when`: only then. */
export interface MatterDocument {
  text: Words
  when: Words | null
}

/** A sheet to fill in; without an address it is handed out at the counter. */
export interface MatterForm {
  text: Words
  href: string | null
}

export interface MatterLink {
  text: Words
  href: string
}

/** What one comes for (M1): configuration, edited without a release. */
export interface Matter {
  /** kebab-case, in the lasting address of its page (M6): it should not say why somebody comes */
  id: string
  nameIt: string
  nameEn: string
  /** What it is, and for whom; one paragraph a line. */
  aboutIt: string
  aboutEn: string
  /** In the order in which they are recommended. */
  ways: MatterWay[]
  documents: MatterDocument[]
  forms: MatterForm[]
  links: MatterLink[]
  /** How much of a person's time at the counter it takes, 1–3. */
  weight: number
  /** Shown with the words "dati di esempio": nothing official is known of it (domain.md). */
  isExample: boolean
  position: number
}

export const matterName = (matter: Matter, lang: Lang): string => (lang === 'en' ? matter.nameEn : matter.nameIt)

export const aboutMatter = (matter: Matter, lang: Lang): string[] =>
  (lang === 'en' ? matter.aboutEn : matter.aboutIt).split('\n').filter((line) => line !== '')

/** What to bring, each with its condition; null where the matter does not say, or there is none (M5). */
export function thingsToBring(matter: Matter | null, lang: Lang): string[] | null {
  const things = (matter?.documents ?? []).map(({ text, when }) => text[lang] + (when ? ` (${when[lang]})` : ''))
  return things.length === 0 ? null : things
}
