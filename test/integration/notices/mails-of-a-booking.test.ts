import { readdir, readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect } from 'chai'
import { simpleParser } from 'mailparser'
import { startApp, type TestApp } from '../../support/app.js'
import { aVisitor } from '../../support/builders.js'
import { forEachEngine, SQLITE } from '../../support/engines.js'
import { SmtpInbox } from '../../support/smtp.js'

const BOOK = { site: 'legnano', service: 'scelta-revoca', start: '2026-11-24T08:30:00+01:00' }

const bookOf =
  (email: string, lang = 'it') =>
  async (app: TestApp) => {
    const answer = await app.api.post(
      '/bookings',
      { ...BOOK, visitor: aVisitor({ email }) },
      { 'accept-language': lang },
    )
    if (answer.status !== 201) throw new Error(`booking: ${answer.status} ${JSON.stringify(answer.body)}`)
    return answer.body.booking as { token: string; manageUrl: string; code: string }
  }

const property = (ics: string, name: string) => new RegExp(`^${name}:(.*)\r$`, 'm').exec(ics)?.[1]

describe('a booking made, moved and cancelled through the API', () => {
  forEachEngine((engine) => {
    it('sends one mail for each, whose calendar entries follow one another (H03, H11)', async function () {
      this.timeout(60_000)
      const inbox = await SmtpInbox.create()
      const app = await startApp(engine, {
        settings: { SMTP_URL: inbox.url, MAIL_FROM: 'Turno <noreply@example.org>' },
      })
      app.sender.start()
      const { token, manageUrl, code } = await bookOf('nicolo@example.org')(app)
      const confirmed = await inbox.waitFor(({ parsed }) => parsed.subject === 'Prenotazione confermata')
      expect(confirmed.parsed.text).to.include(manageUrl).and.to.include(code)
      await app.api.post(`/bookings/${token}/move`, { start: '2026-11-24T09:30:00+01:00' })
      const moved = await inbox.waitFor(({ parsed }) => parsed.subject === 'Prenotazione spostata')
      expect(moved.parsed.text).to.include(manageUrl).and.to.include('ore 9:30')
      await app.api.post(`/bookings/${token}/cancel`)
      const cancelled = await inbox.waitFor(({ parsed }) => parsed.subject === 'Prenotazione annullata')
      const entries = [confirmed, moved, cancelled].map(
        ({ parsed }) => parsed.attachments.at(-1)?.content.toString() ?? '',
      )
      expect(new Set(entries.map((ics) => property(ics, 'UID'))).size).to.equal(1)
      expect(entries.map((ics) => property(ics, 'SEQUENCE'))).to.deep.equal(['0', '1', '2'])
      expect(entries.map((ics) => property(ics, 'METHOD'))).to.deep.equal(['PUBLISH', 'PUBLISH', 'CANCEL'])
      expect(property(entries[1] ?? '', 'DTSTART')).to.equal('20261124T083000Z')
      expect(inbox.mails).to.have.length(3)
      await app.sender.stop()
      await app.close()
      await inbox.close()
    })
  })
})

describe('without a mail server', () => {
  let app: TestApp
  const get = (path: string, headers: Record<string, string> = {}) => fetch(`${app.url}${path}`, { headers })
  before(async function () {
    this.timeout(60_000)
    app = await startApp(SQLITE)
    await bookOf('canary@example.org', 'en')(app)
    await app.sender.sendDue()
  })
  after(() => app.close())

  const files = async () => (await readdir(join(app.database.dataDir, 'mail'))).filter((name) => name.endsWith('.eml'))

  it('the mail is a whole file that mail programs read, and nothing else lies beside it', async () => {
    const [name = '', ...more] = await readdir(join(app.database.dataDir, 'mail'))
    expect(more).to.deep.equal([])
    expect(name).to.match(/^20261123T080000000Z-[0-9a-f]{32}\.eml$/)
    const parsed = await simpleParser(await readFile(join(app.database.dataDir, 'mail', name)))
    expect(parsed.subject).to.equal('Booking confirmed')
    expect([parsed.to].flat()[0]?.text).to.equal('canary@example.org')
  })

  it('/dev/mail lists it, newest first', async () => {
    const page = await get('/dev/mail', { 'accept-language': 'en' })
    const html = await page.text()
    expect(page.status).to.equal(200)
    expect(html)
      .to.include('Booking confirmed')
      .and.to.include((await files())[0])
  })

  it('and shows its text, its calendar entry and its HTML in a cage', async () => {
    const [name] = await files()
    const page = await (await get(`/dev/mail/${name}`)).text()
    expect(page).to.include('BEGIN:VCALENDAR').and.to.include(`src="/dev/mail/${name}/html"`).and.to.include('Hello,')
    const html = await get(`/dev/mail/${name}/html`)
    expect(html.headers.get('content-security-policy')).to.match(/^sandbox [^;]*; default-src 'none';/)
    expect(html.headers.get('content-security-policy')).not.to.match(/allow-(scripts|same-origin|forms)/)
    expect(await html.text()).to.include('<html lang="en">')
    expect((await get(`/dev/mail/${name}/source`)).headers.get('content-type')).to.match(/^message\/rfc822/)
  })

  for (const name of ['..%2Fturno.sqlite', '..%2F..%2Fetc%2Fpasswd.eml', 'nothing.eml', '%00.eml']) {
    it(`knows no file ${name}`, async () => expect((await get(`/dev/mail/${name}/source`)).status).to.equal(404))
  }
})

describe('/dev/mail does not exist', () => {
  it('where mail really leaves', async function () {
    this.timeout(60_000)
    const settings = { SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'a@example.org' }
    const app = await startApp(SQLITE, { settings })
    expect((await fetch(`${app.url}/dev/mail`)).status).to.equal(404)
    await app.close()
  })

  for (const BASE_URL of ['https://prenota.example.org', 'http://192.0.2.7:3000', 'http://localhost.example.org'])
    it(`at ${BASE_URL}, though NODE_ENV was forgotten`, async function () {
      this.timeout(60_000)
      const app = await startApp(SQLITE, { settings: { BASE_URL } })
      const { port } = app.http.address() as AddressInfo
      const names = await fetch(`http://127.0.0.1:${port}/dev/mail`)
      expect(names.status).to.equal(404)
      await app.close()
    })

  it('in production', async function () {
    this.timeout(60_000)
    const settings = { NODE_ENV: 'production', APP_SECRET: 'x'.repeat(32), RATE_LIMITS: 'on' }
    const app = await startApp(SQLITE, { settings })
    expect((await fetch(`${app.url}/dev/mail`)).status).to.equal(404)
    await app.close()
  })
})
