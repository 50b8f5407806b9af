import { expect } from 'chai'
import { startApp, type TestApp } from '../../support/app.js'
import { SQLITE } from '../../support/engines.js'
import { signedIn, StaffClient } from '../../support/staff.js'
import { MANAGERS_CALLS } from './managers-calls.js'

interface Described {
  path: string
  method: string
  kiosk: boolean
}

/** One's own session: also with a one-time password. */
const ALWAYS = ['POST /session/password', 'DELETE /session', 'DELETE /session/all']

const ID = '00000000-0000-4000-8000-000000000000'
const VALUES: Record<string, string> = {
  counter: 'legnano-1',
  service: 'scelta-revoca',
  calendar: 'scelta-revoca',
  username: 'nobody',
  code: 'AAAAAAAA',
}
/** No route reads such a field, nor such a query. */
const NONSENSE = { nonsense: true }

const real = (path: string, site: string): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => (name === 'site' ? site : (VALUES[name] ?? ID)))

describe('who may call what, found out before anything else is looked at (A1, contract.md)', function () {
  this.timeout(60_000)
  let app: TestApp
  let guarded: Described[]
  let all: Described[]
  const clients: Record<'operator' | 'manager' | 'admin' | 'newcomer', StaffClient> = {} as never
  const devices: Record<'kiosk' | 'display', Record<string, string>> = {} as never

  before(async () => {
    app = await startApp(SQLITE)
    for (const role of ['operator', 'manager', 'admin'] as const) clients[role] = await signedIn(app, { role })
    const { body } = await clients.admin.post('/staff', { username: 'nuova', role: 'manager', sites: ['legnano'] })
    clients.newcomer = new StaffClient(app.api)
    await clients.newcomer.signIn('nuova', body.password as string)
    for (const kind of ['kiosk', 'display'] as const) {
      const { pairingCode } = (await clients.manager.post('/sites/legnano/devices', { kind })).body
      const { token } = (await app.api.post('/devices/pair', { pairingCode })).body
      devices[kind] = { authorization: `Bearer ${token}` }
    }
    const { paths } = (await app.api.get('/openapi.json')).body as {
      paths: Record<string, Record<string, { security: object[] }>>
    }
    all = Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, { security }]) => ({
        path,
        method: method.toUpperCase(),
        guarded: security.length > 0,
        kiosk: security.some((way) => 'kioskToken' in way),
      })),
    )
    guarded = all.filter((each) => (each as Described & { guarded: boolean }).guarded)
  })
  after(() => app.close())

  const nameOf = ({ method, path }: Described) => `${method} ${path}`
  const addressOf = ({ method, path }: Described, site = 'legnano') =>
    `${real(path, site)}${method === 'GET' ? '?nonsense=1' : ''}`
  const bodyOf = ({ method }: Described) => (['GET', 'DELETE'].includes(method) ? {} : { body: NONSENSE })
  const byStaff = (client: StaffClient, one: Described, site = 'legnano') =>
    client.call(one.method, addressOf(one, site), 'body' in bodyOf(one) ? NONSENSE : undefined)

  it('is told of every guarded operation of the contract', () =>
    expect(guarded.map(nameOf)).to.include.members(MANAGERS_CALLS))

  it('nobody without a session: 401', async () => {
    for (const one of guarded) {
      const { status, body } = await app.api.call(one.method, addressOf(one), bodyOf(one))
      expect([status, body.code], nameOf(one)).to.deep.equal([401, 'unauthenticated'])
    }
  })

  it('a one-time password opens nothing but choosing another and signing out: 403 password-change-required', async () => {
    for (const one of guarded.filter((each) => !ALWAYS.includes(nameOf(each)))) {
      const { status, body } = await byStaff(clients.newcomer, one)
      expect([status, body.code], nameOf(one)).to.deep.equal([403, 'password-change-required'])
    }
  })

  it('the cookie alone changes nothing: 403 csrf-failed', async () => {
    for (const one of guarded.filter(({ method }) => method !== 'GET')) {
      const headers = { cookie: clients.admin.cookie }
      const { status, body } = await app.api.call(one.method, addressOf(one), { ...bodyOf(one), headers })
      expect([status, body.code], nameOf(one)).to.deep.equal([403, 'csrf-failed'])
    }
  })

  it('a kiosk draws numbers at its own site, a display nothing anywhere: 403', async () => {
    for (const one of guarded) {
      const [own, elsewhere, display] = await Promise.all([
        app.api.call(one.method, addressOf(one), { ...bodyOf(one), headers: devices.kiosk }),
        app.api.call(one.method, addressOf(one, 'magenta'), { ...bodyOf(one), headers: devices.kiosk }),
        app.api.call(one.method, addressOf(one), { ...bodyOf(one), headers: devices.display }),
      ])
      if (one.kiosk) expect(own.status, nameOf(one)).to.equal(one.method === 'GET' ? 200 : 400)
      else expect(own.status, nameOf(one)).to.equal(403)
      expect([elsewhere.status, display.status], nameOf(one)).to.deep.equal([403, 403])
    }
  })

  it('an operator may not do what is a manager’s; a manager may do all an operator may, an admin all', async () => {
    for (const one of guarded.filter(({ path }) => !path.startsWith('/session'))) {
      const isManagers =
        MANAGERS_CALLS.includes(nameOf(one)) || /\/devices|\/openings|\/closures|\/exceptions/.test(one.path)
      const operator = (await byStaff(clients.operator, one)).status
      const isAdmins = one.path.startsWith('/mail/')
      if (isManagers || isAdmins) expect(operator, nameOf(one)).to.equal(403)
      else expect(operator, nameOf(one)).not.to.be.oneOf([401, 403])
      if (isAdmins) expect((await byStaff(clients.manager, one)).status, nameOf(one)).to.equal(403)
      for (const role of isAdmins ? (['admin'] as const) : (['manager', 'admin'] as const))
        expect((await byStaff(clients[role], one)).status, `${role} ${nameOf(one)}`).not.to.be.oneOf([401, 403])
    }
  })

  it('nobody reaches another site but an admin', async () => {
    for (const one of guarded.filter(({ path }) => path.startsWith('/sites/{site}'))) {
      for (const role of ['operator', 'manager'] as const)
        expect((await byStaff(clients[role], one, 'magenta')).status, `${role} ${nameOf(one)}`).to.equal(403)
      expect((await byStaff(clients.admin, one, 'magenta')).status, nameOf(one)).not.to.be.oneOf([401, 403])
    }
  })

  it('an Idempotency-Key that is none is a 400, whatever the POST', async () => {
    for (const one of all.filter(({ method }) => method === 'POST')) {
      for (const key of ['', 'two words', 'x'.repeat(256), 'città']) {
        const headers = {
          'content-type': 'application/json',
          cookie: clients.admin.cookie,
          'x-csrf-token': clients.admin.csrfToken,
          'idempotency-key': Buffer.from(key).toString('latin1'),
        }
        const { status } = await app.api.call('POST', real(one.path, 'legnano'), { body: {}, headers })
        expect(status, `${nameOf(one)} «${key.slice(0, 12)}»`).to.equal(400)
      }
    }
  })

  it('an unknown field is a 400 everywhere', async () => {
    for (const one of all.filter(({ path }) => !path.startsWith('/session/'))) {
      if (nameOf(one) === 'DELETE /session') continue
      const { status, body } = await byStaff(clients.admin, one)
      if (one.method === 'DELETE' || (one.method === 'GET' && status < 300)) continue
      expect([400, 404], `${nameOf(one)} ${JSON.stringify(body)}`).to.include(status)
    }
  })
})
