import { expect } from 'chai'
import { AccountStore } from '../../../src/access/account.store.js'
import { makeAnotherAdmin, makeFirstAdmin } from '../../../src/staff/index.js'
import { makeSecrets } from '../../../src/platform/secrets.js'
import { newTotpId, totpOf } from '../../../src/staff/totp.js'
import { startApp, type TestApp } from '../../support/app.js'
import { forEachEngine } from '../../support/engines.js'
import { openAccount, PASSWORD, signedIn, StaffClient } from '../../support/staff.js'

const outcome = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code]

forEachEngine((engine) => {
  let app: TestApp
  before(async () => {
    app = await startApp(engine)
  })
  after(() => app.close())
  let number = 0
  const newName = (kind = 'bruno') => `${kind}-${(number += 1)}`
  const adminClient = () => signedIn(app, { role: 'admin', username: newName('admin') })
  const auditOf = async (username: string) =>
    ((await app.database.contents()).audit_record as Record<string, unknown>[])
      .filter((row) => row.row_subject_id === username)
      .map((row) => [row.row_who, row.row_what, row.row_from_state, row.row_to_state])

  describe('accounts (A1, A2)', () => {
    it('open with a one-time password that is told once and good for nothing but choosing another', async () => {
      const admin = await adminClient()
      const username = newName()
      const opened = await admin.post('/staff', { username, role: 'manager', sites: ['legnano'] })
      expect(opened.status).to.equal(201)
      expect(opened.body.password).to.match(/^[34679ACDEFGHJKMNPQRTWXY]{20}$/)
      const client = new StaffClient(app.api)
      const { status, body } = await client.signIn(username, opened.body.password)
      expect([status, body.user.passwordChangeRequired]).to.deep.equal([200, true])
      for (const path of ['/session', '/staff', '/sites/legnano/devices', '/sites/legnano/calendars']) {
        expect(outcome(await client.get(path)), path).to.deep.equal([403, 'password-change-required'])
      }
      const old = client.cookie
      const changed = await client.post('/session/password', { password: 'un’altra frase di passo' })
      expect([changed.status, changed.body.user.passwordChangeRequired]).to.deep.equal([200, false])
      expect(client.cookie).not.to.equal(old)
      expect((await client.get('/staff')).status).to.equal(200)
      expect(outcome(await new StaffClient(app.api).signIn(username, opened.body.password))).to.deep.equal([
        401,
        'sign-in-failed',
      ])
    })

    it('keep a one-time password nowhere, and tell a retry the same (K9, A3)', async () => {
      const admin = await adminClient()
      const body = { username: newName(), role: 'operator', sites: ['legnano'] }
      const first = await admin.post('/staff', body, { 'idempotency-key': body.username })
      const again = await admin.post('/staff', body, { 'idempotency-key': body.username })
      expect(again.body).to.deep.equal(first.body)
      expect(JSON.stringify(await app.database.contents())).not.to.include(first.body.password)
    })

    it('belong to one key each: another’s Idempotency-Key is another key (K9)', async () => {
      const [one, other] = [await adminClient(), await adminClient()]
      const make = (client: StaffClient) =>
        client.post(
          '/staff',
          { username: newName(), role: 'operator', sites: ['legnano'] },
          { 'idempotency-key': 'the-same' },
        )
      expect([(await make(one)).status, (await make(other)).status]).to.deep.equal([201, 201])
    })

    const faults: [string, object, number, string | undefined][] = [
      ['a short password', { password: 'troppo corta' }, 422, 'too-short'],
      ['no site', { sites: [] }, 422, 'required'],
      ['a site that does not exist', { sites: ['roma'] }, 422, 'unknown-site'],
      ['a role that does not exist', { role: 'king' }, 400, 'format'],
      ['a name like that of a kiosk', { username: 'kiosk:1' }, 400, 'format'],
      ['an unknown field (T27)', { isAdmin: true }, 400, 'unknown-field'],
    ]
    for (const [title, part, status, code] of faults) {
      it(`refuse ${title}`, async () => {
        const admin = await adminClient()
        const answer = await admin.post('/staff', {
          username: newName(),
          role: 'operator',
          sites: ['legnano'],
          ...part,
        })
        expect([answer.status, answer.body.errors[0].code]).to.deep.equal([status, code])
      })
    }

    it('have each name once, also of two who ask at once', async () => {
      const admin = await adminClient()
      const body = { username: newName(), role: 'operator', sites: ['legnano'], password: PASSWORD }
      const answers = await Promise.all([
        admin.post('/staff', body),
        admin.post('/staff', { ...body, username: body.username.toUpperCase() }),
      ])
      expect(answers.map(({ status }) => status)).to.have.members([201, 409])
    })

    it('of operators are the manager’s of all their sites, and no others are', async () => {
      const manager = await signedIn(app, {
        role: 'manager',
        username: newName('manager'),
        sites: ['legnano', 'magenta'],
      })
      const open = (role: string, sites: string[]) =>
        manager.post('/staff', { username: newName(), role, sites, password: PASSWORD })
      const allowed = await open('operator', ['legnano', 'magenta'])
      expect(allowed.status).to.equal(201)
      for (const [role, sites] of [
        ['operator', ['cuggiono']],
        ['operator', ['legnano', 'cuggiono']],
        ['manager', ['legnano']],
        ['admin', []],
      ] as const) {
        expect(outcome(await open(role, [...sites])), `${role} ${sites.join(' ')}`).to.deep.equal([403, 'forbidden'])
      }
      const { username } = allowed.body.user
      expect(outcome(await manager.patch(`/staff/${username}`, { role: 'manager' }))).to.deep.equal([403, 'forbidden'])
      const elsewhere = await openAccount(app, { username: newName(), sites: ['cuggiono'] })
      expect(outcome(await manager.patch(`/staff/${elsewhere}`, { active: false }))).to.deep.equal([403, 'forbidden'])
      const listed = (await manager.get('/staff')).body.users.map((user: { username: string }) => user.username)
      expect(listed).to.include(username).and.not.include(elsewhere)
      expect(JSON.stringify((await manager.get('/staff')).body)).not.to.include('argon2')
    })

    it('an operator manages nobody', async () => {
      const operator = await signedIn(app, { username: newName() })
      expect(outcome(await operator.get('/staff'))).to.deep.equal([403, 'forbidden'])
      expect(outcome(await operator.post('/staff', {}))).to.deep.equal([403, 'forbidden'])
    })

    it('change role and sites at once, in the session that is open (A1)', async () => {
      const admin = await adminClient()
      const username = newName()
      const client = await signedIn(app, { role: 'manager', username })
      const statuses = async () => [
        (await client.get('/sites/legnano/devices')).status,
        (await client.get('/sites/magenta/devices')).status,
      ]
      expect(await statuses()).to.deep.equal([200, 403])
      expect((await admin.patch(`/staff/${username}`, { sites: ['magenta'] })).status).to.equal(200)
      expect(await statuses()).to.deep.equal([403, 200])
      await admin.patch(`/staff/${username}`, { role: 'operator' })
      expect(await statuses()).to.deep.equal([403, 403])
      await admin.patch(`/staff/${username}`, { role: 'admin' })
      expect(await statuses()).to.deep.equal([200, 200])
      await admin.patch(`/staff/${username}`, { active: false })
      expect(await statuses()).to.deep.equal([401, 401])
      expect((await auditOf(username)).slice(2)).to.deep.equal([
        [admin.username, 'change-account', 'manager legnano', 'manager magenta'],
        [admin.username, 'change-account', 'manager magenta', 'operator magenta'],
        [admin.username, 'change-account', 'operator magenta', 'admin magenta'],
        [admin.username, 'change-account', 'admin magenta', 'closed admin magenta'],
      ])
    })

    it('whose password is reset are signed out everywhere', async () => {
      const admin = await adminClient()
      const username = newName()
      const client = await signedIn(app, { username })
      const { body } = await admin.patch(`/staff/${username}`, { resetPassword: true })
      expect((await client.get('/session')).status).to.equal(401)
      expect(
        (await new StaffClient(app.api).signIn(username, body.password)).body.user.passwordChangeRequired,
      ).to.equal(true)
    })

    it('do not exist: 404', async () => {
      const admin = await adminClient()
      expect(outcome(await admin.patch('/staff/nobody', { active: false }))).to.deep.equal([404, 'unknown-account'])
    })
  })

  describe('one’s own password (A2)', () => {
    it('needs the present one, but for the first five minutes', async () => {
      const client = await signedIn(app, { username: newName() })
      app.clock.advanceMinutes(6)
      const fieldOf = async (body: object) => (await client.post('/session/password', body)).body.errors?.[0]
      const password = 'una nuova frase di passo'
      expect(await fieldOf({ password })).to.include({ field: 'current', code: 'required' })
      expect(await fieldOf({ password, current: 'x' })).to.include({ field: 'current', code: 'password-wrong' })
      expect(await fieldOf({ password: PASSWORD, current: PASSWORD })).to.include({ code: 'password-same' })
      expect(await fieldOf({ password: 'corta', current: PASSWORD })).to.include({ code: 'too-short' })
      expect((await client.post('/session/password', { password, current: PASSWORD })).status).to.equal(200)
    })

    it('changed ends every other session', async () => {
      const username = newName()
      const [one, other] = [await signedIn(app, { username }), new StaffClient(app.api)]
      await other.signIn(username)
      expect((await one.post('/session/password', { password: 'una nuova frase di passo' })).status).to.equal(200)
      expect([(await one.get('/session')).status, (await other.get('/session')).status]).to.deep.equal([200, 401])
    })
  })

  describe('TOTP (A2)', () => {
    const idOf = async (username: string) => {
      const { totpId, newTotpId } = (await app.staff.accounts.find(username)) ?? { totpId: null, newTotpId: null }
      return totpId ?? newTotpId ?? ''
    }
    const codeOf = async (username: string) =>
      totpOf(app.secrets, { username, totpId: await idOf(username) }).generate({ timestamp: app.clock().getTime() })
    const turnedOn = async () => {
      const username = newName('totp')
      const client = await signedIn(app, { username })
      const offer = await client.post('/session/totp', { password: PASSWORD })
      const confirmed = await client.post('/session/totp/confirm', { totp: await codeOf(username) })
      return { username, client, offer, confirmed }
    }

    it('is offered as a picture, counts after the first code, and is then asked for', async () => {
      const { username, client, offer, confirmed } = await turnedOn()
      expect(offer.body.uri).to.equal(
        `otpauth://totp/Turno:${username}?issuer=Turno&secret=${offer.body.secret}&algorithm=SHA1&digits=6&period=30`,
      )
      expect(offer.body.qr).to.match(/^data:image\/svg\+xml;base64,/)
      expect([confirmed.status, confirmed.body.user.totp]).to.deep.equal([200, true])
      expect((await client.get('/session')).status).to.equal(200)
      const next = new StaffClient(app.api)
      expect(outcome(await next.signIn(username))).to.deep.equal([401, 'totp-required'])
      expect(outcome(await next.signIn(username, PASSWORD, '000000'))).to.deep.equal([401, 'sign-in-failed'])
      expect(outcome(await next.signIn(username, 'wrong', await codeOf(username)))).to.deep.equal([
        401,
        'sign-in-failed',
      ])
      app.clock.advanceMinutes(1)
      expect((await next.signIn(username, PASSWORD, await codeOf(username))).status).to.equal(200)
    })

    it('takes each code once, also of two at once', async () => {
      const { username } = await turnedOn()
      expect(outcome(await new StaffClient(app.api).signIn(username, PASSWORD, await codeOf(username)))).to.deep.equal([
        401,
        'sign-in-failed',
      ])
      app.clock.advanceMinutes(1)
      const code = await codeOf(username)
      const answers = await Promise.all([1, 2, 3].map(() => new StaffClient(app.api).signIn(username, PASSWORD, code)))
      expect(answers.map(({ status }) => status)).to.have.members([200, 401, 401])
    })

    it('keeps its secret nowhere', async () => {
      const { offer } = await turnedOn()
      expect(JSON.stringify(await app.database.contents())).not.to.include(offer.body.secret)
    })

    it('lets a password be short, which must change when TOTP goes', async () => {
      const { client } = await turnedOn()
      expect((await client.post('/session/password', { password: 'solo8car' })).status).to.equal(200)
      const removed = await client.post('/session/totp/remove', { password: 'solo8car' })
      expect([removed.status, removed.body.user.totp, removed.body.user.passwordChangeRequired]).to.deep.equal([
        200,
        false,
        true,
      ])
      expect(outcome(await client.get('/session'))).to.deep.equal([403, 'password-change-required'])
    })

    it('is offered anew when the secret of an offer is lost', async () => {
      const username = newName('totp')
      const client = await signedIn(app, { username })
      await app.staff.accounts.change(username, { newTotpId: newTotpId(makeSecrets('f'.repeat(32)), username) })
      const offers = [1, 2].map(() => client.post('/session/totp', { password: PASSWORD }))
      const [first, again] = await Promise.all(offers)
      expect([first?.status, again?.status, again?.body.secret]).to.deep.equal([200, 200, first?.body.secret])
      const confirmed = await client.post('/session/totp/confirm', { totp: await codeOf(username) })
      expect([confirmed.status, confirmed.body.user?.totp]).to.deep.equal([200, true])
    })

    it('is not set up with the session alone', async () => {
      const client = await signedIn(app, { username: newName() })
      const answer = await client.post('/session/totp', { password: 'wrong' })
      expect([answer.status, answer.body.errors[0].code]).to.deep.equal([422, 'password-wrong'])
      expect(outcome(await client.post('/session/totp/confirm', { totp: '123456' }))).to.deep.equal([
        409,
        'totp-not-offered',
      ])
    })

    it('lost with the phone is taken away by the manager', async () => {
      const { username } = await turnedOn()
      const admin = await adminClient()
      expect((await admin.patch(`/staff/${username}`, { totp: false })).body.user.totp).to.equal(false)
      expect((await new StaffClient(app.api).signIn(username)).status).to.equal(200)
    })
  })
})

