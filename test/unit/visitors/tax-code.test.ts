import { expect } from 'chai'
import { birthDateOf, readTaxCode } from '../../../src/visitors/index.js'
import { canonicalTaxCode } from '../../../src/visitors/tax-code.js'

const VALID = {
  // domain.md, "Identifiers"
  'codice-fiscale': ['MRTMTT25D09F205Z', 'RSSMRA85T10A562S', 'RSSMRA74D22A001Q'],
  'codice-fiscale with omocodia': ['MRTMTT25D09F20RU', 'MRTMTT25D09F2LRF', 'RSSMRA85T10A56NH'],
  // traps.md, T40
  'codice-fiscale and its variants': ['RSSMRA80A01H501U', 'RSSMRA80A01H50MM', 'RSSMRA80A01HRLMS', 'RSSMRAULALMHRLMD'],
  // names of few letters, born abroad, last day of a month, 29 February of a year 00
  'codice-fiscale of rare names and days': [
    'FOXXXX90A41Z330D',
    'NGXLIX90A01Z210C',
    'OXXMRA90A01Z213J',
    'RSSMRA80A71H501B',
    'RSSMRA00B29H501Y',
  ],
  provisional: ['12345678903'],
  stp: ['STP0101011234567'],
  eni: ['ENI0101011234567'],
}

const FAULTY = {
  characters: ['RSSMRA80A01H50!U', 'RSSMRA80A01H501Ù', '<b>', 'RSSMRA80A01H501\0'],
  length: [
    '',
    '   ',
    'RSSMRA80A01H501',
    'RSSMRA80A01H501UU',
    'RSSMRA80A01',
    '1234567890',
    '123456789012',
    'STP010101123456',
    '-'.repeat(65),
    '\u202ERSSMRA80A01H501',
  ],
  format: [
    'RSSMRA8OA01H501I',
    'RSSMRA80F01H501G',
    'ARAMRA80A01H501B',
    'RAGMRA80A01H501F',
    'AXAMRA80A01H501H',
    'R5SMRA80A01H501U',
    '1234567890123456',
  ],
  foreign: ['STP01010112345A7', 'ENI0101011234S67'],
  date: [
    'RSSMRA80B30H501X',
    'RSSMRA81B29H501R',
    'RSSMRA80D31H501D',
    'RSSMRA80A00H501V',
    'RSSMRA80A32H501C',
    'RSSMRA80A40H501Z',
    'RSSMRA80A72H501G',
  ],
  checkLetter: ['GLABNC72H25H501Y', 'SPNDNL80R13C555X', 'RSSMRA85T10A562T', 'RSSMRA85T01A562S'],
  checkDigit: ['12345678904', '21345678903'],
}

describe('tax code', () => {
  for (const [title, codes] of Object.entries(VALID)) {
    const kind = title.split(' ')[0]
    for (const value of codes) {
      it(`${value} is a ${title}`, () => expect(readTaxCode(value)).to.deep.equal({ kind, value }))
    }
  }

  for (const [fault, codes] of Object.entries(FAULTY)) {
    for (const code of codes)
      it(`${JSON.stringify(code)} has the fault ${fault}`, () => expect(readTaxCode(code)).to.equal(fault))
  }

  it('is upper-cased and rid of blanks, dashes and direction marks, as people type, paste and scan it', () => {
    for (const typed of [
      'rssmra85t10a562s',
      ' RSS MRA 85T10 A562S ',
      'RSSMRA85T10A562S\r\n',
      'Rss\u00A0Mra85T10a562s',
      '\u202ARSSMRA85T10A562S\u202C',
      'RSSMRA\u202F85T10\u2009A562S',
      'RSSMRA–85T10-A562S',
    ]) {
      expect(readTaxCode(typed)).to.deep.equal({ kind: 'codice-fiscale', value: 'RSSMRA85T10A562S' })
    }
    expect(readTaxCode('stp 010101 1234567')).to.deep.equal({ kind: 'stp', value: 'STP0101011234567' })
    expect(readTaxCode('123 456 78903')).to.deep.equal({ kind: 'provisional', value: '12345678903' })
  })

  it('is not made of letters that only upper-case to ours, nor of other digits', () => {
    for (const typed of ['ßSMRA85T10A562SA', 'RſSMRA85T10A562S', 'RSSMRA٨٥T10A562S', 'ＲSSMRA85T10A562S']) {
      expect(readTaxCode(typed)).to.equal('characters')
    }
  })
})

describe('birth date in a tax code', () => {
  const born = (code: string, today: string): string | null => {
    const taxCode = readTaxCode(code)
    if (typeof taxCode === 'string') throw new Error(`${code}: ${taxCode}`)
    return birthDateOf(taxCode, today)
  }

  it('is the same for a code and its omocodia variants, for men and women', () => {
    for (const code of ['RSSMRA80A01H501U', 'RSSMRA80A01HRLMS', 'RSSMRAULALMHRLMD']) {
      expect(born(code, '2026-11-24')).to.equal('1980-01-01')
    }
    expect(born('RSSMRA80A71H501B', '2026-11-24')).to.equal('1980-01-31')
  })

  it('is never after today', () => {
    expect(born('MRTMTT25D09F205Z', '2026-11-24')).to.equal('2025-04-09')
    expect(born('MRTMTT25D09F205Z', '2025-04-09')).to.equal('2025-04-09')
    expect(born('MRTMTT25D09F205Z', '2025-04-08')).to.equal('1925-04-09')
  })

  it('is a 29 February that exists', () => {
    expect(born('RSSMRA00B29H501Y', '2026-11-24')).to.equal('2000-02-29')
    expect(born('RSSMRA00B29H501Y', '2126-11-24')).to.equal('2000-02-29')
    expect(born('RSSMRA00B29H501Y', '2000-02-28')).to.equal(null)
  })

  it('is unknown for provisional, STP and ENI codes', () => {
    for (const code of ['12345678903', 'STP0101011234567', 'ENI0101011234567'])
      expect(born(code, '2026-11-24')).to.equal(null)
  })
})

describe('one person has one code (K5, T40)', () => {
  const variants = ['RSSMRA80A01H501U', 'RSSMRA80A01H50MM', 'RSSMRA80A01HRLMS', 'RSSMRAULALMHRLMD']
  for (const variant of variants)
    it(`${variant} is ${variants[0]}`, () => expect(canonicalTaxCode(variant)).to.equal(variants[0]))

  for (const code of ['MRTMTT25D09F205Z', 'LNLLSN80L64L219X', '12345678903', 'STP0101011234567', 'ENI0101011234567'])
    it(`${code} stays as it is`, () => expect(canonicalTaxCode(code)).to.equal(code))
})
