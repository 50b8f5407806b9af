import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import { hasMessage } from '../../../src/messages/index.js'
import { en } from '../../../src/messages/en/index.js'
import { it as italian } from '../../../src/messages/it/index.js'
import { readFiles } from '../../support/architecture/scan.js'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../../..')
const rooms = ['citizen', 'own-booking', 'booking-steps', 'home']
const sources = ['views', ...rooms.map((room) => `src/${room}`)].flatMap((folder) =>
  readFiles(ROOT, folder, ['.ejs', '.ts']),
)
const known = (key: string): boolean => hasMessage(key) || hasMessage(`${key}_one`)

/** Every text under `tree` by its path. */
function leaves(tree: object, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]: [string, unknown]) => {
    const here = path === '' ? key : `${path}.${key}`
    return typeof value === 'object' && value !== null
      ? leaves(value, here)
      : [[here, String(value)] as [string, string]]
  })
}

describe('the texts of the citizen’s pages', () => {
  it('exist for every key a page asks for', () => {
    const asked = sources.flatMap(({ text }) =>
      [...text.matchAll(/'(citizen\.[a-zA-Z0-9.-]+)'/g)].map(([, key]) => key as string),
    )
    expect(asked.length).to.be.greaterThan(150)
    expect(asked.filter((key) => !known(key))).to.deep.equal([])
  })

  it('are all used', () => {
    const text = sources.map((source) => source.text).join('\n')
    const used = (key: string): boolean => {
      const parts = key.replace(/_(one|other)$/, '').split('.')
      // A key may be put together: `citizen.booking.status.${booking.state}`.
      return (
        text.includes(`'${parts.join('.')}'`) ||
        parts.some((_, i) => i > 1 && text.includes(`\`${parts.slice(0, i).join('.')}.\${`))
      )
    }
    expect(
      leaves({ citizen: italian.citizen })
        .map(([key]) => key)
        .filter((key) => !used(key)),
    ).to.deep.equal([])
  })

  it('are whole in English: nothing empty, nothing left in Italian, the same values in them', () => {
    const english = new Map(leaves(en.citizen))
    const values = (text: string) =>
      [...text.matchAll(/{{(\w+)}}/g)].map(([, name]) => name ?? '').sort((a, b) => a.localeCompare(b))
    for (const [key, text] of leaves(italian.citizen)) {
      expect(english.get(key), key).to.be.a('string').and.not.equal('')
      expect(values(english.get(key) ?? ''), key).to.deep.equal(values(text))
      if (text.length > 25) expect(english.get(key), key).not.to.equal(text)
    }
  })
})
