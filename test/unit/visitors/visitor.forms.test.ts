import { expect } from 'chai'
import { visitor as english } from '../../../src/messages/en/visitor.js'
import { visitor as italian } from '../../../src/messages/it/visitor.js'
import { type Visitor, visitorForm } from '../../../src/visitors/index.js'

const typed = {
  firstName: 'Nicolò',
  lastName: "D'Angelo-Müller",
  taxCode: 'RSSMRA85T10A562S',
  email: 'nicolo@example.it',
  phone: '+39 02 1234567',
  comune: '015118',
}

const read = (values: unknown): Visitor => {
  const { value, error } = visitorForm.validate(values)
  if (error) throw error
  return value
}

/** `field code` of each fault. */
const faults = (values: unknown): string[] =>
  visitorForm
    .validate(values, { abortEarly: false })
    .error?.details.map(({ path, type }) => `${path.join('.')} ${type}`) ?? []

const faultsOf = (field: string, value: unknown): string[] => faults({ ...typed, [field]: value })

const ACCEPTED = {
  firstName: [
    ['  Maria  Grazia ', 'Maria Grazia'],
    ['Nicolo\u0300', 'Nicolò'],
    ['D’Angelo', 'D’Angelo'],
    ['J. R.', 'J. R.'],
    ['Maria\u00A0Rosa', 'Maria Rosa'],
    ['محمد', 'محمد'],
    ['李小龍', '李小龍'],
    ['प्रिया', 'प्रिया'],
    ['𠮷'.repeat(60), '𠮷'.repeat(60)],
    // case K07
    ['O', 'O'],
    ['Nguyễn Thị Ánh', 'Nguyễn Thị Ánh'],
    ['G. B.', 'G. B.'],
    ['Maria Pia Anna Rosa Lucia', 'Maria Pia Anna Rosa Lucia'],
  ],
  lastName: [
    ["D'Angelo-Müller", "D'Angelo-Müller"],
    ['’t Hooft', '’t Hooft'],
    ['Đặng', 'Đặng'],
    ...["D'Alò", 'D’Alò', 'D´Alò', 'D`Alò', 'D′Alò', 'DʼAlò'].map((name) => [name, name] as const),
  ],
  taxCode: [
    ['rss mra 85t10 a562s', 'RSSMRA85T10A562S'],
    ['12345678903', '12345678903'],
    ['stp0101011234567', 'STP0101011234567'],
    ['ENI0101011234567', 'ENI0101011234567'],
  ],
  email: [
    ["Giulia.D'Amico@example.org", "giulia.d'amico@example.org"],
    [' Maria.Rossi+Turno@Example.IT ', 'maria.rossi+turno@example.it'],
  ],
  phone: [
    ['+39 333 123 4567', '+393331234567'],
    ['02/123.45-67', '021234567'],
    ['(02) 1234567', '021234567'],
    ['', null],
    ['  ', null],
    [null, null],
    [undefined, null],
    ['123456', '123456'],
    [`+${'1'.repeat(15)}`, `+${'1'.repeat(15)}`],
    ['0039 333 1234567', '00393331234567'],
    ['\u202A333\u202F123\u20094567\u202C', '3331234567'],
    ['0331–123456', '0331123456'],
  ],
  comune: [
    ['015118', '015118'],
    ['015146', '015146'],
  ],
} as const

const badNames = [
  'A\0',
  'Mar\nia',
  'a\u202Eb',
  '\u2066a',
  'a\u200Bb',
  'Maria2',
  '٣',
  '<b>Maria</b>',
  'a&b',
  'a;b',
  '=1+1',
  '\u3164',
  "'",
  '- .',
  '\uD800',
  '😀',
  // X6, case K07: addresses and sentences
  'www.premio.example',
  'bit.ly',
  '.it',
  'G.B.',
  'a..',
  'ester·na',
  'Clicca qui per il suo premio',
]

