import { expect } from 'chai'
import { COMUNI, comuneByIstat, mayBook } from '../../../src/visitors/index.js'

describe('Comuni', () => {
  it('are the 49 of the ASST, by name, each with its own codes', () => {
    expect(COMUNI).to.have.length(49)
    expect(COMUNI.map(({ name }) => name)).to.deep.equal(
      COMUNI.map(({ name }) => name).sort(new Intl.Collator('it').compare),
    )
    for (const code of ['istat', 'cadastral', 'name'] as const) {
      expect(new Set(COMUNI.map((comune) => comune[code])).size, code).to.equal(49)
    }
    for (const { istat, cadastral, postcode } of COMUNI) {
      expect(`${istat} ${cadastral} ${postcode}`).to.match(/^\d{6} [A-Z]\d{3} \d{5}$/)
    }
  })

  it('are found by ISTAT code', () => {
    expect(comuneByIstat('015118')).to.include({ name: 'Legnano', cadastral: 'E514', postcode: '20025' })
    for (const code of ['015146', '', 'constructor', '__proto__', ' 015118']) expect(comuneByIstat(code)).to.equal(null)
  })

  it('are those whose residents may book: Legnano may, Milano may not (K6)', () => {
    expect(mayBook('015118')).to.equal(true)
    expect(mayBook('015146')).to.equal(false)
  })
})
