import { expect } from 'chai'
import { startApp, type TestApp } from '../../support/app.js'
import { aVisitor } from '../../support/builders.js'
import { forEachEngine } from '../../support/engines.js'
import { signedIn, type StaffClient } from '../../support/staff.js'
import { at, NEWBORN } from './room.js'

forEachEngine((engine) => {
  describe('the queue’s JSON API', function () {
    this.timeout(60_000)
    let app: TestApp
    let operator: StaffClient
    let manager: StaffClient
    let kiosk: Record<string, string>
    let booked: { code: string; token: string }
    before(async () => {
      app = await startApp(engine, { now: at('07:20') })
      const { phone: _, ...visitor } = aVisitor()
      const slot = { site: 'legnano', service: 'scelta-revoca', start: '2026-11-24T08:30:00+01:00' }
      booked = (await app.api.post('/bookings', { ...slot, visitor })).body.booking
      app.clock.set(at('08:25'))
      operator = await signedIn(app)
      manager = await signedIn(app, { role: 'manager' })
      const { body: invited } = await manager.post('/sites/legnano/devices', { kind: 'kiosk' })
      const { body: paired } = await app.api.post('/devices/pair', { pairingCode: invited.pairingCode })
      kiosk = { authorization: `Bearer ${paired.token}` }
    })
    after(() => app.close())

    const draw = (body: object, headers = kiosk) => app.api.post('/sites/legnano/walk-ins', body, headers)

    it('lets only kiosks and staff draw numbers, and says so before it looks at the input (W6)', async () => {
      for (const [path, body] of [
        ['/sites/legnano/walk-ins', { what: 1 }],
        ['/sites/legnano/check-ins', {}],
        ['/counters/legnano-1/next', {}],
        ['/counters/nowhere-1/open', {}],
        ['/tickets/00000000-0000-4000-8000-000000000000/done', {}],
      ] as const) {
        expect((await app.api.post(path, body)).status, path).to.equal(401)
      }
      expect((await app.api.get('/sites/legnano/queue')).status).to.equal(401)
      expect((await app.api.get('/sites/legnano/counters', kiosk)).status).to.equal(403)
      expect((await app.api.post('/counters/legnano-1/next', {}, kiosk)).status).to.equal(403)
      expect((await app.api.post('/sites/magenta/walk-ins', { service: 'accesso-diretto' }, kiosk)).status).to.equal(
        403,
      )
      expect((await operator.post('/counters/magenta-1/open')).status).to.equal(403)
      expect((await operator.post('/sites/legnano/counters', { name: '4' })).status).to.equal(403)
    })

    it('a person books, arrives, is called and served; the phone follows', async () => {
      const { code, token } = booked
      const arrived = await app.api.post(
        '/sites/legnano/check-ins',
        { code: `${code.slice(0, 4)} ${code.slice(4).toLowerCase()}` },
        kiosk,
      )
      expect(arrived.status, JSON.stringify(arrived.body)).to.equal(201)
      const { ticket } = arrived.body
      expect(ticket).to.include({ number: 'P001', lane: 'P', status: 'waiting', position: 1, waitMinutes: null })
      const again = await app.api.post('/sites/legnano/check-ins', { code: token }, kiosk)
      expect([again.status, again.body.ticket.id]).to.deep.equal([200, ticket.id])
      const follow = async () => (await app.api.get(`/tickets/${ticket.token}`)).body.ticket
      expect(await follow()).to.deep.equal({
        number: 'P001',
        status: 'waiting',
        counter: null,
        counterName: null,
        position: 1,
        waitMinutes: null,
        reason: 'no-counter-open',
        mayGiveWay: true,
      })
      const opened = await operator.post('/counters/legnano-3/open', { services: ['scelta-revoca'] })
      expect(opened.body.counter).to.deep.equal({
        id: 'legnano-3',
        name: '3',
        open: true,
        operator: 'operator',
        services: ['scelta-revoca'],
        ticket: null,
      })
      expect((await follow()).waitMinutes).to.deep.equal([0, 1])
      const next = await operator.post('/counters/legnano-3/next')
      expect([next.status, next.body.reason, next.body.ticket.number]).to.deep.equal([200, 'booked-due', 'P001'])
      expect(await follow()).to.include({ status: 'called', counter: 'legnano-3', counterName: '3', position: null })
      app.clock.advanceMinutes(1)
      expect((await operator.post(`/tickets/${ticket.id}/recall`)).body.ticket).to.include({
        status: 'called',
        times: 2,
      })
      expect((await operator.post(`/tickets/${ticket.id}/start`)).body.ticket.status).to.equal('serving')
      const lost = await operator.post(`/tickets/${ticket.id}/call`, { counter: 'legnano-3', reason: 'x' })
      expect([lost.status, lost.body.code, lost.body.state, lost.body.counter]).to.deep.equal([
        409,
        'state',
        'serving',
        'legnano-3',
      ])
      expect((await operator.post(`/tickets/${ticket.id}/done`)).body.ticket.status).to.equal('done')
      expect((await app.api.get(`/bookings/${token}`)).body.booking.status).to.equal('served')
      expect((await operator.post('/counters/legnano-3/next')).body).to.deep.equal({ ticket: null })
      expect((await operator.post('/counters/legnano-3/close')).body.counter.open).to.equal(false)
    })

    it('newborns: outside the window with the next opening, without code, with a grown-up’s, and right', async () => {
      app.clock.set(at('08:29'))
      const early = await draw({ service: 'neonati', newbornTaxCode: NEWBORN })
      expect([early.status, early.body.code, early.body.opensAt]).to.deep.equal([
        422,
        'outside-window',
        '2026-11-24T08:30:00+01:00',
      ])
      app.clock.set(at('08:30'))
      expect((await draw({ service: 'neonati' })).body.code).to.equal('newborn-tax-code-required')
      expect((await draw({ service: 'neonati', newbornTaxCode: 'RSSMRA85T10A562S' })).body.code).to.equal(
        'not-a-newborn',
      )
      const wrong = await draw({ service: 'neonati', newbornTaxCode: 'GLABNC72H25H501Y' })
      expect([wrong.body.code, wrong.body.errors[0].field]).to.deep.equal(['invalid', 'newbornTaxCode'])
      expect((await draw({ service: 'neonati', newbornTaxCode: NEWBORN })).body.ticket.number).to.equal('N001')
    })

    it('W5: one press, one ticket: the same key gives the same number, also at once', async () => {
      const headers = { ...kiosk, 'idempotency-key': 'press-1' }
      const drawn = await Promise.all([1, 2, 3, 4].map(() => draw({ service: 'punto-ritiro', senior: true }, headers)))
      expect(new Set(drawn.map(({ body }) => `${body.ticket.number} ${body.ticket.token}`)).size).to.equal(1)
      expect((await draw({ service: 'punto-ritiro' }, headers)).body.code).to.equal('idempotency-key-reused')
    })

    it('urgent and override are for staff, with a reason', async () => {
      const body = { service: 'accesso-diretto', urgent: { reason: 'malore' } }
      expect((await draw(body)).status).to.equal(403)
      expect((await operator.post('/sites/legnano/walk-ins', body)).body.ticket.position).to.equal(1)
      expect((await operator.post('/sites/legnano/walk-ins', { ...body, urgent: {} })).status).to.equal(422)
      const { waiting } = (await operator.get('/sites/legnano/queue')).body
      expect(waiting[0]).to.include({ class: 'urgent', lane: 'D', service: 'accesso-diretto' })
      expect(waiting.map((each: { class: string }) => each.class)).to.deep.equal(['urgent', 'walk-in', 'walk-in'])
    })

    it('park, return, transfer, undo, left on one ticket', async () => {
      const { id } = (await draw({ service: 'accesso-diretto' })).body.ticket
      const on = async (path: string, body: object = {}) => {
        const answer = await operator.post(`/tickets/${id}/${path}`, body)
        return answer.status === 200
          ? answer.body.ticket.status
          : `${answer.status} ${answer.body.code} ${answer.body.state}`
      }
      expect(await on('park', { reason: 'manca un documento' })).to.equal('parked')
      expect(await on('return')).to.equal('waiting')
      expect(await on('transfer', { service: 'punto-ritiro' })).to.equal('waiting')
      expect(await on('transfer', { service: 'punto-ritiro', counter: 'legnano-1' })).to.equal('400 invalid undefined')
      expect(await on('done')).to.equal('409 state waiting')
      await operator.post('/counters/legnano-1/open')
      expect(await on('call', { counter: 'legnano-1', reason: 'febbre' })).to.equal('called')
      expect(await on('undo')).to.equal('waiting')
      expect(await on('left')).to.equal('left')
      expect((await operator.post('/tickets/nobody/left')).status).to.equal(400)
      expect((await operator.post('/tickets/00000000-0000-4000-8000-000000000000/left')).status).to.be.oneOf([403, 404])
    })

    it('managers make and name counters, and say how services are offered', async () => {
      const made = await manager.post('/sites/legnano/counters', { name: 'Accettazione' })
      expect([made.status, made.body.counter.id, made.body.counter.open]).to.deep.equal([201, 'legnano-4', false])
      expect((await manager.post('/sites/legnano/counters', { name: 'Accettazione' })).body.code).to.equal('name-taken')
      expect((await manager.patch('/counters/legnano-4', { name: '4' })).body.counter.name).to.equal('4')
      const service = {
        personsPerSlot: 1,
        maxWaitMinutes: 60,
        dailyQuota: 0,
        walkIn: { from: '08:50', to: '10:00' },
        seniorFirst: false,
      }
      const changed = await manager.patch('/sites/legnano/services/accesso-diretto', service)
      expect(changed.body).to.deep.equal({ service: { id: 'accesso-diretto', ...service } })
      expect((await draw({ service: 'accesso-diretto' })).body.opensAt).to.equal('2026-11-24T08:50:00+01:00')
      app.clock.set(at('08:50'))
      expect((await draw({ service: 'accesso-diretto' })).body.code).to.equal('quota-reached')
      const none = await manager.patch('/sites/legnano/services/accesso-diretto', { dailyQuota: null, walkIn: null })
      expect(none.body.service).to.include({ dailyQuota: null, walkIn: null, maxWaitMinutes: 60 })
      expect((await draw({ service: 'accesso-diretto' })).body).to.include({ code: 'outside-window', opensAt: null })
      const same = await manager.patch('/sites/legnano/services/accesso-diretto', {})
      expect([same.status, same.body]).to.deep.equal([200, none.body])
      expect((await manager.patch('/sites/legnano/services/dentista', {})).status).to.equal(404)
      expect(
        (await manager.patch('/sites/legnano/services/neonati', { walkIn: { from: '12:00', to: '11:00' } })).status,
      ).to.equal(422)
    })

    it('the board is for everybody and holds nothing of a person; a forged ticket is not found', async () => {
      const { status, body } = await app.api.get('/sites/legnano/board')
      expect(status).to.equal(200)
      expect(body).to.have.all.keys('site', 'version', 'at', 'calls', 'waiting')
      expect(body.calls[0]).to.deep.equal({
        number: 'P001',
        counter: '3',
        calledAt: '2026-11-24T08:26:00+01:00',
        times: 2,
      })
      const text = JSON.stringify(body)
      for (const planted of ['Rossi', 'Maria', 'RSSMRA', 'scelta-revoca', 'neonati'])
        expect(text).not.to.include(planted)
      expect((await app.api.get('/sites/atlantide/board')).status).to.equal(404)
      expect((await app.api.get(`/tickets/${'x'.repeat(43)}`)).status).to.equal(404)
      expect((await app.api.get('/tickets/short')).status).to.equal(404)
    })

    it('no token of a ticket rests in the database, kept answers included (L1)', async () => {
      const headers = { ...kiosk, 'idempotency-key': 'press-2' }
      const { token } = (await draw({ service: 'punto-ritiro' }, headers)).body.ticket
      expect(JSON.stringify(await app.database.contents())).not.to.include(token)
    })
  })
})