forEachEngine((engine) => {
  describe('the first admin (A2)', () => {
    let app: TestApp
    beforeEach(async () => {
      app = await startApp(engine)
    })
    afterEach(() => app.close())
    const deps = () => ({ ...app, dataSource: app.database.dataSource })

    it('is made once, by one of the instances that start together, with a password of its own', async () => {
      const made = await Promise.all([1, 2, 3].map(() => makeFirstAdmin(deps(), { username: 'admin', password: null })))
      const [admin] = made.filter((one) => one !== null)
      expect(made.filter((one) => one !== null)).to.have.length(1)
      expect(admin?.username).to.equal('admin')
      const { body } = await new StaffClient(app.api).signIn('admin', admin?.oneTimePassword ?? '')
      expect(body.user).to.include({ role: 'admin', passwordChangeRequired: true })
      expect(await makeFirstAdmin(deps(), { username: 'other', password: PASSWORD })).to.equal(null)
    })

    it('is the one of the settings, whose password is kept', async () => {
      expect(await makeFirstAdmin(deps(), { username: 'Capo', password: PASSWORD })).to.deep.equal({
        username: 'capo',
        oneTimePassword: null,
        isGuessable: false,
      })
      expect((await new StaffClient(app.api).signIn('capo')).body.user).to.include({
        role: 'admin',
        passwordChangeRequired: false,
      })
    })

    it('cannot close or lower the last admin’s account', async () => {
      const admin = await signedIn(app, { role: 'admin' })
      for (const change of [{ active: false }, { role: 'manager', sites: ['legnano'] }]) {
        expect(outcome(await admin.patch('/staff/admin', change))).to.deep.equal([409, 'last-admin'])
      }
      await makeAnotherAdmin(deps(), 'second')
      expect((await admin.patch('/staff/admin', { active: false })).status).to.equal(200)
    })

    for (const change of [{ role: 'manager', sites: ['legnano'] }, { active: false }])
      it(`two admins who end each other at once (${Object.keys(change)[0]}): one is left, in each of eight rounds`, async () => {
        const names = ['anna', 'bruno']
        for (const username of names) await openAccount(app, { username, role: 'admin' })
        for (let round = 0; round < 8; round++) {
          const clients = await Promise.all(
            names.map(async (name) => {
              const client = new StaffClient(app.api)
              expect((await client.signIn(name)).status).to.equal(200)
              return client
            }),
          )
          const answers = await Promise.all(clients.map((client, n) => client.patch(`/staff/${names[1 - n]}`, change)))
          const done = answers.filter(({ status }) => status === 200)
          expect(done, JSON.stringify(answers.map(({ status, body }) => [status, body.code]))).to.have.length(1)
          await app.unitOfWork.run(async ({ em }) => {
            const store = new AccountStore(em)
            expect(await store.admins()).to.equal(1)
            for (const name of names) await store.change(name, { role: 'admin', siteIds: [], isActive: true })
          })
        }
      })
  })
})
