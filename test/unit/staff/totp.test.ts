import { expect } from 'chai'
import { makeSecrets } from '../../../src/platform/secrets.js'
import { matchTotp, newTotpId, sealTotpAnew, totpOf } from '../../../src/staff/totp.js'

const secrets = makeSecrets('a'.repeat(32))
const key = { username: 'anna', totpId: '3f0f7f6e-0000-4000-8000-000000000001' }
const now = new Date('2026-11-24T09:00:10Z')
const codeAt = (at: Date) => totpOf(secrets, key).generate({ timestamp: at.getTime() })
const after = (seconds: number) => new Date(now.getTime() + seconds * 1000)

describe('a TOTP code (A2, RFC 6238)', () => {
  const step = Math.floor(now.getTime() / 30_000)
  for (const [seconds, found] of [
    [0, step],
    [-30, step - 1],
    [30, step + 1],
    [-60, null],
    [60, null],
  ] as const) {
    it(`of ${seconds} s ${found === null ? 'is wrong' : 'is right, and says its step'}`, () =>
      expect(matchTotp(secrets, key, { code: codeAt(after(seconds)), now })?.step ?? null).to.equal(found))
  }

  it('belongs to one secret', () => {
    const other = { ...key, totpId: '3f0f7f6e-0000-4000-8000-000000000002' }
    expect(matchTotp(secrets, other, { code: codeAt(now), now })).to.equal(null)
  })

  for (const [title, before] of [
    ['sealed', { username: 'anna', totpId: newTotpId(secrets, 'anna') }],
    ['derived from an id, as earlier versions had it', key],
  ] as const) {
    describe(`whose secret is ${title}`, () => {
      const rotated = makeSecrets('b'.repeat(32), 'a'.repeat(32))
      const code = totpOf(secrets, before).generate({ timestamp: now.getTime() })

      it('is right under another APP_SECRET too, and rests under that one from then on', () => {
        const match = matchTotp(rotated, before, { code, now })
        expect(match?.step).to.equal(step)
        const next = { username: 'anna', totpId: match?.totpId ?? '' }
        expect(matchTotp(makeSecrets('b'.repeat(32)), next, { code, now })?.step).to.equal(step)
        expect(next.totpId.length).to.be.at.most(120) // its column
      })

      it('is wrong where neither secret is its own', () =>
        expect(matchTotp(makeSecrets('c'.repeat(32), 'd'.repeat(32)), before, { code, now })).to.equal(null))
    })
  }

  it('is sealed anew at a start, unless it is an id: nobody knows yet which secret that belongs to', () => {
    const rotated = makeSecrets('b'.repeat(32), 'a'.repeat(32))
    const before = { username: 'anna', totpId: newTotpId(secrets, 'anna') }
    const totpId = sealTotpAnew(rotated, before) ?? ''
    expect(totpOf(makeSecrets('b'.repeat(32)), { ...before, totpId }).secret.base32).to.equal(
      totpOf(secrets, before).secret.base32,
    )
    expect(sealTotpAnew(rotated, key)).to.equal(null)
  })

  it('belongs to one account: its row is of no use in another’s', () => {
    const totpId = newTotpId(secrets, 'anna')
    expect(() => totpOf(secrets, { username: 'berta', totpId })).to.throw('neither APP_SECRET')
  })

  it('has a set-up address that authenticator programs read', () => {
    const { secret } = totpOf(secrets, key)
    expect(secret.base32).to.match(/^[A-Z2-7]{32}$/)
    expect(totpOf(secrets, key).toString()).to.equal(
      `otpauth://totp/Turno:anna?issuer=Turno&secret=${secret.base32}&algorithm=SHA1&digits=6&period=30`,
    )
  })
})