const REFUSED: Record<string, Record<string, readonly unknown[]>> = {
  firstName: {
    'firstName.long': ['a'.repeat(61), '𠮷'.repeat(61)],
    'firstName.characters': badNames,
  },
  lastName: {
    'lastName.long': ['a'.repeat(61)],
    'lastName.characters': badNames,
  },
  taxCode: {
    'taxCode.required': ['', '   ', undefined],
    'taxCode.characters': ['RSSMRA85T10.A562S', 'RSSMRA85T10A562S\0'],
    'taxCode.length': ['RSSMRA85T10A562'],
    'taxCode.format': ['RSSMRA85T1OA562S'],
    'taxCode.foreign': ['STP010101123456A'],
    'taxCode.date': ['RSSMRA80B30H501X'],
    'taxCode.checkLetter': ['GLABNC72H25H501Y', 'SPNDNL80R13C555X'],
    'taxCode.checkDigit': ['12345678904'],
  },
  email: {
    'email.required': ['', '  ', undefined],
    'email.format': ['maria', 'cit@x.it, spy@evil.it', 'a@x.it\r\nBcc: b@x.it', 'a@x.it\0', `${'a'.repeat(300)}@x.it`],
  },
  phone: {
    'phone.two': [
      '0331 123456 / 333 1234567',
      '0331 123456, 333 1234567',
      '333 1234567 o 331 7654321',
      '+39 333 1234567 +39 331 7654321',
      '0331 123456 333 1234567',
      '0331123456\n3331234567',
      '0331 123456 - 333 1234567',
      '1'.repeat(21),
    ],
    'phone.format': ['12345', '39+02123456', '++39021234567', 'due', '02 1234567 int. 3', '021234567\0', '٠٢١٢٣٤٥٦٧'],
  },
  comune: {
    'comune.required': ['', undefined],
    'comune.format': ['15118', '0151180', 'E514', ' 015118', '015118\n', 'Legnano', '٠١٥١١٨'],
  },
}

describe('visitor form', () => {
  it('reads what a visitor types', () => {
    expect(read(typed)).to.deep.equal({ ...typed, phone: '+39021234567' })
  })

  for (const [field, pairs] of Object.entries(ACCEPTED)) {
    for (const [value, kept] of pairs) {
      it(`reads ${field} ${JSON.stringify(value)} as ${JSON.stringify(kept)}`, () => {
        expect(read({ ...typed, [field]: value })).to.have.property(field, kept)
      })
    }
  }

  for (const [field, codes] of Object.entries(REFUSED)) {
    for (const [code, values] of Object.entries(codes)) {
      for (const value of values) {
        it(`answers ${code} to ${JSON.stringify(value)?.slice(0, 60)}`, () => {
          expect(faultsOf(field, value)).to.deep.equal([`${field} ${code}`])
        })
      }
      it(`says what to do about ${code} in Italian and English`, () => {
        for (const messages of [italian, english] as Record<string, Record<string, string>>[]) {
          expect(messages[field]?.[code.slice(field.length + 1)])
            .to.be.a('string')
            .that.matches(/^[A-Z].{10,200}$/)
        }
      })
    }
  }

  for (const field of Object.keys(typed)) {
    it(`takes nothing but text as ${field} (T09, T27)`, () => {
      for (const value of [0, 1, 331234567, true, false, [], ['a'], {}, { toString: 'a' }]) {
        expect(faultsOf(field, value)).to.deep.equal([`${field} string.base`])
      }
      if (field !== 'phone') expect(faultsOf(field, null)).to.deep.equal([`${field} string.base`])
    })

    it(`refuses 50 kB of ${field} at once (T29)`, () => {
      for (const piece of ['a', ' ', "'", '1', 'a.', 'a@', '-', '+', 'A1', '\u0300', '\u00A0a']) {
        const long = piece.repeat(50_000 / piece.length)
        const start = performance.now()
        const found = faultsOf(field, `a${long}!`)
        expect(performance.now() - start).to.be.below(500)
        expect(found).to.have.length(1)
      }
    })
  }

  it('refuses unknown fields and anything but an object', () => {
    expect(faults({ ...typed, role: 'admin' })).to.deep.equal(['role object.unknown'])
    for (const value of [0, true, null, [], '', 'a', JSON.stringify(typed)])
      expect(faults(value)).to.deep.equal([' object.base'])
    expect(faults(undefined)).to.deep.equal([' any.required'])
  })

  for (const [names, kept] of [
    [{ firstName: 'Suparman', lastName: '' }, ['Suparman', '']],
    [{ firstName: 'Suparman' }, ['Suparman', '']],
    [{ firstName: ' ', lastName: 'Suparman' }, ['', 'Suparman']],
    [{ lastName: 'Suparman' }, ['', 'Suparman']],
  ] as const)
    it(`takes one name alone: ${JSON.stringify(names)} (M3, case K14)`, () => {
      const { firstName: _f, lastName: _l, ...others } = typed
      const { firstName, lastName } = read({ ...others, ...names })
      expect([firstName, lastName]).to.deep.equal(kept)
    })

  for (const names of [{ firstName: '', lastName: '' }, { firstName: '   ', lastName: '\u00A0' }, {}, { lastName: '' }])
    it(`refuses no name at all: ${JSON.stringify(names)} (M3)`, () => {
      const { firstName: _f, lastName: _l, ...others } = typed
      expect(faults({ ...others, ...names })).to.deep.equal(['firstName firstName.required'])
    })

  it('names all faults at once, in the order in which the form asks', () => {
    expect(faults({ phone: 'x' })).to.deep.equal([
      'firstName firstName.required',
      'taxCode taxCode.required',
      'comune comune.required',
      'email email.required',
      'phone phone.format',
    ])
  })
})
