import { expect } from 'chai'
import { translator } from '../../../src/messages/index.js'
import { reasonWords } from '../../../src/seats/no-slot-reason.js'

type Reason = Parameters<typeof reasonWords>[0]

describe('why there is no slot, in words (S7)', () => {
  const cases: [reason: Reason, italian: RegExp, english: RegExp][] = [
    [{ code: 'past' }, /non si può più/i, /./],
    [{ code: 'full' }, /prenotati/, /./],
    [{ code: 'not-offered' }, /non si prenota/, /./],
    [{ code: 'closed', closed: { kind: 'no-rule' } }, /non si riceve/, /./],
    [{ code: 'closed', closed: { kind: 'holiday', holiday: 'christmas' } }, /Natale/, /Christmas/],
    [{ code: 'closed', closed: { kind: 'closure', reason: 'Assemblea' } }, /Assemblea/, /Assemblea/],
    [{ code: 'closed', closed: { kind: 'closure' } }, /^Chiuso in questo giorno/, /./],
    [{ code: 'not-open-yet', opensOn: '2026-12-01' }, /01\/12\/2026/, /01\/12\/2026/],
  ]
  for (const [reason, italian, english] of cases) {
    it(`${reason.code}: ${JSON.stringify(reason)}`, () => {
      expect(reasonWords(reason, translator('it')).text).to.match(italian)
      const { code, text } = reasonWords(reason, translator('en'))
      expect(code).to.equal(reason.code)
      expect(text)
        .to.match(english)
        .and.not.equal(reasonWords(reason, translator('it')).text)
      expect(text).not.to.match(/reasons\.|holidays\.|\{\{/)
    })
  }

  it('only not-open-yet says on which day it opens', () => {
    expect(reasonWords({ code: 'not-open-yet', opensOn: '2026-12-01' }, translator('it')).opensOn).to.equal(
      '2026-12-01',
    )
    expect(reasonWords({ code: 'full' }, translator('it'))).to.have.all.keys('code', 'text')
  })
})
