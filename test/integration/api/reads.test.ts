import { expect } from 'chai'
import { BookingEntity } from '../../../src/bookings/index.js'
import { startApp, type TestApp } from '../../support/app.js'
import { visitorOf } from '../../support/builders.js'
import { at, bodyOf, booked, held, SERVICE } from '../../support/crowd.js'
import { forEachEngine, SQLITE } from '../../support/engines.js'

describe('GET and HEAD change nothing, ever (L1, H01, T22)', () => {
  forEachEngine((engine) => {
    let app: TestApp
    before(async () => {
      app = await startApp(engine)
    })
    after(() => app.close())

    /** Links as they are in mails, and addresses that somebody might guess behind them. */
    const addresses = (token: string, hold: string) => [
      ...['', '/calendar.ics', '/cancel', '/confirm', '/move'].map((rest) => `/api/v1/bookings/${token}${rest}`),
      ...['', '/annulla', '/conferma', '/sposta', '/cancel', '?action=cancel', '?_method=DELETE'].map(
        (rest) => `/prenotazione/${token}${rest}`,
      ),
      `/api/v1/holds/${hold}`,
    ]

    it('not by a mailed link, in whatever state its booking is, opened as scanners and browsers do', async () => {
      await app.unitOfWork.run(({ em }) => em.update('SiteEntity', { id: 'magenta' }, { emailConfirmation: true }))
      app.events.publish('site.changed', { siteId: 'magenta' })
      const confirmed = await booked(app, 1)
      const pending = await booked(app, 2, { site: 'magenta' })
      const cancelled = await booked(app, 3, { start: at('09:00') })
      await app.api.post(`/bookings/${cancelled.token}/cancel`)
      const { hold } = await held(app, { start: at('09:15') })
      const before = await app.database.contents()
      for (const { token } of [confirmed, pending, cancelled]) {
        for (const address of addresses(token, hold)) {
          for (const method of ['GET', 'HEAD', 'GET']) {
            const answer = await fetch(app.url + address, {
              method,
              headers: { 'user-agent': 'Mozilla/5.0 (scanner)', purpose: 'prefetch' },
            })
            await answer.arrayBuffer()
            expect(answer.status, `${method} ${address}`).to.be.below(500)
          }
        }
      }
      expect(await app.database.contents()).to.deep.equal(before)
      for (const { token, status } of [confirmed, pending]) {
        expect((await app.api.get(`/bookings/${token}`)).body.booking.status).to.equal(status)
      }
    })

    it('not when they say that they are something else', async () => {
      const { token } = await booked(app, 10, { start: at('10:00') })
      const before = await app.database.contents()
      for (const header of ['x-http-method', 'x-http-method-override', 'x-method-override']) {
        await fetch(`${app.url}/api/v1/bookings/${token}/cancel`, { headers: { [header]: 'POST' } })
      }
      expect(await app.database.contents()).to.deep.equal(before)
    })
  })
})

