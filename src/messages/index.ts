import { createInstance, type TOptions } from 'i18next'
import { en } from './en/index.js'
import { it } from './it/index.js'
import type { Lang } from './lang.shape.js'

export const LANGS = ['it', 'en'] as const satisfies readonly Lang[]
export type { Lang }

/** `t('problems.slot-full')`: the sentence people read. Values are not escaped here; the view does that. */
export type Translate = (key: string, values?: TOptions) => string

const i18n = createInstance()
await i18n.init({
  resources: { it: { translation: it }, en: { translation: en } },
  fallbackLng: false,
  interpolation: { escapeValue: false },
})

const speak = (lang: Lang): Translate => {
  const say = i18n.getFixedT(lang)
  return (key, values = {}) => say(key, values)
}

const translators: Record<Lang, Translate> = { it: speak('it'), en: speak('en') }

export const translator = (lang: Lang): Translate => translators[lang]

/** True when the sentence exists. */
export const hasMessage = (key: string): boolean => i18n.exists(key, { lng: 'it' })

/** The sentences of a topic as they are written, `{{values}}` and all, for a page's scripts to fill (public/js/words.js). */
export const sentences = (lang: Lang, topic: string): Record<string, unknown> =>
  i18n.getResource(lang, 'translation', topic) as Record<string, unknown>
