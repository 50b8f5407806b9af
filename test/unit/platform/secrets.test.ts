import { expect } from 'chai'
import { fingerprint, makeSecrets } from '../../../src/platform/secrets.js'

const secrets = makeSecrets('the secret of this installation, 32+')
const others = makeSecrets('the secret of another installation..')
const TAX_CODE = 'RSSMRA85T10A562S'

describe('what is derived from APP_SECRET', () => {
  it('a sealed tax code opens again, and is different every time', () => {
    const [one, two] = [secrets.seal(TAX_CODE, 'tax-code'), secrets.seal(TAX_CODE, 'tax-code')]
    expect(one).not.to.equal(two)
    for (const sealed of [one, two]) expect(secrets.unseal(sealed, 'tax-code')).to.equal(TAX_CODE)
    expect(one.length).to.be.at.most(120) // its column
  })

  const sealed = secrets.seal(TAX_CODE, 'tax-code')
  const [keyId = '', text = ''] = sealed.split('.')
  const altered = Buffer.from(text, 'base64url')
  altered[altered.length - 1] = (altered.at(-1) ?? 0) ^ 1
  const closed: [title: string, open: () => string | null][] = [
    ['for another purpose', () => secrets.unseal(sealed, 'notes')],
    ['with another secret', () => others.unseal(sealed, 'tax-code')],
    ['when a bit was changed', () => secrets.unseal(`${keyId}.${altered.toString('base64url')}`, 'tax-code')],
    ['when it was cut', () => secrets.unseal(sealed.slice(0, 20), 'tax-code')],
    ['under another key’s name', () => secrets.unseal(`${others.keyId}.${text}`, 'tax-code')],
    ['when it is empty', () => secrets.unseal('', 'tax-code')],
    ['when it was never sealed', () => secrets.unseal(TAX_CODE.repeat(4), 'tax-code')],
  ]
  for (const [title, open] of closed) it(`does not open ${title}`, () => expect(open()).to.equal(null))

  it('L1: a link’s token has 256 bits, is the same whenever it is made again, and tells nothing of another', () => {
    const token = secrets.tokenFor('booking', 'id-1')
    expect(token).to.match(/^[A-Za-z0-9_-]{43}$/)
    expect(makeSecrets('the secret of this installation, 32+').tokenFor('booking', 'id-1')).to.equal(token)
    const differing = [
      secrets.tokenFor('booking', 'id-2'),
      secrets.tokenFor('hold', 'id-1'),
      others.tokenFor('booking', 'id-1'),
    ]
    expect(new Set([token, ...differing]).size).to.equal(4)
  })

  it('K5: a person is known by a keyed hash: the same here, another elsewhere, never the plain one', () => {
    expect(secrets.personHash(TAX_CODE))
      .to.equal(secrets.personHash(TAX_CODE))
      .and.match(/^[0-9a-f]{64}$/)
    expect(others.personHash(TAX_CODE)).not.to.equal(secrets.personHash(TAX_CODE))
    expect(secrets.personHash(TAX_CODE)).not.to.equal(fingerprint(TAX_CODE))
  })

  it('every purpose has a key of its own', () =>
    expect(new Set(['csrf', 'kept-answers', 'person', 'token', 'seal'].map(secrets.keyFor)).size).to.equal(5))
})

describe('APP_SECRET_OLD', () => {
  const before = makeSecrets('the secret before, 32 characters and')
  const rotated = makeSecrets('the secret of today, 32 characters and', 'the secret before, 32 characters and')

  it('opens what it has sealed, with its name or, from an earlier version, without; nothing new is sealed with it', () => {
    const sealed = before.seal(TAX_CODE, 'tax-code')
    const [, nameless = ''] = sealed.split('.')
    for (const text of [sealed, nameless]) expect(rotated.unseal(text, 'tax-code')).to.equal(TAX_CODE)
    expect(before.unseal(rotated.seal(TAX_CODE, 'tax-code'), 'tax-code')).to.equal(null)
  })

  it('makes the token again that rests with it, and no other', () => {
    const tokenHash = fingerprint(before.tokenFor('ticket', 'id-1'))
    expect(rotated.tokenAt('ticket', { id: 'id-1', tokenHash })).to.equal(before.tokenFor('ticket', 'id-1'))
    const today = fingerprint(rotated.tokenFor('ticket', 'id-2'))
    for (const hash of [today, fingerprint('of a third')])
      expect(rotated.tokenAt('ticket', { id: 'id-2', tokenHash: hash })).to.equal(rotated.tokenFor('ticket', 'id-2'))
  })

  it('the same as APP_SECRET is as good as none', () => expect(makeSecrets('x', 'x').all).to.have.length(1))
})

describe('the fingerprint of a token', () => {
  it('T09: tells apart what differs by case or by a space at its end', () =>
    expect(new Set(['abc', 'Abc', 'abc ', 'abc\0', ' abc'].map(fingerprint)).size).to.equal(5))

  it('is SHA-256 in hex', () =>
    expect(fingerprint('abc')).to.equal('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'))
})
