import { expect } from 'chai'
import fc from 'fast-check'
import { checkLetter, codiceFiscaleFault } from '../../../src/visitors/codice-fiscale.js'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const OMOCODIA_POSITIONS = [6, 7, 9, 10, 12, 13, 14]
/** domain.md, as it is written there. */
const ODD_TABLE =
  '0/A=1 1/B=0 2/C=5 3/D=7 4/E=9 5/F=13 6/G=15 7/H=17 8/I=19 9/J=21 K=2 L=4 M=18 N=20 ' +
  'O=11 P=3 Q=6 R=8 S=12 T=14 U=16 V=10 W=22 X=25 Y=24 Z=23'

const closed = (first15: string): string => first15 + checkLetter(first15)

const nameLetters = fc.constantFrom('RSS', 'MRA', 'BRN', 'LEI', 'REX', 'AIU', 'AEX', 'OXX', 'FOX', 'XXX')
const birth = fc
  .record({
    born: fc.date({ min: new Date('1926-01-01'), max: new Date('2025-12-31'), noInvalidDate: true }),
    woman: fc.boolean(),
  })
  .map(({ born, woman }) => {
    const year = born.toISOString().slice(2, 4)
    const day = born.getUTCDate() + (woman ? 40 : 0)
    return `${year}${'ABCDEHLMPRST'.charAt(born.getUTCMonth())}${String(day).padStart(2, '0')}`
  })
const place = fc
  .tuple(fc.constantFrom(...Array.from(ALPHABET)), fc.integer({ min: 0, max: 999 }))
  .map(([letter, number]) => letter + String(number).padStart(3, '0'))
const plainCode = fc.tuple(nameLetters, nameLetters, birth, place).map((parts) => closed(parts.join('')))

function withOmocodia(code: string, positions: readonly number[]): string {
  const letters = Array.from(code.slice(0, 15))
  for (const at of positions) letters[at] = 'LMNPQRSTUV'.charAt(Number(code[at]))
  return closed(letters.join(''))
}

const anyCode = fc.tuple(plainCode, fc.subarray(OMOCODIA_POSITIONS)).map(([code, at]) => withOmocodia(code, at))

describe('codice fiscale', () => {
  it('has the odd weights of the decree', () => {
    for (const entry of ODD_TABLE.split(' ')) {
      const [chars = '', weight] = entry.split('=')
      for (const char of chars.split('/')) {
        // The fourteen A that follow weigh 1 at odd positions and 0 at even ones.
        expect(checkLetter(char + 'A'.repeat(14)), char).to.equal(ALPHABET.charAt((Number(weight) + 7) % 26))
      }
    }
  })

  it('has even weights 0–9 and 0–25', () => {
    for (const [weight, char] of [...Array.from('0123456789').entries(), ...Array.from(ALPHABET).entries()]) {
      expect(checkLetter(`A${char}${'A'.repeat(13)}`), char).to.equal(ALPHABET.charAt((weight + 8) % 26))
    }
  })

  it('is valid with letters for any of its seven digits, check letter recomputed', () => {
    fc.assert(
      fc.property(plainCode, fc.subarray(OMOCODIA_POSITIONS), (code, positions) => {
        expect(codiceFiscaleFault(withOmocodia(code, positions))).to.equal(null)
      }),
    )
  })

  it('has 128 variants, all different', () => {
    const variants = new Set<string>()
    for (let mask = 0; mask < 128; mask++) {
      variants.add(
        withOmocodia(
          'RSSMRA85T10A562S',
          OMOCODIA_POSITIONS.filter((_, bit) => mask & (1 << bit)),
        ),
      )
    }
    expect(variants.size).to.equal(128)
    for (const variant of variants) expect(codiceFiscaleFault(variant), variant).to.equal(null)
  })

  it('is refused with any one character changed', () => {
    fc.assert(
      fc.property(anyCode, fc.nat(15), (code, at) => {
        for (const char of `${ALPHABET}0123456789`) {
          if (char === code[at]) continue
          const changed = code.slice(0, at) + char + code.slice(at + 1)
          expect(codiceFiscaleFault(changed), `${code} → ${changed}`).to.not.equal(null)
        }
      }),
    )
  })

  it('has a date of the calendar: every year, month and day number', () => {
    const monthLengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    for (let year = 0; year < 100; year++) {
      for (let month = 0; month < 12; month++) {
        const length = month === 1 && year % 4 !== 0 ? 28 : monthLengths[month]
        const valid = Array.from({ length: 100 }, (_, day) => day).filter((day) => {
          const code = `RSSMRA${String(year).padStart(2, '0')}${'ABCDEHLMPRST'.charAt(month)}${String(day).padStart(2, '0')}H501`
          return codiceFiscaleFault(closed(code)) === null
        })
        const men = Array.from({ length: Number(length) }, (_, index) => index + 1)
        expect(valid).to.deep.equal([...men, ...men.map((day) => day + 40)])
      }
    }
  })
})
