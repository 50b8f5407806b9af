import { expect } from 'chai'
import { startApp, type TestApp } from '../../support/app.js'
import { forEachEngine } from '../../support/engines.js'
import { openAccount, PASSWORD, signedIn, StaffClient } from '../../support/staff.js'

const tokenOf = (client: StaffClient): string => client.cookie.split('=')[1] ?? ''

forEachEngine((engine) => {
  describe('signing in (A2)', () => {
    let app: TestApp
    before(async () => {
      app = await startApp(engine)
    })
    after(() => app.close())
    let number = 0
    const newName = () => `anna-${(number += 1)}`

    it('gives a cookie and the CSRF token, and says who it is', async () => {
      const client = new StaffClient(app.api)
      const username = await openAccount(app, { username: newName() })
      const answer = await client.signIn(username)
      expect(answer.status).to.equal(200)
      const user = {
        username,
        role: 'operator',
        sites: ['legnano'],
        active: true,
        totp: false,
        passwordChangeRequired: false,
      }
      expect(answer.body).to.deep.equal({ csrfToken: client.csrfToken, user })
      const [cookie = ''] = answer.headers.getSetCookie()
      expect(cookie).to.match(/^staff=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Lax$/)
      expect((await client.get('/session')).body).to.deep.equal({ csrfToken: client.csrfToken, user })
    })

    it('takes the name in any case', async () => {
      const username = await openAccount(app, { username: newName() })
      expect((await new StaffClient(app.api).signIn(username.toUpperCase())).status).to.equal(200)
    })

    it('answers the same for a wrong password, an unknown name and a closed account', async () => {
      const [wrong, closed] = [
        await openAccount(app, { username: newName() }),
        await openAccount(app, { username: newName() }),
      ]
      const admin = await signedIn(app, { role: 'admin', username: newName() })
      expect((await admin.patch(`/staff/${closed}`, { active: false })).status).to.equal(200)
      const client = new StaffClient(app.api)
      const answers = [
        await client.signIn(wrong, 'not this one'),
        await client.signIn('nobody'),
        await client.signIn(closed),
      ]
      for (const answer of answers) {
        expect([answer.status, answer.body.code]).to.deep.equal([401, 'sign-in-failed'])
        expect(answer.headers.getSetCookie()).to.deep.equal([])
      }
      expect(answers[1]?.body).to.deep.equal(answers[0]?.body)
    })

    it('takes as long for an unknown name', async () => {
      const username = await openAccount(app, { username: newName() })
      const msOf = async (name: string) => {
        const startedMs = performance.now()
        await new StaffClient(app.api).signIn(name, 'not this one')
        return performance.now() - startedMs
      }
      await msOf('nobody')
      const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] }
      // In turns, so that a busy machine slows both.
      for (let i = 0; i < 9; i++) {
        times.known.push(await msOf(username))
        times.unknown.push(await msOf('nobody'))
      }
      const median = (list: number[]) => list.sort((one, other) => one - other)[4] ?? 0
      expect(median(times.unknown) / median(times.known)).to.be.within(0.5, 2)
    })

    for (const [title, body] of [
      ['numbers', { username: 0, password: 0 }],
      ['booleans', { username: true, password: true }],
      ['lists', { username: [], password: [] }],
      ['objects', { username: { $gt: '' }, password: {} }],
      ['an unknown field', { username: 'a', password: 'b', role: 'admin' }],
    ] as const) {
      it(`refuses ${title} as malformed (T09)`, async () =>
        expect((await app.api.post('/session', body)).status).to.equal(400))
    }

    it('ends the session that the cookie came with: a new one each time (T24)', async () => {
      const client = await signedIn(app, { username: newName() })
      const old = Object.assign(new StaffClient(app.api), { cookie: client.cookie })
      await client.signIn(`anna-${number}`)
      expect((await old.get('/session')).status).to.equal(401)
      expect((await client.get('/session')).status).to.equal(200)
    })

    it('gives a retry with the same Idempotency-Key the same session, cookie included (K9)', async () => {
      const username = await openAccount(app, { username: newName() })
      const body = { username, password: PASSWORD }
      const answers = await Promise.all(
        [1, 2, 3].map(() => app.api.post('/session', body, { 'idempotency-key': username })),
      )
      const again = await app.api.post('/session', body, { 'idempotency-key': username })
      const cookies = [...answers, again].map((answer) => answer.headers.getSetCookie()[0])
      expect(new Set(cookies).size).to.equal(1)
      expect(cookies[0]).to.match(/^staff=/)
      const { staff_session } = await app.database.contents()
      expect(staff_session?.filter((row) => Object.values(row as object).includes(username))).to.have.length(1)
    })

    it('keeps neither the cookie’s value nor a password at rest, also in kept answers (L1, A3)', async () => {
      const username = await openAccount(app, { username: newName() })
      const client = new StaffClient(app.api)
      await client.post('/session', { username, password: PASSWORD }, { 'idempotency-key': `${username}-rest` })
      const rows = JSON.stringify(await app.database.contents())
      for (const secret of [tokenOf(client), client.csrfToken, PASSWORD]) expect(rows).not.to.include(secret)
    })
  })

  describe('a session (A2)', () => {
    let app: TestApp
    let client: StaffClient
    beforeEach(async () => {
      app = await startApp(engine)
      client = await signedIn(app, { role: 'manager' })
    })
    afterEach(() => app.close())
    const status = async () => (await client.get('/staff')).status

    it('ends after 30 idle minutes, and lasts while somebody works', async () => {
      for (let i = 0; i < 3; i++) {
        app.clock.advanceMinutes(29)
        expect(await status()).to.equal(200)
      }
      app.clock.advanceMinutes(30)
      expect(await status()).to.equal(401)
    })

    it('is not kept alive by pages that refresh themselves', async () => {
      app.clock.advanceMinutes(29)
      expect((await client.get('/staff', { 'x-background': '1' })).status).to.equal(200)
      app.clock.advanceMinutes(1)
      expect(await status()).to.equal(401)
    })

    it('ends 12 hours after signing in, whoever works', async () => {
      for (let i = 0; i < 28; i++) {
        app.clock.advanceMinutes(25)
        expect(await status()).to.equal(200)
      }
      app.clock.advanceMinutes(20)
      expect(await status()).to.equal(401)
    })

    it('needs its CSRF token for every change, and only for changes', async () => {
      const kept = client.csrfToken
      const body = { username: 'bruno', role: 'operator', sites: ['legnano'] }
      for (const token of ['', 'x', `${kept.slice(0, -1)}_`]) {
        client.csrfToken = token
        const answer = await client.post('/staff', body)
        expect([answer.status, answer.body.code]).to.deep.equal([403, 'csrf-failed'])
      }
      expect(await status()).to.equal(200)
      client.csrfToken = kept
      expect((await client.post('/staff', body)).status).to.equal(201)
    })

    it('signs out on the server: the cookie is worth nothing any more', async () => {
      const { cookie } = client
      const answer = await client.delete('/session')
      expect([answer.status, answer.headers.getSetCookie()[0]]).to.deep.equal([
        204,
        'staff=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax',
      ])
      client.cookie = cookie
      expect(await status()).to.equal(401)
    })

    it('signs out everywhere', async () => {
      const other = new StaffClient(app.api)
      await other.signIn('manager')
      expect((await other.delete('/session/all')).status).to.equal(204)
      expect(await status()).to.equal(401)
    })

    it('is checked before the input is', async () => {
      const nobody = new StaffClient(app.api)
      const answer = await nobody.post('/staff', { wrong: true })
      expect([answer.status, answer.body.code]).to.deep.equal([401, 'unauthenticated'])
    })

    it('of a forged cookie is none', async () => {
      for (const cookie of [
        'staff=',
        `staff=${'A'.repeat(43)}`,
        `staff=${tokenOf(client).toLowerCase()}`,
        'staff=%00',
        `staff=${tokenOf(client)}x`,
      ]) {
        client.cookie = cookie
        expect(await status(), cookie).to.equal(401)
      }
    })

    it('is thrown away when its time is over (I13)', async () => {
      app.clock.advanceMinutes(31)
      await app.jobs.runAll()
      expect((await app.database.contents()).staff_session).to.deep.equal([])
    })
  })
})

