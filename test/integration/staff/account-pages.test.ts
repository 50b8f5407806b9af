import { expect } from 'chai'
import { TOTP } from 'otpauth'
import { pathBack, pathTo } from '../../../src/access/staff-paths.js'
import { oneTimeEnd, oneTimePassword } from '../../../src/staff/new-password.js'
import { startApp, type TestApp } from '../../support/app.js'
import { forEachEngine, SQLITE } from '../../support/engines.js'
import { openAccount, PASSWORD, signedIn } from '../../support/staff.js'
import { type WebPage, WebVisit } from '../citizen/web-visit.js'

const OTHER = 'tutta un’altra password'

/** Signs in without scripts. @returns what comes after the form */
async function enter(
  visit: WebVisit,
  username: string,
  { password = PASSWORD, verso = '/account', follow = true } = {},
): Promise<WebPage> {
  const page = await visit.get(`/entra?verso=${encodeURIComponent(verso)}`)
  return visit.submit(page, '/entra', { username, password }, follow)
}

const location = ({ headers }: WebPage): string | null => headers.get('location')

/** What an authenticator makes of the secret on the page. */
function authenticator(app: TestApp, { html }: WebPage): () => string {
  const secret = (/data-test="secret">([A-Z2-7 ]+)</.exec(html)?.[1] ?? '').replaceAll(' ', '')
  const totp = new TOTP({ secret, algorithm: 'SHA1', digits: 6, period: 30 })
  return () => totp.generate({ timestamp: app.clock().getTime() })
}

async function turnTotpOn(app: TestApp, visit: WebVisit): Promise<() => string> {
  const offer = await visit.submit(await visit.get('/account'), '/account/totp', { password: PASSWORD })
  const code = authenticator(app, offer)
  const done = await visit.submit(offer, '/account/totp/conferma', { totp: code() })
  expect(done.html.match(/data-test="recovery-code"/g), 'codes for a lost phone').to.have.lengthOf(10)
  app.clock.advanceMinutes(1)
  return code
}

