import { expect } from 'chai'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../../../public/css/display', import.meta.url))
const css = readdirSync(folder)
  .map((part) => readFileSync(`${folder}/${part}`, 'utf8').replace(/\/\*.*?\*\//gs, ''))
  .join('\n')
const rules = [...css.matchAll(/([^{}]+)\{([^{}]*)\}/g)].map(([, selector = '', body = '']) => ({ selector, body }))

describe('the style of a display, for Chromium 80', () => {
  it('selects by nothing newer', () => {
    const newer = rules.filter(({ selector }) => /:(has|is|where|focus-visible\b.*,)|:not\([^)]*,|&/.test(selector))
    expect(newer.map(({ selector }) => selector.trim())).to.deep.equal([])
  })

  it('has no gap in flex boxes, no inset and no ratio', () => {
    const flex = rules.filter(({ body }) => /display: flex/.test(body) && /(^|[\s;])((row|column)-)?gap:/.test(body))
    expect(flex.map(({ selector }) => selector.trim())).to.deep.equal([])
    expect(css).not.to.match(/(^|[\s;{])(inset|aspect-ratio|place-self|translate|scale|rotate):/)
    expect(css).not.to.match(/\d(dvh|svh|lvh|dvw)\b|color-mix|oklch|@layer|@container/)
  })

  it('gives a plain size before each one that follows its panel', () => {
    for (const { selector, body } of rules.filter(({ body }) => body.includes('cqh'))) {
      const sizes = body.match(/font-size: [^;]+/g) ?? []
      expect(sizes[0], selector).to.match(/^font-size: [\d.]+rem$/)
      expect(sizes).to.have.length(2)
    }
  })
})
