import { expect } from 'chai'
import { makeSecrets } from '../../../src/platform/secrets.js'
import { totpOf, totpStep } from '../../../src/staff/totp.js'

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
      expect(totpStep(secrets, key, { code: codeAt(after(seconds)), now })).to.equal(found))
  }

  it('belongs to one secret', () => {
    const other = { ...key, totpId: '3f0f7f6e-0000-4000-8000-000000000002' }
    expect(totpStep(secrets, other, { code: codeAt(now), now })).to.equal(null)
  })

  it('has a set-up address that authenticator programs read', () => {
    const { secret } = totpOf(secrets, key)
    expect(secret.base32).to.match(/^[A-Z2-7]{32}$/)
    expect(totpOf(secrets, key).toString()).to.equal(
      `otpauth://totp/Turno:anna?issuer=Turno&secret=${secret.base32}&algorithm=SHA1&digits=6&period=30`,
    )
  })
})