forEachEngine((engine) => {
  describe('the pages of signing in, without scripts (A2)', () => {
    let app: TestApp
    let visit: WebVisit
    let number = 0
    const newName = () => openAccount(app, { username: `anna-${(number += 1)}` })
    before(async () => {
      app = await startApp(engine)
    })
    beforeEach(() => {
      visit = new WebVisit(app.url)
    })
    after(() => app.close())

    it('lead to where staff begin, or back to the page one wanted', async () => {
      const username = await newName()
      expect(location(await enter(visit, username, { verso: '', follow: false }))).to.equal('/operatore')
      const again = await enter(new WebVisit(app.url), username, {
        verso: '/gestione/orari?sede=legnano',
        follow: false,
      })
      expect([again.status, location(again)]).to.deep.equal([303, '/gestione/orari?sede=legnano'])
    })

    it('say the same for a wrong password and an unknown name; the name stays, the password does not', async () => {
      const username = await newName()
      const wrong = await enter(visit, username, { password: 'not this <one>' })
      const unknown = await enter(new WebVisit(app.url), 'nobody', { password: 'not this <one>' })
      for (const { status, text, html } of [wrong, unknown]) {
        expect(status).to.equal(401)
        expect(text).to.include('Accesso non riuscito')
        expect(html).not.to.include('not this')
      }
      expect(wrong.html).to.include(`value="${username}"`)
      expect(wrong.text).to.equal(unknown.text)
    })

    it('say what is missing', async () => {
      const page = await enter(visit, '', { password: '' })
      expect(page.status).to.equal(422)
      expect(page.text).to.include('Scrivi il nome utente.').and.include('Scrivi la password.')
    })

    it('refuse a sign-in that another site’s page sends (login CSRF)', async () => {
      const username = await newName()
      const stranger = { username, password: PASSWORD, verso: '' }
      const sent = await visit.open('/entra', { method: 'POST', fields: stranger, follow: false })
      expect([sent.status, visit.cookies.has('staff')]).to.deep.equal([403, false])
      const [own, other] = [await visit.get('/entra'), new WebVisit(app.url)]
      const token = /name="_csrf" value="([^"]+)"/.exec(own.html)?.[1] ?? ''
      await other.get('/entra')
      const fields = { ...stranger, _csrf: token }
      expect((await other.open('/entra', { method: 'POST', fields, follow: false })).status).to.equal(403)
    })

    it('a one-time password leads to choosing one, and from there to where one wanted', async () => {
      const admin = await signedIn(app, { role: 'admin', username: `capo-${(number += 1)}` })
      const username = `nuova-${number}`
      const { body } = await admin.post('/staff', { username, role: 'operator', sites: ['legnano'] })
      const password = body.password as string
      const first = await enter(visit, username, { password, verso: '/account' })
      expect(first.address).to.equal('/password?verso=%2Faccount')
      expect(first.text).to.include('vale una volta sola').and.include('Almeno 15 caratteri')
      const before = visit.copy()
      for (const [typed, again, said] of [
        ['corta', 'corta', 'Almeno 15 caratteri'],
        [OTHER, `${OTHER}!`, 'non sono uguali'],
        [password, password, 'diversa da quella attuale'],
      ] as const) {
        const page = await visit.submit(first, '/password', { password: typed, again })
        expect([page.status, page.text.includes(said)], said).to.deep.equal([422, true])
        expect(page.html).not.to.include(typed)
      }
      const chosen = await visit.submit(first, '/password', { password: OTHER, again: OTHER })
      expect([chosen.status, chosen.address]).to.deep.equal([200, '/account'])
      expect((await before.get('/account')).address, 'a new session, the old one has ended').to.match(/^\/entra/)
      expect((await enter(new WebVisit(app.url), username, { password })).status).to.equal(401)
    })

    it('another password by wish needs the present one, and ends all other sessions', async () => {
      const username = await newName()
      const elsewhere = new WebVisit(app.url)
      for (const one of [visit, elsewhere]) await enter(one, username)
      const form = await visit.get('/password')
      for (const current of ['', 'not this one'])
        expect((await visit.submit(form, '/password', { current, password: OTHER, again: OTHER })).status).to.equal(422)
      const done = await visit.submit(form, '/password', { current: PASSWORD, password: OTHER, again: OTHER })
      expect([done.status, done.address]).to.deep.equal([200, '/account?fatto=password'])
      expect((await elsewhere.get('/account')).address).to.equal('/entra?verso=%2Faccount')
      expect((await enter(elsewhere, username, { password: OTHER })).address).to.equal('/account')
    })

    it('TOTP: set up with a real code, then asked for in a second step that keeps the name; no code works twice', async () => {
      const username = await newName()
      await enter(visit, username)
      const code = await turnTotpOn(app, visit)
      const second = new WebVisit(app.url)
      const asked = await enter(second, username)
      expect([asked.status, second.cookies.has('staff')]).to.deep.equal([200, false])
      expect(asked.text).to.include('Codice di verifica').and.include(username)
      expect(asked.html).not.to.include(PASSWORD)
      const wrong = await second.submit(asked, '/entra/codice', { totp: '000000' })
      expect([wrong.status, wrong.text.includes(username)]).to.deep.equal([401, true])
      const used = code()
      const [before, after] = [used.slice(0, 3), used.slice(3)]
      expect((await second.submit(wrong, '/entra/codice', { totp: `${before} ${after}` })).address).to.equal('/account')
      const third = new WebVisit(app.url)
      const again = await third.submit(await enter(third, username), '/entra/codice', { totp: used })
      expect([again.status, third.cookies.has('staff')]).to.deep.equal([401, false])
    })

    it('the second step is worth nothing for another name, after ten minutes, or after another password', async () => {
      const [username, other] = [await newName(), await newName()]
      await enter(visit, username)
      const code = await turnTotpOn(app, visit)
      const asked = await enter(new WebVisit(app.url), username)
      const mark = /name="mark" value="([^"]+)"/.exec(asked.html)?.[1] ?? ''
      const tries = async (fields: Record<string, string>) => {
        const fresh = new WebVisit(app.url)
        const _csrf = /name="_csrf" value="([^"]+)"/.exec((await fresh.get('/entra')).html)?.[1] ?? ''
        const sent = { username, mark, totp: code(), verso: '', _csrf, ...fields }
        return fresh.open('/entra/codice', { method: 'POST', fields: sent, follow: false })
      }
      for (const fields of [{ username: other }, { mark: `${mark}x` }, { mark: '9999999999999.00' }, { mark: 'x' }])
        expect((await tries(fields)).text, JSON.stringify(fields)).to.include('scrivi di nuovo la password')
      app.clock.advanceMinutes(11)
      expect((await tries({})).status).to.equal(401)
      const fresh = await enter(new WebVisit(app.url), username)
      const newMark = /name="mark" value="([^"]+)"/.exec(fresh.html)?.[1] ?? ''
      const admin = await signedIn(app, { role: 'admin', username: `capo-${(number += 1)}` })
      expect((await admin.patch(`/staff/${username}`, { resetPassword: true })).status).to.equal(200)
      expect((await tries({ mark: newMark })).status).to.equal(401)
    })

    it('TOTP is turned off with the password; the secret is shown only to who has just typed it', async () => {
      const username = await newName()
      await enter(visit, username)
      const account = await visit.get('/account')
      expect((await visit.submit(account, '/account/totp', { password: 'not this one' })).status).to.equal(422)
      const offer = await visit.submit(account, '/account/totp', { password: PASSWORD })
      const blind = await visit.submit(offer, '/account/totp/conferma', { totp: '000000', mark: 'x' })
      expect(blind.html).not.to.include('data-test="secret"')
      const wrong = await visit.submit(offer, '/account/totp/conferma', { totp: '000000' })
      expect([wrong.status, wrong.html.includes('data-test="secret"')]).to.deep.equal([422, true])
      await turnTotpOn(app, visit)
      const on = await visit.get('/account')
      expect((await visit.submit(on, '/account/totp/disattiva', { password: 'no' })).status).to.equal(422)
      const off = await visit.submit(on, '/account/totp/disattiva', { password: PASSWORD })
      expect(off.address).to.equal('/account?fatto=totp-off')
      expect((await enter(new WebVisit(app.url), username)).address).to.equal('/account')
    })

    it('a recovery code lets in where the app’s code is asked; how many are left is said, new ones take their place', async () => {
      const username = await newName()
      await enter(visit, username)
      await turnTotpOn(app, visit)
      const _csrf = /name="_csrf" value="([^"]+)"/.exec((await visit.get('/account')).html)?.[1] ?? ''
      const made = await visit.open('/account/codici', { method: 'POST', fields: { _csrf, password: PASSWORD } })
      expect(made.html, 'no link that loses the codes').not.to.include('?lang=')
      const codes = [...made.html.matchAll(/data-test="recovery-code">([^<]+)</g)].map(([, code = '']) => code)
      expect(codes).to.have.lengthOf(10)
      expect(codes[0]).to.match(/^\w{5}-\w{5}$/)
      expect((await visit.get('/account')).text).to.include('ne restano 10')
      const lost = new WebVisit(app.url)
      const asked = await enter(lost, username)
      expect((await lost.submit(asked, '/entra/recupero', { recovery: '' })).text).to.include(
        'Scrivi il codice di recupero',
      )
      const wrong = await lost.submit(asked, '/entra/recupero', { recovery: 'AAAAA-AAAAA' })
      expect([wrong.status, wrong.text.includes('non è corretto o è già stato usato')]).to.deep.equal([401, true])
      const inside = await lost.submit(wrong, '/entra/recupero', { recovery: codes[0] ?? '' })
      expect(inside.address).to.equal('/account?fatto=recovery')
      expect(inside.text).to.include('ne restano 9')
      const again = new WebVisit(app.url)
      const used = await again.submit(await enter(again, username), '/entra/recupero', { recovery: codes[0] ?? '' })
      expect(used.status).to.equal(401)
    })

    it('a one-time password that has ended says so', async () => {
      const username = await newName()
      const actor = { kind: 'staff', username: 'test', role: 'admin', siteIds: [] } as const
      const password = await oneTimePassword(app.secrets, oneTimeEnd(app.clock()))
      await app.unitOfWork.run((tx) =>
        app.staff.changeAccount(tx, { actor, username, post: {}, password, removeTotp: false }),
      )
      app.clock.advanceMinutes(7 * 1440)
      const late = await enter(new WebVisit(app.url), username, { password: password.oneTime?.password ?? '' })
      expect([late.status, late.text.includes('Password provvisoria scaduta')]).to.deep.equal([401, true])
    })

    it('a password that is guessed first is refused with a sentence (A2)', async () => {
      const username = await newName()
      await enter(visit, username)
      const form = await visit.get('/password')
      const [current, typed] = [PASSWORD, 'passwordpassword']
      const refused = await visit.submit(form, '/password', { current, password: typed, again: typed })
      expect([refused.status, refused.text.includes('tra le password più usate')]).to.deep.equal([422, true])
    })

    it('signing out ends the session on the server: a kept cookie is worth nothing', async () => {
      const username = await newName()
      const elsewhere = new WebVisit(app.url)
      for (const one of [visit, elsewhere]) await enter(one, username)
      const thief = visit.copy()
      const out = await visit.submit(await visit.get('/account'), '/account/esci')
      expect([out.address, visit.cookies.get('staff')]).to.deep.equal(['/entra?fatto=signed-out', ''])
      expect((await thief.get('/account')).address).to.equal('/entra?verso=%2Faccount')
      expect((await elsewhere.get('/account')).address, 'the other browser stays').to.equal('/account')
    })

    it('signing out everywhere ends the other browser too', async () => {
      const username = await newName()
      const elsewhere = new WebVisit(app.url)
      for (const one of [visit, elsewhere]) await enter(one, username)
      await visit.submit(await visit.get('/account'), '/account/esci-ovunque')
      const other = await elsewhere.get('/account')
      expect(other.address).to.equal('/entra?verso=%2Faccount')
      expect(other.text).to.include('L’accesso è finito')
    })

    it('30 idle minutes, or 12 hours, lead back to signing in and then to where one was; so does a form', async () => {
      const username = await newName()
      await enter(visit, username)
      for (let half = 0; half < 25; half += 1) {
        app.clock.advanceMinutes(29)
        const { address } = await visit.get('/account?lang=it')
        if (half < 24) expect(address).to.equal('/account?lang=it')
        else expect(address, '12 hours').to.equal('/entra?verso=%2Faccount%3Flang%3Dit')
      }
      const back = await visit.submit(await visit.get('/entra?verso=/account'), '/entra', {
        username,
        password: PASSWORD,
      })
      expect(back.address).to.equal('/account')
      app.clock.advanceMinutes(30)
      const sent = await visit.submit(back, '/account/totp', { password: PASSWORD })
      expect(sent.address).to.equal('/entra?verso=%2Faccount')
    })

    it('forms of the account need the session’s own token', async () => {
      await enter(visit, await newName())
      const page = await visit.get('/account')
      for (const path of ['/account/esci', '/account/esci-ovunque', '/account/totp'])
        for (const _csrf of ['x', undefined])
          expect((await visit.submit(page, path, { _csrf }, false)).status, path).to.equal(403)
      expect((await visit.get('/account')).address).to.equal('/account')
    })

    it('are not kept, not indexed, and speak English', async () => {
      const english = new WebVisit(app.url, 'en')
      const page = await english.get('/entra')
      expect(page.text).to.include('Staff sign-in')
      expect(page.headers.get('cache-control')).to.equal('no-store')
      expect(page.headers.get('x-robots-tag')).to.equal('noindex')
      const account = await enter(english, await newName())
      expect(account.text).to.include('Counter operator')
      expect(account.headers.get('cache-control')).to.equal('no-store')
    })
  })
})

