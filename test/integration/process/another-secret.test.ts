import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { type TOTP, URI } from 'otpauth'
import { ApiClient, type Answer } from '../../support/client.js'
import { at, bodyOf } from '../../support/crowd.js'
import { forEachEngine } from '../../support/engines.js'
import { AppProcess } from '../../support/process.js'
import { sleep } from '../../support/servers.js'
import { StaffClient } from '../../support/staff.js'

const [FIRST, SECOND, THIRD] = ['1'.repeat(32), '2'.repeat(32), '3'.repeat(32)]
const TODAY = '2026-11-23'
const ADMIN = { ADMIN_USERNAME: 'anna', ADMIN_PASSWORD: 'una password lunga abbastanza' }
const startAt = (minute: string) => ({ DEMO_CLOCK: `${TODAY}T09:${minute}:00+01:00` })

interface Asked {
  path: string
  body: unknown
  headers: Record<string, string>
  answer: Answer
}

/** docs/decisions/025: every use of APP_SECRET, by a process that really starts with another. */
forEachEngine((engine) => {
  describe('APP_SECRET is changed, the one before is APP_SECRET_OLD', function () {
    this.timeout(120_000)
    let app: AppProcess
    let api: ApiClient
    const asked: Record<string, Asked> = {}
    const ask = async (name: string, path: string, [body, headers = {}]: [unknown, Record<string, string>?]) => {
      const sent = { path, body, headers: { 'idempotency-key': `key-${name}`, ...headers } }
      const answer = await api.post(path, body, sent.headers)
      expect(answer.status, `${name} ${JSON.stringify(answer.body)}`).to.be.oneOf([200, 201])
      asked[name] = { ...sent, answer }
      return answer.body
    }
    const answerTo = (name: string): Answer => (asked[name] as Asked).answer
    const again = (name: string) => {
      const { path, body, headers } = asked[name] as Asked
      return api.post(path, body, headers)
    }
    const restart = async (env: Record<string, string>) => {
      await app.stop()
      for (const name of ['APP_SECRET', 'APP_SECRET_OLD']) Reflect.deleteProperty(app.env, name)
      Object.assign(app.env, env)
      await app.start()
    }
    const signIn = async () => {
      const client = new StaffClient(api)
      const { DEMO_CLOCK = '' } = app.env
      const timestamp = new Date(DEMO_CLOCK).getTime() + 30_000
      return client.signIn(ADMIN.ADMIN_USERNAME, ADMIN.ADMIN_PASSWORD, totp.generate({ timestamp }))
    }

    let totp: TOTP
    let admin: StaffClient
    let browser: { cookie: string; csrf: string }
    let pairingCode: string
    let recoveryCode: string
    let kiosk: { authorization: string }

    before(async () => {
      await promisify(execFile)(process.execPath, [join(import.meta.dirname, '../../../scripts/build.mjs')])
      const url = await engine.freshUrl()
      const env = { RATE_LIMITS: 'off', APP_SECRET: FIRST, ...ADMIN, ...(url !== null && { DATABASE_URL: url }) }
      app = await AppProcess.create({ env: { ...env, ...startAt('00') } })
      await app.start()
      api = new ApiClient(app.url)
      await ask('hold', '/holds', [{ site: 'legnano', service: 'scelta-revoca', start: at('09:45') }])
      await ask('booking', '/bookings', [bodyOf(1, { start: at('11:00', TODAY) })])
      browser = await browserOf(app.url)
      await ask('browsing', '/bookings', [bodyOf(2), { cookie: browser.cookie }])
      admin = new StaffClient(api)
      expect((await admin.signIn(ADMIN.ADMIN_USERNAME, ADMIN.ADMIN_PASSWORD)).status).to.equal(200)
      const offer = await admin.post('/session/totp', { password: ADMIN.ADMIN_PASSWORD })
      totp = URI.parse(offer.body.uri) as TOTP
      const timestamp = new Date(startAt('00').DEMO_CLOCK).getTime()
      const on = await admin.post('/session/totp/confirm', { totp: totp.generate({ timestamp }) })
      expect(on.status, JSON.stringify(on.body)).to.equal(200)
      recoveryCode = on.body.recoveryCodes[0]
      const invite = async () => (await admin.post('/sites/legnano/devices', { kind: 'kiosk' })).body.pairingCode
      const paired = await ask('pairing', '/devices/pair', [{ pairingCode: await invite() }])
      kiosk = { authorization: `Bearer ${paired.token}` }
      pairingCode = await invite()
      const { code } = answerTo('booking').body.booking
      await ask('ticket', '/sites/legnano/check-ins', [{ code }, kiosk])
      await ask('account', '/staff', [
        { username: 'berta', role: 'operator', sites: ['legnano'] },
        { cookie: admin.cookie, 'x-csrf-token': admin.csrfToken },
      ])
      await restart({ APP_SECRET: SECOND, APP_SECRET_OLD: FIRST, ...startAt('05') })
    })
    after(() => app.remove())

    it('L2: links open: a booking’s, its page, its calendar, a ticket’s', async () => {
      const { token } = answerTo('booking').body.booking
      const { body } = await api.get(`/bookings/${token}`)
      expect(body.booking).to.include({ token, code: answerTo('booking').body.booking.code })
      const { ticket } = answerTo('ticket').body
      for (const path of [
        `/prenotazione/${token}`,
        `/api/v1/bookings/${token}/calendar.ics`,
        `/numero/${ticket.token}`,
        `/api/v1/tickets/${ticket.token}`,
      ])
        expect((await fetch(app.url + path)).status, path).to.equal(200)
    })

    it('X4: a manager finds what came from an address before', async () => {
      const { body } = await admin.post('/sites/legnano/made/search', { address: '127.0.0.1' })
      const codes = (body.bookings as { code: string }[]).map(({ code }) => code)
      expect(codes).to.include(answerTo('browsing').body.booking.code)
    })

    it('K5: the person is still known, and the link that is mailed again is the one that opens', async () => {
      const { status, body } = await api.post('/bookings', bodyOf(2, { start: at('12:00') }))
      expect([status, body.code]).to.deep.equal([409, 'already-booked'])
      const { code } = answerTo('browsing').body.booking
      const link = await mailedLink(app, code)
      const page = await fetch(link)
      expect([page.status, (await page.text()).includes(code)]).to.deep.equal([200, true])
    })

    for (const name of ['hold', 'booking', 'browsing', 'pairing', 'ticket', 'account'])
      it(`K9: a retry gets the same answer: ${name}`, async () => {
        const { status, body } = await again(name)
        expect([status, body]).to.deep.equal([answerTo(name).status, answerTo(name).body])
      })

    it('a hold becomes a booking, whose answer has the token that opens it; a retry gets it too', async () => {
      const { hold } = answerTo('hold').body
      const { booking } = await ask('held', '/bookings', [
        { hold, visitor: (bodyOf(3) as { visitor: unknown }).visitor },
      ])
      expect((await api.get(`/bookings/${booking.token}`)).status).to.equal(200)
      expect((await again('held')).body.booking.token).to.equal(booking.token)
    })

    it('W1: a second check-in gives the same ticket with the token that opens it', async () => {
      const { code } = answerTo('booking').body.booking
      const { status, body } = await api.post('/sites/legnano/check-ins', { code }, kiosk)
      expect([status, body.ticket.token]).to.deep.equal([200, answerTo('ticket').body.ticket.token])
    })

    it('a session goes on, with the token its page still has; with TOTP one signs in', async () => {
      expect((await admin.post('/sites/legnano/devices', { kind: 'display' })).status).to.equal(201)
      const next = await signIn()
      expect(next.status, JSON.stringify(next.body)).to.equal(200)
    })

    it('a recovery code of before opens, and is counted among those that will not without APP_SECRET_OLD', async () => {
      const body = { username: ADMIN.ADMIN_USERNAME, password: ADMIN.ADMIN_PASSWORD, recoveryCode }
      expect((await api.post('/session', body)).status).to.equal(200)
      expect(app.output).to.match(/"recoveryCodes":1,.*APP_SECRET_OLD is needed/)
    })

    it('a pairing code that was told before is good', async () => {
      expect((await api.post('/devices/pair', { pairingCode })).status).to.equal(201)
    })

    it('a form that was open is taken', async () => {
      const answer = await fetch(`${app.url}/prenota/dettagli`, {
        method: 'POST',
        redirect: 'manual',
        headers: { cookie: browser.cookie, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ _csrf: browser.csrf }),
      })
      expect(answer.status).not.to.equal(403)
    })

    it('says what APP_SECRET_OLD is needed for', () =>
      expect(app.output).to.match(/"links":\d+,"until":"2026-11-24.*APP_SECRET_OLD is needed until/))

    describe('and is left out then', () => {
      before(() => restart({ APP_SECRET: SECOND, ...startAt('10') }))

      it('people are still known, links that were told open, with TOTP one signs in', async () => {
        expect((await api.post('/bookings', bodyOf(2, { start: at('12:15') }))).body.code).to.equal('already-booked')
        const { token } = answerTo('booking').body.booking
        expect((await api.get(`/bookings/${token}`)).status).to.equal(200)
        expect((await signIn()).status).to.equal(200)
        expect(app.output).not.to.include('codici fiscali here')
      })

      it('too early, while visits lie ahead: the start says what new mails would lack, and what to do', () =>
        expect(app.output).to.match(/"links":\d+,"until":"2026-11-24.*made with another APP_SECRET.*in APP_SECRET_OLD/))
    })

    describe('and one that neither is, is started with', () => {
      before(() => restart({ APP_SECRET: THIRD, APP_SECRET_OLD: FIRST, ...startAt('15') }))

      it('the start says so, how many are lost, and what to do', () =>
        expect(app.output).to.match(/"bookings":3,.*another APP_SECRET.*Start with the right secret/))
    })
  })
})

/** A browser that has begun to book: its cookies, and the token of the form before it. */
async function browserOf(url: string): Promise<{ cookie: string; csrf: string }> {
  const page = await fetch(`${url}/prenota`)
  const cookie = page.headers.getSetCookie().map((line) => line.split(';')[0])
  const [, csrf = ''] = /name="_csrf" value="([^"]+)"/.exec(await page.text()) ?? []
  expect(csrf).not.to.equal('')
  return { cookie: cookie.join('; '), csrf }
}

/** The link in the newest mail about a code. */
async function mailedLink(app: AppProcess, code: string): Promise<string> {
  const folder = join(app.env['DATA_DIR'] as string, 'mail')
  for (let wait = 0; wait < 100; wait++) {
    const mails = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'))
    const about = mails.filter((mail) => mail.includes(code) && /Subject: .*(già|link|prenot)/i.test(mail))
    const links = about.flatMap((mail) => mail.match(/http:\/\/127\.0\.0\.1:\d+\/prenotazione\/[\w-]+/g) ?? [])
    if (about.length > 1 && links[0] !== undefined) return links.at(-1) as string
    await sleep(100)
  }
  throw new Error('no second mail')
}
