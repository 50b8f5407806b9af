/** The page's sentences, as the server put them into it (views/layout/words.ejs). */
const words = JSON.parse(document.getElementById('words')?.dataset.words ?? '{}')

/**
 * A sentence with its values: `say('called', { counter: '3' })`; with `count` the singular or the plural of it.
 * @param {string} key of a sentence, `part.name` for one inside a group
 * @param {Record<string, string | number>} [values]
 */
export function say(key, values = {}) {
  const form = values.count === undefined ? key : `${key}_${values.count === 1 ? 'one' : 'other'}`
  const find = (path) => path.split('.').reduce((part, name) => part?.[name], words)
  const text = find(form) ?? find(key)
  if (typeof text !== 'string') throw new Error(`no sentence ${key}`)
  return text.replace(/\{\{(\w+)\}\}/g, (_, name) => String(values[name] ?? ''))
}
