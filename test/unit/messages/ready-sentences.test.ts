import { expect } from 'chai'
import { createInstance } from 'i18next'
import { type Lang, LANGS } from '../../../src/messages/index.js'
import { en } from '../../../src/messages/en/index.js'
import { it as italian } from '../../../src/messages/it/index.js'
import { readySentences } from '../../../src/messages/ready-sentences.js'

const WORDS: Record<Lang, object> = { it: italian, en }
const COUNTS = [0, 1, 2, 3, 6, 11, 21, 100, 999, 1_000_000, 1.5, -1]
/** Whatever a person or a manager may have typed: it must stand there as it is. */
const TYPED = [
  "Nicolò D'Angelo",
  '',
  '$& $1 $$',
  '{{day}}',
  '$t(problems.invalid)',
  '<b>&',
  '{{- day}}',
  '}} {{',
  0,
  12.5,
]

/** i18next as the house starts it. */
const judge = createInstance()
await judge.init({
  resources: { it: { translation: italian }, en: { translation: en } },
  fallbackLng: false,
  interpolation: { escapeValue: false },
})

const keysOf = (group: object, prefix = ''): string[] =>
  Object.entries(group).flatMap(([name, text]: [string, unknown]) =>
    typeof text === 'string' ? [prefix + name] : keysOf(text as object, `${prefix}${name}.`),
  )

const namesIn = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '')

for (const lang of LANGS)
  describe(`sentences made ready, ${lang}`, () => {
    const [ready, say, keys] = [readySentences(WORDS[lang], lang), judge.getFixedT(lang), keysOf(WORDS[lang])]
    const textOf = (key: string): string => judge.getResource(lang, 'translation', key) as string
    const stems = [...new Set(keys.map((key) => key.replace(/_(zero|one|many|other)$/, '')))]
    /** All values that any form of a sentence names. */
    const namesOf = (stem: string): string[] => [
      ...new Set(
        keys.filter((key) => key === stem || key.startsWith(`${stem}_`)).flatMap((key) => namesIn(textOf(key))),
      ),
    ]

    it('without values are i18next’s, and none that needs no value is left to it', () => {
      for (const key of [...keys, ...stems]) {
        const said = ready(key)
        if (said !== null) expect(said, key).to.equal(say(key))
        else expect(keys.includes(key) && namesIn(textOf(key)).length === 0, key).to.equal(false)
      }
    })

    it('with values are i18next’s, whatever is filled in and however many are counted', () => {
      let compared = 0
      for (const stem of stems) {
        const names = namesOf(stem)
        for (const [index, count] of [...COUNTS.entries(), [0, undefined] as const]) {
          const typed = names.map((name, i) => [name, TYPED[(index + i) % TYPED.length]] as const)
          const values = { ...Object.fromEntries(typed), ...(count !== undefined && { count }) }
          const said = ready(stem, values)
          if (said === null) continue
          compared++
          expect(said, `${stem} ${JSON.stringify(values)}`).to.equal(say(stem, values))
        }
      }
      expect(compared).to.be.greaterThan(stems.length * COUNTS.length * 0.5)
    })

    it('are left to i18next when there is none, when a value is missing, and when more is said than a sentence names', () => {
      expect(ready('problems.no-such')).to.equal(null)
      expect(ready('problems')).to.equal(null)
      expect(ready('constructor')).to.equal(null)
      expect(ready('when', { day: 'oggi' })).to.equal(null)
      expect(ready('when', { day: 'oggi', time: null })).to.equal(null)
      expect(ready('when', { day: 'oggi', time: '9:00', lng: 'en' })).to.equal(null)
    })
  })
