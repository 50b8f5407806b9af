import { expect } from 'chai'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'acorn'
import { transformSync } from 'esbuild'
import { builtPages } from '../../support/built.js'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

/** What Chromium 80 cannot do, unless it is asked for first: `(at|in|replaceChildren …)` as a call or a name. */
const NEWER =
  /\.(at|replaceAll|replaceChildren|hasOwn|findLast|findLastIndex|toSorted|toReversed|with|groupBy|checkVisibility)\(|\bstructuredClone\b|\bAbortSignal\.(timeout|any)\b|\bPromise\.(any|withResolvers)\b|\breportError\b|\bWeakRef\b|\brandomUUID\b/g

describe('the script of a display', function () {
  this.timeout(60_000)

  const script = (name: string): string => readFileSync(`${ROOT}dist${builtPages()[name] ?? ''}`, 'utf8')

  it('is one file that a browser of ES2019 reads, Chromium 80 and older', () => {
    const display = script('display.js')
    expect(display.length).to.be.within(20_000, 250_000)
    expect(() => parse(display, { ecmaVersion: 2019, sourceType: 'script' })).not.to.throw()
    expect(() => parse('class A { #a = 1 }', { ecmaVersion: 2019, sourceType: 'script' }), 'the parser').to.throw()
  })

  it('uses nothing that Chromium 80 has not; nor does what keeps it for when the server is away', () => {
    for (const name of ['display.js', 'shell-worker.js'])
      expect([...script(name).matchAll(NEWER)].map(([found]) => found)).to.deep.equal([])
  })

  it('is watched over by one that every browser reads', () => {
    const watch = readFileSync(`${ROOT}public/js/display/watch.ts`, 'utf8')
    // As scripts/bundle.mjs does: types go, nothing is written anew.
    const { code } = transformSync(watch, { loader: 'ts', tsconfigRaw: '{}' })
    expect(() => parse(code, { ecmaVersion: 5, sourceType: 'script' })).not.to.throw()
  })
})