forEachEngine((engine) => {
  describe('throttled sign-in (A2)', () => {
    let app: TestApp
    before(async () => {
      app = await startApp(engine, { settings: { RATE_LIMITS: 'on' } })
    })
    after(() => app.close())

    it('stops guessing after ten tries, also of names that do not exist, and says when to come back', async () => {
      await openAccount(app)
      for (const username of ['operator', 'nobody']) {
        const client = new StaffClient(app.api)
        const statuses: number[] = []
        for (let i = 0; i < 11; i++) statuses.push((await client.signIn(username, `guess ${i}`)).status)
        expect(statuses).to.deep.equal([...Array<number>(10).fill(401), 429])
        const answer = await client.signIn(username)
        expect(answer.status).to.equal(429)
        expect(Number(answer.headers.get('retry-after'))).to.be.within(1, 900)
      }
    })

    it('counts only what fails', async () => {
      await openAccount(app, { username: 'busy' })
      for (let i = 0; i < 12; i++) expect((await new StaffClient(app.api).signIn('busy')).status).to.equal(200)
    })
  })
})

describe('over TLS', () => {
  it('the cookie is Secure and of this host alone', async () => {
    const { SQLITE } = await import('../../support/engines.js')
    const app = await startApp(SQLITE, { settings: { BASE_URL: 'https://turno.example' } })
    const address = app.http.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const { ApiClient } = await import('../../support/client.js')
    const client = new StaffClient(new ApiClient(`http://127.0.0.1:${port}`))
    const answer = await client.signIn(await openAccount(app))
    expect(answer.headers.getSetCookie()[0]).to.match(/^__Host-staff=[^;]+; Path=\/; HttpOnly; SameSite=Lax; Secure$/)
    expect((await client.get('/session')).status).to.equal(200)
    await app.close()
  })
})
