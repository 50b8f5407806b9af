import type { Lang } from './lang.shape.js'

/** A sentence taken apart: a text, then the name of a value and the text after it, and so on. */
interface Sentence {
  first: string
  rest: { name: string; text: string }[]
}

interface Group {
  [name: string]: string | Group
}

type Values = Readonly<Record<string, unknown>>

const VALUE = /\{\{(\w+)\}\}/
/** What i18next does more with: formats, sentences in sentences. */
const MORE = /\{\{|\}\}|\$t\(/

/**
 * Says a language's sentences as i18next does, from parts made once: i18next reads every sentence anew, which took a sixth
 * of a page. It answers null – ask i18next – for anything but sentences there are, with exactly the values that they name,
 * as texts and numbers. A test says every sentence both ways (test/unit/messages/ready-sentences.test.ts).
 */
export function readySentences(words: object, lang: Lang): (key: string, values?: Values) => string | null {
  const sentences = new Map<string, Sentence>()
  collect(words as Group, '', sentences)
  const plurals = new Intl.PluralRules(lang)
  /** In i18next's order: `…_zero` for none, the form of the language, then the sentence without forms. */
  const counted = (key: string, count: number): Sentence | undefined => {
    const none = count === 0 ? sentences.get(`${key}_zero`) : undefined
    return none ?? sentences.get(`${key}_${plurals.select(count)}`) ?? sentences.get(key)
  }
  return (key, values) => {
    if (values === undefined) return plain(sentences.get(key))
    const { count } = values
    const sentence = typeof count === 'number' ? counted(key, count) : sentences.get(key)
    return sentence ? filled(sentence, values) : null
  }
}

function collect(group: Group, prefix: string, sentences: Map<string, Sentence>): void {
  for (const [name, text] of Object.entries(group)) {
    if (typeof text !== 'string') collect(text, `${prefix}${name}.`, sentences)
    else if (!MORE.test(text.replaceAll(new RegExp(VALUE, 'g'), ''))) sentences.set(prefix + name, partsOf(text))
  }
}

function partsOf(text: string): Sentence {
  const [first = '', ...others] = text.split(VALUE)
  const names = others.filter((_, index) => index % 2 === 0)
  return { first, rest: names.map((name, index) => ({ name, text: others[index * 2 + 1] ?? '' })) }
}

const plain = (sentence: Sentence | undefined): string | null =>
  sentence && sentence.rest.length === 0 ? sentence.first : null

/** @returns null when a value is missing, or is one that the sentence does not name: it may mean more to i18next */
function filled({ first, rest }: Sentence, values: Values): string | null {
  for (const name in values) if (name !== 'count' && !rest.some((part) => part.name === name)) return null
  let said = first
  for (const { name, text } of rest) {
    const value = values[name]
    if (typeof value !== 'string' && typeof value !== 'number') return null
    said += value + text
  }
  return said
}
