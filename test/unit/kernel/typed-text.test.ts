import { expect } from 'chai'
import { freeTextOf, withoutSeparators } from '../../../src/kernel/typed-text.js'

describe('what is typed or pasted', () => {
  for (const typed of ['ABCD-2345', 'abcd 2345', '\u202aABCD\u202f2345\u202c', 'ABCD–2345', 'AB\u200bCD\u00a02345\r\n'])
    it(`${JSON.stringify(typed)} is the code alone`, () =>
      expect(withoutSeparators(typed).toUpperCase()).to.equal('ABCD2345'))

  for (const [typed, kept] of [
    ['  Due figli\r\ne la nonna  ', 'Due figli\ne la nonna'],
    ['Perche\u0301', 'Perché'],
    ['می\u200cخواهم', 'می\u200cخواهم'],
    ['👩\u200d👧 😀', '👩\u200d👧 😀'],
    ['a\tb', 'a b'],
  ] as const)
    it(`${JSON.stringify(typed)} is kept as free text`, () => expect(freeTextOf(typed)).to.equal(kept))

  for (const sign of [
    '\0',
    '\u001b',
    '\u0085',
    '\u200e',
    '\u200f',
    '\u202e',
    '\u2066',
    '\u200b',
    '\ufeff',
    '\u2060',
    '\ud800',
    '\u{e0041}',
  ])
    it(`a text with ${JSON.stringify(sign)} is none`, () => expect(freeTextOf(`a${sign}b`)).to.equal(null))
})