describe('answers of the API', () => {
  let app: TestApp
  before(async () => {
    app = await startApp(SQLITE)
  })
  after(() => app.close())

  it('GET /sites and /services are as the contract has them', async () => {
    const { body } = await app.api.get('/sites')
    expect(body.sites.map(({ id }: { id: string }) => id)).to.deep.equal([
      'legnano',
      'magenta',
      'abbiategrasso',
      'cuggiono',
      'castano-primo',
    ])
    expect(body.sites[0]).to.have.all.keys('id', 'name', 'address', 'timeZone', 'services', 'firstFree')
    expect(body.sites[0].services).to.have.members(['scelta-revoca', 'neonati', 'accesso-diretto', 'punto-ritiro'])
    expect(body.sites[0].firstFree).to.deep.equal({
      'scelta-revoca': '2026-11-23T10:00:00+01:00',
      neonati: null,
      'accesso-diretto': null,
      'punto-ritiro': null,
    })
    const { services } = (await app.api.get('/services')).body
    const byId = Object.fromEntries(services.map((service: { id: string }) => [service.id, service]))
    expect(byId['scelta-revoca']).to.deep.equal({
      id: 'scelta-revoca',
      name: 'Scelta / Revoca / Cambio del medico',
      bookable: true,
      walkIn: null,
      lane: 'P',
    })
    expect(byId['neonati']).to.deep.include({ bookable: false, walkIn: { from: '08:30', to: '12:30' }, lane: 'N' })
    expect([byId['accesso-diretto'].lane, byId['punto-ritiro'].lane]).to.deep.equal(['D', 'R'])
  })

  it('speak the language asked for, names and refusals alike', async () => {
    const english = { 'accept-language': 'en' }
    expect((await app.api.get('/services', english)).body.services[0].name).not.to.equal(
      (await app.api.get('/services')).body.services[0].name,
    )
    const italian = await app.api.post('/holds', {})
    const refused = await app.api.post('/holds', {}, english)
    expect(refused.body.errors[0].message).to.equal('A required value is missing.')
    expect(italian.body.errors[0].message).to.equal('Manca un dato obbligatorio.')
  })

  it('a booking keeps the language it was made in', async () => {
    const { body } = await app.api.post('/bookings', bodyOf(1), { 'accept-language': 'en-GB' })
    const row = await app.database.dataSource.manager.findOneByOrFail(BookingEntity, { code: body.booking.code })
    expect(row.lang).to.equal('en')
  })

  it('are not stored on the way, name no software, and cannot be framed or sniffed', async () => {
    const { token } = await booked(app, 2)
    for (const path of [`/bookings/${token}`, '/sites', '/nothing', `/bookings/${token}/calendar.ics`]) {
      const { headers } = await app.api.get(path)
      expect(headers.get('cache-control'), path).to.equal('no-store')
      expect(headers.get('x-content-type-options')).to.equal('nosniff')
      expect(headers.get('x-powered-by')).to.equal(null)
      expect(headers.get('content-security-policy'))
        .to.match(/default-src 'none'/)
        .and.not.match(/unsafe/)
      expect(headers.get('access-control-allow-origin')).to.equal(null)
    }
  })

  it('L: links are built on the configured address, not on the Host header', async () => {
    const answer = await fetch(`${app.url}/api/v1/bookings`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-forwarded-host': 'evil.example',
        forwarded: 'host=evil.example',
      },
      body: JSON.stringify(bodyOf(3, { start: at('09:00') })),
    })
    expect(await answer.text())
      .to.include(`${app.url}/prenotazione/`)
      .and.not.include('evil')
  })

  it('watch routes: alive, ready, measured by route pattern and never by address', async () => {
    const { token } = await booked(app, 4, { start: at('10:00') })
    await app.api.get(`/bookings/${token}`)
    for (const path of ['/healthz', '/readyz']) expect((await fetch(app.url + path)).status, path).to.equal(200)
    const metrics = await (await fetch(`${app.url}/metrics`)).text()
    expect(metrics).to.include('turno_http_request_seconds_count').and.include('/bookings/:token')
    for (const secret of [token, 'Rossi', visitorOf(4).taxCode]) expect(metrics).not.to.include(secret)
    const proxied = await fetch(`${app.url}/metrics`, { headers: { 'x-forwarded-for': '192.0.2.1' } })
    expect(proxied.status).to.equal(404)
  })

  it('errors for programs are problem+json wherever they happen under /api; for browsers elsewhere a page', async () => {
    for (const path of ['/api', '/api/', '/api/v2/sites', '/api/v1/nothing']) {
      const answer = await fetch(app.url + path, { headers: { accept: 'text/html' } })
      expect([answer.status, answer.headers.get('content-type')], path).to.deep.equal([
        404,
        'application/problem+json; charset=utf-8',
      ])
    }
    const page = await fetch(`${app.url}/nothing`, { headers: { accept: 'text/html' } })
    expect([page.status, page.headers.get('content-type')?.split(';')[0]]).to.deep.equal([404, 'text/html'])
    const program = await fetch(`${app.url}/nothing`, { headers: { accept: 'application/json' } })
    expect(program.headers.get('content-type')).to.match(/problem\+json/)
  })

  it('OPTIONS and TRACE are no way in', async () => {
    expect((await app.api.call('OPTIONS', '/sites')).status).to.equal(405)
  })

  it('a bug of ours is a 500 with a number to give by phone, and nothing else', async () => {
    const { bookings } = app
    const find = bookings.findByToken
    bookings.findByToken = () => Promise.reject(new TypeError('secret detail'))
    const { status, body } = await app.api.get(`/bookings/${'a'.repeat(43)}`)
    bookings.findByToken = find
    expect([status, body.code]).to.deep.equal([500, 'internal'])
    expect(body.detail).to.include(body.requestId)
    expect(JSON.stringify(body)).not.to.match(/secret detail|TypeError|\.ts/)
  })
})

describe('rate limits (issue 10)', () => {
  let app: TestApp
  before(async () => {
    app = await startApp(SQLITE, { settings: { RATE_LIMITS: 'on', TRUST_PROXY: '1' } })
  })
  after(() => app.close())
  const from = (address: string) => ({ 'x-forwarded-for': address })

  it('a bot is told to wait, in its language, and others are not; reads and holds count apart', async () => {
    const hold = (address: string) =>
      app.api.post('/holds', { site: 'legnano', service: SERVICE, start: at('08:31') }, from(address))
    for (let n = 0; n < 40; n++) expect((await hold('192.0.2.1')).status).to.equal(422)
    const { status, body, headers } = await hold('192.0.2.1')
    expect([status, body.code]).to.deep.equal([429, 'too-many-requests'])
    expect(Number(headers.get('retry-after'))).to.be.within(1, 600)
    expect(body.detail).to.include(headers.get('retry-after'))
    expect((await hold('192.0.2.2')).status).to.equal(422)
    expect((await app.api.get('/services', from('192.0.2.1'))).status).to.equal(200)
  })

  it('one person is tried 12 times an hour from one address; elsewhere nobody is locked out by it (X7)', async () => {
    const book = (address: string, person: number) =>
      app.api.post('/bookings', bodyOf(person, { start: at('08:31') }), from(address))
    for (let n = 0; n < 12; n++) expect((await book('198.51.100.1', 1)).status).to.equal(422)
    expect((await book('198.51.100.1', 1)).status).to.equal(429)
    expect((await book('198.51.100.1', 2)).status, 'another person').to.equal(422)
    expect((await book('198.51.100.2', 1)).status, 'the person, at home').to.equal(422)
  })

  it('T23: an address that a client only claims does not count: one hop is trusted, no more', async () => {
    const hold = (claimed: string) =>
      app.api.post('/holds', { site: 'legnano', service: SERVICE, start: at('08:31') }, from(`${claimed}, 203.0.113.9`))
    for (let n = 0; n < 40; n++) await hold(`10.0.0.${n}`)
    expect((await hold('10.0.0.99')).status).to.equal(429)
  })
})
