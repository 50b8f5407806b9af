// docs/rules.md and the code go together: what is cited is written there, and what is written there is tested.
import { expect } from 'chai'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** A code as it is cited: a letter of the rules and one or two digits, alone in its word. */
const CODE = /(?<![\w.#/&-])([SKLWQBVXCDAMIT])(\d{1,2})(?![\w-]|:\d)/g

/** Where a source speaks to its readers: comments, what stands in brackets, and codes that begin a test's title. */
const SPEECH =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|<%#[\s\S]*?%>|<!--[\s\S]*?-->|(?<=^|\s)#[^\n]*|(?<!\w)\([^()\n]{1,120}\)|(?<=\b(?:it|describe)\(['`])(?:(?:case )?[A-Z]\d{1,2}(?:, |: ))+/g

const SOURCES = /\.(ts|js|mjs|ejs|css|json|sh|html)$/

function filesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(folder, entry.name)
    if (entry.isDirectory()) return filesOf(name)
    return SOURCES.test(entry.name) ? [name] : []
  })
}

function citedIn(text: string): Set<string> {
  const cited = new Set<string>()
  for (const [passage] of text.matchAll(SPEECH)) {
    // A case of other systems is cited as `case C05`, and is no rule.
    for (const [, letter, digits] of passage.replaceAll(/\bcases? [A-Z]\d+/g, '').matchAll(CODE)) {
      cited.add(`${letter}${digits}`)
    }
  }
  return cited
}

function definedRules(): string[] {
  return [...readFileSync('docs/rules.md', 'utf8').matchAll(/^- \*\*([A-Z]\d{1,2})\*\*/gm)].map(
    ([, code]) => code ?? '',
  )
}

describe('the rules and the code', () => {
  const defined = definedRules()
  const known = new Set(defined)

  it('says each rule once', () => {
    expect(defined).to.have.length.above(60)
    expect(defined.filter((code, index) => defined.indexOf(code) !== index)).to.deep.equal([])
  })

  it('finds no code in any source that the page does not say', () => {
    const lost = ['src', 'test', 'migrations', 'views', 'public', 'bench', 'scripts']
      .flatMap(filesOf)
      .flatMap((file) =>
        [...citedIn(readFileSync(file, 'utf8'))].filter((code) => !known.has(code)).map((code) => `${file}: ${code}`),
      )
    expect(lost).to.deep.equal([])
  })

  it('finds each rule of the page in the words of a test', () => {
    const tested = new Set(filesOf('test').flatMap((file) => [...citedIn(readFileSync(file, 'utf8'))]))
    expect(defined.filter((code) => !tested.has(code))).to.deep.equal([])
  })
})
