/** The page's sentences, as the server put them into it (views/layout/words.ejs). */
const words: unknown = JSON.parse(document.getElementById('words')?.dataset.words ?? '{}')

const inside = (group: unknown, name: string): unknown =>
  typeof group === 'object' && group !== null ? (group as Record<string, unknown>)[name] : undefined

/** A sentence by a key of the page's own topic: `say('called', { counter: '3' })`; with `count` its singular or plural. */
export type Say<Key extends string> = (key: Key, values?: object) => string

/**
 * A sentence with its values, by a key that is put together from what the server says. Whoever knows the key when the
 * code is written takes `speaker`, where one that is not there does not compile.
 */
export function sentence(key: string, values: object = {}): string {
  const given = values as Record<string, string | number | null | undefined>
  const form = given.count === undefined ? key : `${key}_${given.count === 1 ? 'one' : 'other'}`
  const find = (path: string) => path.split('.').reduce(inside, words)
  const text = find(form) ?? find(key)
  if (typeof text !== 'string') throw new Error(`no sentence ${key}`)
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(given[name] ?? ''))
}

/** For the keys of the topic that the page was given: `speaker<KeyOf<'ticket'>>()`. */
export const speaker = <Key extends string>(): Say<Key> => sentence
