import { expect } from 'chai'
import { totpOf } from '../../../src/staff/totp.js'
import { startApp, type TestApp } from '../../support/app.js'
import { forEachEngine } from '../../support/engines.js'
import { openAccount, PASSWORD, signedIn, StaffClient } from '../../support/staff.js'

const outcome = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code]
const DAY = 1440

forEachEngine((engine) => {
  let app: TestApp
  before(async () => {
    app = await startApp(engine)
  })
  after(() => app.close())
  let number = 0
  const newName = (kind = 'rita') => `${kind}-${(number += 1)}`
  const codeOf = async (username: string) => {
    const account = await app.staff.accounts.find(username)
    const totpId = account?.totpId ?? account?.newTotpId ?? ''
    return totpOf(app.secrets, { username, totpId }).generate({ timestamp: app.clock().getTime() })
  }
  /** Somebody with TOTP on, and the codes that came with it. */
  const withTotp = async (headers: Record<string, string> = {}) => {
    const username = newName()
    const client = await signedIn(app, { username })
    await client.post('/session/totp', { password: PASSWORD })
    const confirmed = await client.post('/session/totp/confirm', { totp: await codeOf(username) }, headers)
    expect(confirmed.status).to.equal(200)
    return { username, client, codes: confirmed.body.recoveryCodes as string[] }
  }
  const enter = (username: string, recoveryCode: string) =>
    new StaffClient(app.api).post('/session', { username, password: PASSWORD, recoveryCode })
  const auditOf = async (username: string, what: string) =>
    ((await app.database.contents()).audit_record as Record<string, unknown>[])
      .filter((row) => row.row_subject_id === username && row.row_what === what)
      .map((row) => row.row_to_state)

  describe('recovery codes (A2)', () => {
    it('come with TOTP, ten of them, told once, and rest nowhere as they are', async () => {
      const { codes, client } = await withTotp({ 'idempotency-key': 'turn-on' })
      expect(codes).to.have.lengthOf(10)
      expect(new Set(codes).size).to.equal(10)
      for (const code of codes) expect(code).to.match(/^[34679ACDEFGHJKMNPQRTWXY]{10}$/)
      const kept = JSON.stringify(await app.database.contents())
      expect(codes.filter((code) => kept.includes(code))).to.deep.equal([])
      expect((await client.get('/session')).body.recoveryCodes).to.equal(10)
    })

    it('let in once each, in any spelling, on record, and say how many are left', async () => {
      const { username, codes } = await withTotp()
      const [first = '', second = ''] = codes
      const answer = await enter(username, `${first.slice(0, 5)}-${first.slice(5)}`.toLowerCase())
      expect([answer.status, answer.body.recoveryCodes]).to.deep.equal([200, 9])
      expect(outcome(await enter(username, first))).to.deep.equal([401, 'sign-in-failed'])
      expect((await enter(username, second)).body.recoveryCodes).to.equal(8)
      expect(await auditOf(username, 'use-recovery-code')).to.deep.equal(['9 left', '8 left'])
      expect(await auditOf(username, 'make-recovery-codes')).to.deep.equal(['10 left'])
    })

    it('a retry whose answer was lost gets it; the code used again gets none (K9)', async () => {
      const { username, codes } = await withTotp()
      const body = { username, password: PASSWORD, recoveryCode: codes[0] }
      const enterWith = (key: string) => app.api.post('/session', body, { 'idempotency-key': key })
      const [first, again] = [await enterWith('lost'), await enterWith('lost')]
      expect([first.status, again.status, again.body]).to.deep.equal([200, 200, first.body])
      expect(again.headers.getSetCookie()[0]).to.equal(first.headers.getSetCookie()[0])
      expect(outcome(await enterWith('another'))).to.deep.equal([401, 'sign-in-failed'])
      expect(await auditOf(username, 'use-recovery-code')).to.deep.equal(['9 left'])
    })

    it('a retry long after the app’s code was over gets the answer that was lost; other words do not (K9)', async () => {
      const { username } = await withTotp()
      app.clock.advanceMinutes(1) // the code that turned it on is used up
      const body = { username, password: PASSWORD, totp: await codeOf(username) }
      const enterWith = (more = {}) =>
        app.api.post('/session', { ...body, ...more }, { 'idempotency-key': 'slow-line' })
      const first = await enterWith()
      app.clock.advanceMinutes(10)
      const again = await enterWith()
      expect([first.status, again.status, again.body]).to.deep.equal([200, 200, first.body])
      expect(again.headers.getSetCookie()[0]).to.equal(first.headers.getSetCookie()[0])
      expect(outcome(await enterWith({ password: 'not the password' }))).to.deep.equal([401, 'sign-in-failed'])
      const other = 'un’altra frase di passo'
      const client = Object.assign(new StaffClient(app.api), {
        cookie: (first.headers.getSetCookie()[0] ?? '').split(';')[0],
        csrfToken: first.body.csrfToken as string,
      })
      expect((await client.post('/session/password', { password: other, current: PASSWORD })).status).to.equal(200)
      expect(outcome(await enterWith()), 'the password of then').to.deep.equal([401, 'sign-in-failed'])
    })

    it('one code, five browsers at once: one is in', async () => {
      const { username, codes } = await withTotp()
      const answers = await Promise.all(Array.from({ length: 5 }, () => enter(username, codes[0] ?? '')))
      expect(answers.filter(({ status }) => status === 200)).to.have.lengthOf(1)
    })

    it('are worth nothing without the password, for another name, or wrong', async () => {
      const [{ username, codes }, other] = [await withTotp(), await withTotp()]
      const body = { username, password: 'not the password', recoveryCode: codes[0] }
      expect(outcome(await app.api.post('/session', body))).to.deep.equal([401, 'sign-in-failed'])
      expect(outcome(await enter(other.username, codes[0] ?? ''))).to.deep.equal([401, 'sign-in-failed'])
      expect(outcome(await enter(username, 'AAAAAAAAAA'))).to.deep.equal([401, 'sign-in-failed'])
      const both = { username, password: PASSWORD, recoveryCode: codes[0], totp: '123456' }
      expect((await app.api.post('/session', both)).status).to.equal(400)
      expect((await enter(username, codes[0] ?? '')).status).to.equal(200)
    })

    it('are made anew with the password; those of before end, and all with TOTP', async () => {
      const { username, client, codes } = await withTotp()
      const wrong = await client.post('/session/recovery-codes', { password: 'no' })
      expect([wrong.status, wrong.body.errors[0].code]).to.deep.equal([422, 'password-wrong'])
      const renewed = await client.post('/session/recovery-codes', { password: PASSWORD })
      expect(renewed.body.recoveryCodes).to.have.lengthOf(10)
      expect(outcome(await enter(username, codes[0] ?? ''))).to.deep.equal([401, 'sign-in-failed'])
      const again = await enter(username, renewed.body.recoveryCodes[0])
      expect([again.status, again.body.recoveryCodes]).to.deep.equal([200, 9])
      expect((await client.post('/session/totp/remove', { password: PASSWORD })).status).to.equal(200)
      expect((await client.get('/session')).body).not.to.have.property('recoveryCodes')
      expect(outcome(await client.post('/session/recovery-codes', { password: PASSWORD }))).to.deep.equal([
        409,
        'totp-off',
      ])
      const { staff_recovery_code: rows } = await app.database.contents()
      expect((rows as Record<string, unknown>[]).filter((row) => row.row_username === username)).to.deep.equal([])
    })
  })

  describe('one-time passwords (A2)', () => {
    it('end after seven days, and say so to who has the right one; another begins anew', async () => {
      const admin = await signedIn(app, { role: 'admin', username: newName('admin') })
      const username = newName()
      const { password } = (await admin.post('/staff', { username, role: 'operator', sites: ['legnano'] })).body
      app.clock.advanceMinutes(7 * DAY - 1)
      expect((await new StaffClient(app.api).signIn(username, password)).status, 'in time').to.equal(200)
      app.clock.advanceMinutes(1)
      const late = await new StaffClient(app.api).signIn(username, password)
      expect(outcome(late)).to.deep.equal([401, 'password-ended'])
      expect(late.body.detail).to.include('7 giorni')
      const guess = await new StaffClient(app.api).signIn(username, `${password}X`)
      expect(outcome(guess)).to.deep.equal([401, 'sign-in-failed'])
      const next = await signedIn(app, { role: 'admin', username: newName('admin') })
      const reset = await next.patch(`/staff/${username}`, { resetPassword: true })
      const client = new StaffClient(app.api)
      expect((await client.signIn(username, reset.body.password)).status).to.equal(200)
      expect((await client.post('/session/password', { password: 'un’altra frase di passo' })).status).to.equal(200)
      app.clock.advanceMinutes(30 * DAY)
      const chosen = await new StaffClient(app.api).signIn(username, 'un’altra frase di passo')
      expect(chosen.status, 'a chosen one does not end').to.equal(200)
    })
  })

  describe('what is guessed first (A2)', () => {
    const guesses = [
      ['passwordpassword', 'password-common'],
      ['Legnano-Legnano-2026', 'password-own-words'],
      ['turno.asst.ovest.milanese', 'password-own-words'],
    ] as const
    for (const [password, code] of guesses)
      it(`${password} is nobody’s password, whoever sets it`, async () => {
        const admin = await signedIn(app, { role: 'admin', username: newName('admin') })
        const username = await openAccount(app, { username: newName() })
        const own = new StaffClient(app.api)
        await own.signIn(username)
        const answers = [
          await admin.post('/staff', { username: newName(), role: 'operator', sites: ['legnano'], password }),
          await admin.patch(`/staff/${username}`, { password }),
        ]
        await own.signIn(username)
        answers.push(await own.post('/session/password', { password, current: PASSWORD }))
        for (const { status, body } of answers)
          expect([status, body.errors?.[0]?.field, body.errors?.[0]?.code]).to.deep.equal([422, 'password', code])
      })

    it('the person’s own name in other spellings', async () => {
      const username = await openAccount(app, { username: 'mario.bianchini' })
      const own = new StaffClient(app.api)
      await own.signIn(username)
      const { status, body } = await own.post('/session/password', {
        password: 'Bianchini Mario 1975',
        current: PASSWORD,
      })
      expect([status, body.errors[0].code]).to.deep.equal([422, 'password-own-words'])
      expect(body.errors[0].message).to.include('nome utente')
    })
  })

  describe('routes of accounts look at the right first (A1)', () => {
    const bodies: [string, object][] = [
      ['closing', { active: false }],
      ['a role', { role: 'manager' }],
      ['a one-time password', { resetPassword: true }],
      ['a chosen password', { password: 'un’altra frase di passo' }],
      ['a weak password', { password: 'corta' }],
      ['TOTP off', { totp: false }],
      ['nothing', {}],
    ]
    for (const [title, body] of bodies)
      it(`${title}: a manager is told the same of a stranger’s account and of none; an admin learns which`, async () => {
        const manager = await signedIn(app, { role: 'manager', username: newName('manager') })
        const operator = await signedIn(app, { username: newName() })
        const admin = await signedIn(app, { role: 'admin', username: newName('admin') })
        const others = await openAccount(app, { username: newName(), sites: ['cuggiono'] })
        const boss = await openAccount(app, { username: newName('boss'), role: 'admin' })
        for (const name of [others, boss, 'nobody-of-that-name']) {
          expect(outcome(await manager.patch(`/staff/${name}`, body)), name).to.deep.equal([403, 'forbidden'])
          expect(outcome(await operator.patch(`/staff/${name}`, body)), name).to.deep.equal([403, 'forbidden'])
          expect((await app.api.call('PATCH', `/staff/${name}`, { body })).status, name).to.equal(401)
        }
        expect(outcome(await admin.patch('/staff/nobody-of-that-name', body))).to.deep.equal([404, 'unknown-account'])
      })

    it('an input that is wrong tells an operator nothing either', async () => {
      const operator = await signedIn(app, { username: newName() })
      for (const [method, path, body] of [
        ['POST', '/staff', { username: 'NO SUCH FORM' }],
        ['POST', '/staff', { username: newName(), role: 'operator', sites: ['legnano'], password: 'corta' }],
        ['PATCH', '/staff/NO SUCH FORM', { king: true }],
        ['GET', '/staff', undefined],
      ] as const)
        expect(outcome(await operator.call(method, path, body)), `${method} ${path}`).to.deep.equal([403, 'forbidden'])
    })
  })
})