describe('throttled sign-in by page (A2)', () => {
  it('says when to try again, keeps the name, and the right password helps nothing before', async () => {
    const app = await startApp(SQLITE, { settings: { RATE_LIMITS: 'on' } })
    const visit = new WebVisit(app.url)
    const username = await openAccount(app)
    for (let i = 0; i < 10; i += 1) expect((await enter(visit, username, { password: 'no' })).status).to.equal(401)
    const page = await enter(visit, username)
    expect(page.status).to.equal(429)
    expect(Number(page.headers.get('retry-after'))).to.be.within(1, 900)
    expect(page.text).to.match(/Troppi tentativi .*Riprova tra 1[45] minuti/)
    expect(page.html).to.include(`value="${username}"`)
    await app.close()
  })
})

describe('where to go on after signing in', () => {
  for (const verso of ['/operatore', '/operatore?sportello=legnano-1', '/gestione', '/gestione/orari', '/account'])
    it(`${verso} is a page of staff`, () => expect(pathBack(verso)).to.equal(verso))

  for (const verso of [
    'https://evil.example/operatore',
    '//evil.example',
    '//evil.example/operatore',
    '/\\evil.example',
    '/operatore/../../evil',
    '/operatore/..//evil.example',
    '/operatore/%2e%2e//evil.example',
    '/operatore//evil.example',
    '/operatore\\..\\..\\/evil.example',
    '/operatore@evil.example',
    '/operatore.evil.example',
    'javascript:alert(1)',
    '/operatore\r\nLocation: https://evil.example',
    '/operatore\t',
    ' /operatore',
    '/prenota',
    '/api/v1/session',
    `/operatore?${'x'.repeat(400)}`,
    '',
    undefined,
    ['/account', '/account'],
  ])
    it(`${JSON.stringify(verso)?.slice(0, 60)} is not: staff begin at /operatore`, () =>
      expect(pathBack(verso)).to.equal('/operatore'))

  it('says nothing in the address when it is where staff begin anyway', () => {
    expect(pathTo('/entra', '/operatore')).to.equal('/entra')
    expect(pathTo('/password', '/account')).to.equal('/password?verso=%2Faccount')
  })
})
