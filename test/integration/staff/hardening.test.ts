import { expect } from 'chai'
import { AuditRecordEntity } from '../../../src/audit/index.js'
import { startApp, type TestApp } from '../../support/app.js'
import { forEachEngine } from '../../support/engines.js'
import { openAccount, PASSWORD, signedIn, StaffClient } from '../../support/staff.js'

describe('what staff write and repeat', () => {
  forEachEngine((engine) => {
    let app: TestApp
    let manager: StaffClient
    before(async () => {
      app = await startApp(engine, { now: '2026-11-24T09:00:00+01:00' })
      manager = await signedIn(app, { role: 'manager' })
    })
    after(() => app.close())

    it('L1, K9: a text that looks like the marker of a secret comes back as it was written', async () => {
      const { body } = await manager.post('/sites/legnano/devices', { kind: 'kiosk' })
      const reason = `{{device:${body.device.id}}} {{{pairing:${body.device.id}:8}}}`
      const closure = { from: '2027-01-11', to: '2027-01-12', reason, public: false }
      for (const _ of [1, 2]) {
        const answer = await manager.post('/sites/legnano/closures', closure, { 'idempotency-key': 'marked' })
        expect([answer.status, answer.body.closure.reason]).to.deep.equal([201, reason])
      }
    })

    it('A3: a codice fiscale in a reason is not kept in clear; fields are told from → to', async () => {
      const reason = 'dice di essere RSSMRA80A01H501U, urgente'
      const body = { service: 'accesso-diretto', urgent: { reason } }
      expect((await manager.post('/sites/legnano/walk-ins', body)).status).to.equal(201)
      await manager.patch('/sites/legnano', { name: 'Legnano, ingresso B' })
      const records = await app.database.dataSource.manager.find(AuditRecordEntity, { order: { id: 'ASC' } })
      expect(JSON.stringify(records)).not.to.include('RSSMRA80A01H501U')
      expect(records.some((record) => record.reason?.includes('dice di essere [codice fiscale]'))).to.equal(true)
      const change = records.find(({ what }) => what === 'change-site')
      expect(change?.from).to.equal('{"name":"Legnano – Casa di Comunità"}')
      expect(change?.to).to.equal('{"name":"Legnano, ingresso B"}')
    })

    it('T09: counters are not told apart by blanks', async () => {
      for (const name of ['1 ', ' 1', '1.-', '1-'])
        expect((await manager.post('/sites/legnano/counters', { name })).status, name).to.equal(400)
      expect((await manager.post('/sites/legnano/counters', { name: '1' })).body.code).to.equal('name-taken')
      expect((await manager.post('/sites/legnano/counters', { name: 'Ufficio 4.' })).status).to.equal(201)
    })

    it('Q3: next right after a call out of order is the same press', async () => {
      const counter = 'legnano-2'
      await manager.post(`/counters/${counter}/open`)
      const { body } = await manager.post('/sites/legnano/walk-ins', { service: 'accesso-diretto' })
      const { id } = body.ticket
      await manager.post(`/tickets/${id}/call`, { counter, reason: 'anziana' })
      expect((await manager.post(`/counters/${counter}/next`)).body.ticket).to.include({ id, status: 'called' })
      app.clock.advanceMinutes(0.05)
      expect((await manager.post(`/counters/${counter}/next`)).body.ticket.id).not.to.equal(id)
    })

    it('authentication is checked before any body, a key before any work', async () => {
      const stranger = new StaffClient(app.api)
      const send = (body: string) =>
        fetch(`${app.url}/api/v1/sites/legnano/walk-ins`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body,
        })
      expect((await send('{')).status).to.equal(401)
      expect((await send(`"${'x'.repeat(40_000)}"`)).status).to.equal(401)
      const key = { 'idempotency-key': 'with blank' }
      expect((await stranger.post('/session', { username: 'manager', password: 'x' }, key)).status).to.equal(400)
      expect((await manager.post('/session/totp', {}, key)).status).to.equal(400)
    })

    it('instants of devices carry the site’s offset', async () => {
      const { body } = await manager.post('/sites/legnano/devices', { kind: 'display' })
      expect(body.expiresAt).to.match(/^2026-11-24T09:1\d:\d\d\+01:00$/)
    })

    it('A2, T09: blanks around a name make no other name, nor another number of tries', async () => {
      const client = new StaffClient(app.api)
      const name = await openAccount(app, { username: 'anna.b' })
      expect((await client.signIn(`${name}  `)).status).to.equal(200)
      const { body } = await client.get('/session')
      expect(body.user.username).to.equal(name)
      expect((await new StaffClient(app.api).signIn('anna.b\u0000', PASSWORD)).status).to.be.oneOf([400, 401, 422])
    })
  })
})
