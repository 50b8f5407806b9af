import { createInstance, type TOptions } from 'i18next'
import { en } from './en/index.js'
import { it } from './it/index.js'
import type { GroupOf, KeyOf, MessageKey, Topic } from './keys.shape.js'
import type { Lang } from './lang.shape.js'
import { readySentences } from './ready-sentences.js'

export const LANGS = ['it', 'en'] as const satisfies readonly Lang[]
export type { GroupOf, KeyOf, Lang, MessageKey }

/** `t('problems.slot-full')`: the sentence people read. Values are not escaped here; the view does that. */
export type Translate = (key: MessageKey, values?: TOptions) => string

const i18n = createInstance()
await i18n.init({
  resources: { it: { translation: it }, en: { translation: en } },
  fallbackLng: false,
  interpolation: { escapeValue: false },
})

const speak = (lang: Lang, words: object): Translate => {
  const [ready, say] = [readySentences(words, lang), i18n.getFixedT(lang)]
  return (key, values) => ready(key, values) ?? say(key, values ?? {})
}

const translators: Record<Lang, Translate> = { it: speak('it', it), en: speak('en', en) }

export const translator = (lang: Lang): Translate => translators[lang]

/**
 * True when the sentence exists: the one door for keys that only the run knows – the code of a problem, of a field's fault.
 * Whoever goes through it has a sentence for the case that there is none.
 */
export const hasMessage = (key: string): key is MessageKey => i18n.exists(key, { lng: 'it' })

/** The sentences of a topic as they are written, `{{values}}` and all, for a page's scripts to fill (public/js/kit/words.ts). */
export const sentences = (lang: Lang, topic: Topic): Record<string, unknown> =>
  i18n.getResource(lang, 'translation', topic) as Record<string, unknown>
