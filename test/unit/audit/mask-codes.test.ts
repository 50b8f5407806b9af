import { expect } from 'chai'
import { maskCodes } from '../../../src/audit/mask-codes.js'

describe('identifiers in what staff write (A3)', () => {
  for (const spelled of [
    'RSSMRA85T10A562S',
    'rssmra85t10a562s',
    'RSS MRA 85T10 A562S',
    'RSSMRA-85T10-A562S',
    'rss.mra.85t10.a562s',
    'R S S M R A 8 5 T 1 0 A 5 6 2 S',
    'RSSMRA–85T10–A562S',
    '\u202aRSSMRA85T10A562S\u202c',
    'RSSMRAULALMHRLMD',
    'rssmra 80a01 hrlms',
    'STP0101011234567',
    'stp 010101 1234567',
    'ENI-0101011234567',
    '12345678903',
    '123 456 789 03',
  ])
    it(`${JSON.stringify(spelled)} is masked`, () => {
      const masked = maskCodes(`al telefono dice: ${spelled}, grazie`)
      expect(masked)
        .to.include('[codice fiscale]')
        .and.match(/^al telefono dice: .*, grazie$/u)
      expect(masked).not.to.match(/[0-9]/)
    })

  for (const text of [
    'viene anche per il figlio alle 10:30',
    'numero P001, sportello 3',
    'nato il 10/12/1985',
    'Legnano 2026-11-24',
  ])
    it(`${text} stays`, () => expect(maskCodes(text)).to.equal(text))

  it('long texts take no time (T29)', () => {
    for (const piece of ['A', 'a ', '1', '1-', 'STP1', '- . ']) {
      const startedMs = performance.now()
      maskCodes(piece.repeat(5000))
      expect(performance.now() - startedMs, piece).to.be.below(1000)
    }
  })
})
