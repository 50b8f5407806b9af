import { expect } from 'chai'
import { isMailAddress } from '../../../src/visitors/mail-address.js'
import { normalisedMail } from '../../../src/visitors/index.js'

const label = 'a'.repeat(63)
const longest = `${'a'.repeat(60)}@${label}.${label}.${label}.b`

describe('mail address', () => {
  for (const address of [
    'cit@x.it',
    'Maria.Rossi+turno@Posta-Certificata.example.it',
    '_a-b@1and1.com',
    'a@xn--bcher-kva.example',
    `${'a'.repeat(64)}@x.it`,
    `${'a'.repeat(60)}@${label}.${label}.${'b'.repeat(61)}.it`.slice(0, 254),
  ]) {
    it(`${address.slice(0, 60)} is one`, () => expect(isMailAddress(address)).to.equal(true))
  }

  for (const address of [
    '',
    'x.it',
    '@x.it',
    'a@',
    'a@x',
    'a@x.i',
    'a@1.2.3.4',
    'a@[1.2.3.4]',
    'a@-x.it',
    'a@x-.it',
    'a@x..it',
    'a@.x.it',
    'a@x.it.',
    '.a@x.it',
    'a.@x.it',
    'a..b@x.it',
    'a b@x.it',
    'a@x.it@evil.it',
    'cit@x.it, spy@evil.it',
    'cit@x.it;spy@evil.it',
    'Cit <cit@x.it>',
    '"a b"@x.it',
    'a@x.it (comment)',
    'a@x.it\r\nBcc: spy@evil.it',
    'a@x.it\0',
    'a@x.it\u202E',
    'nicolò@x.it',
    'a@caffè.it',
    '\u212Aa@x.it',
    `${'a'.repeat(65)}@x.it`,
    `a@${'a'.repeat(64)}.it`,
    `${longest}c`,
  ]) {
    it(`${JSON.stringify(address.slice(0, 60))} is none (T36)`, () => expect(isMailAddress(address)).to.equal(false))
  }
})

describe('normalised mail (K5)', () => {
  for (const [address, key] of [
    ['Maria@Example.IT', 'maria@example.it'],
    ['maria+asst@example.it', 'maria@example.it'],
    ['maria+a+b@example.it', 'maria@example.it'],
    ['+maria@example.it', '+maria@example.it'],
    ['maria.rossi@example.it', 'maria.rossi@example.it'],
  ] as const) {
    it(`${address} counts as ${key}`, () => expect(normalisedMail(address)).to.equal(key))
  }
})
