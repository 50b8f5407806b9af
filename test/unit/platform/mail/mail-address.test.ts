import { expect } from 'chai'
import { isMailAddress, readMailAddress } from '../../../../src/platform/mail/mail-address.js'
import { normalisedMail } from '../../../../src/visitors/index.js'

const label = 'a'.repeat(63)
const longest = `${'a'.repeat(60)}@${label}.${label}.${label}.b`

describe('mail address', () => {
  for (const address of [
    'cit@x.it',
    "giulia.d'amico@example.org",
    "sean.o'neill@example.org",
    "a!#$%&'*+-/?^=_`{|}~z@x.it",
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
    '=?utf-8?q?a=40b.it?=@x.it',
    'a@x.it:25',
    'a@x_y.it',
    `${'a'.repeat(65)}@x.it`,
    `a@${'a'.repeat(64)}.it`,
    `${longest}c`,
  ]) {
    it(`${JSON.stringify(address.slice(0, 60))} is none (T36)`, () => expect(isMailAddress(address)).to.equal(false))
  }
})

describe('a mail address as it is typed or pasted (case K06)', () => {
  for (const [typed, read] of [
    [' Mario.Bianchi@Example.ORG ', 'mario.bianchi@example.org'],
    ["Giulia.D'Amico@example.org", "giulia.d'amico@example.org"],
    ['sean.o\u2019neill@example.org', "sean.o'neill@example.org"],
    ['\u200e\u202aanna@example.org\u202c\u00a0', 'anna@example.org'],
    ['anna\u200b@example.org', 'anna@example.org'],
    ['anna.de\u2013luca@example.org', 'anna.de-luca@example.org'],
    ['anna@caffè.it', 'anna@xn--caff-8oa.it'],
    ['anna@例え.テスト', 'anna@xn--r8jz45g.xn--zckzah'],
    ['anna@xn--caff-8oa.it', 'anna@xn--caff-8oa.it'],
    ['nicolò@example.org', null],
    ['\u212Aa@example.org', null],
    ['maria rossi@example.org', null],
    ['a@x.it, b@x.it', null],
    ['a@x.it\r\nBcc: b@x.it', null],
    ['anna@caf\u00e8 x.it', null],
    ['@', null],
    ['', null],
  ] as const)
    it(`${JSON.stringify(typed)} is ${read ?? 'none'}`, () => expect(readMailAddress(typed)).to.equal(read))
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
