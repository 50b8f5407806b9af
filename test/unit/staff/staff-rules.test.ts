import { expect } from 'chai'
import { AppError } from '../../../src/kernel/app-error.js'
import type { StaffActor } from '../../../src/access/actor.js'
import type { Role } from '../../../src/access/roles.js'
import { assertGoodPassword, assertGoodPost, isUsername, mayManage, maySee } from '../../../src/staff/staff-rules.js'

const codeOf = (work: () => void): string | undefined => {
  try {
    work()
    return undefined
  } catch (error) {
    return error instanceof AppError ? error.details.errors?.[0]?.code : 'another error'
  }
}

describe('a password (A2)', () => {
  const alone = { username: 'anna', totpId: null }
  const withTotp = { username: 'anna', totpId: 't' }
  const cases: [string, string, typeof alone | typeof withTotp, string | undefined][] = [
    ['of 14 characters is too short', 'a'.repeat(14), alone, 'too-short'],
    ['of 15 characters will do', 'àzbyècxìdwòevùf', alone, undefined],
    ['of 7 characters is too short beside TOTP', 'a'.repeat(7), withTotp, 'too-short'],
    ['of 8 characters will do beside TOTP', 'k9#mQx2!', withTotp, undefined],
    ['counts characters, not bytes or halves of them', '😀'.repeat(14), alone, 'too-short'],
    ['of names of the house is guessed first (A2)', 'legnano.anna.2026', alone, 'password-own-words'],
    ['of the most common is guessed first (A2)', 'password1234567', alone, 'password-common'],
    ['may be any script', 'è una frase di passo', alone, undefined],
  ]
  for (const [title, password, account, code] of cases) {
    it(title, () => expect(codeOf(() => assertGoodPassword(password, account, ['Legnano']))).to.equal(code))
  }
  it('is not the username', () => {
    const named = { username: 'una.operatrice.lunga', totpId: null }
    expect(codeOf(() => assertGoodPassword('Una.Operatrice.Lunga', named, []))).to.equal('password-is-name')
  })
})

describe('whose account is whose (A1)', () => {
  const manager: StaffActor = { kind: 'staff', username: 'm', role: 'manager', siteIds: ['legnano', 'magenta'] }
  const admin: StaffActor = { ...manager, role: 'admin', siteIds: [] }
  const operator: StaffActor = { ...manager, role: 'operator' }
  const cases: [Role, string[], boolean, boolean][] = [
    ['operator', ['legnano'], true, true],
    ['operator', ['legnano', 'magenta'], true, true],
    ['operator', ['legnano', 'cuggiono'], false, true],
    ['operator', ['cuggiono'], false, false],
    ['manager', ['legnano'], false, false],
    ['admin', [], false, false],
  ]
  for (const [role, siteIds, manages, sees] of cases) {
    it(`a manager of Legnano and Magenta, and the ${role} of ${siteIds.join(' and ') || 'all'}`, () => {
      expect([mayManage(manager, { role, siteIds }), maySee(manager, { role, siteIds })]).to.deep.equal([manages, sees])
      expect([mayManage(admin, { role, siteIds }), maySee(admin, { role, siteIds })]).to.deep.equal([true, true])
      expect(mayManage(operator, { role, siteIds })).to.equal(false)
    })
  }

  it('everybody but an admin needs a site, and one that exists', () => {
    const known = ['legnano']
    expect(codeOf(() => assertGoodPost({ role: 'operator', siteIds: [] }, known))).to.equal('required')
    expect(codeOf(() => assertGoodPost({ role: 'operator', siteIds: ['roma'] }, known))).to.equal('unknown-site')
    expect(codeOf(() => assertGoodPost({ role: 'admin', siteIds: [] }, known))).to.equal(undefined)
  })
})

describe('a username', () => {
  for (const name of ['anna', 'a', 'anna.rossi', 'anna_2', 'anna@asst.example']) {
    it(`may be ${name}`, () => expect(isUsername(name)).to.equal(true))
  }
  for (const name of ['', 'Anna', '.anna', 'anna rossi', 'kiosk:1', 'ànna', 'a'.repeat(61), 'anna\n']) {
    it(`may not be ${JSON.stringify(name)}`, () => expect(isUsername(name)).to.equal(false))
  }
})
