import { expect } from 'chai'
import { CounterEntity } from '../../../src/counters/index.js'
import { startApp, type TestApp } from '../../support/app.js'
import type { Answer } from '../../support/client.js'
import { forEachEngine } from '../../support/engines.js'
import { openAccount, signedIn, StaffClient } from '../../support/staff.js'
import { at } from './room.js'

const NEXT = 'una password diversa e lunga'

forEachEngine((engine) => {
  describe('whose a counter is (Q8)', function () {
    this.timeout(60_000)
    let app: TestApp
    let anna: StaffClient
    let bruno: StaffClient
    let manager: StaffClient
    let admin: StaffClient
    before(async () => {
      app = await startApp(engine, { now: at('08:31') })
      manager = await signedIn(app, { role: 'manager' })
      admin = await signedIn(app, { role: 'admin' })
      await openAccount(app, { username: 'anna' })
      await openAccount(app, { username: 'bruno' })
    })
    beforeEach(async () => {
      app.clock.set(at('08:31'))
      await manager.signIn('manager')
      ;[anna, bruno] = [new StaffClient(app.api), new StaffClient(app.api)]
      await anna.signIn('anna')
      await bruno.signIn('bruno')
      await anna.post('/counters/legnano-1/open', { takeOver: true })
    })
    afterEach(async () => {
      await manager.signIn('manager')
      for (const n of [1, 2, 3]) await manager.post(`/counters/legnano-${n}/close`)
      const { waiting, parked } = (await manager.get('/sites/legnano/queue')).body
      for (const { id } of parked) await manager.post(`/tickets/${id}/return`)
      for (const { id } of [...waiting, ...parked]) await manager.post(`/tickets/${id}/left`)
    })
    after(() => app.close())

    const draw = async (body: object = {}): Promise<string> => {
      const answer = await manager.post('/sites/legnano/walk-ins', { service: 'accesso-diretto', ...body })
      expect(answer.status, JSON.stringify(answer.body)).to.equal(201)
      return answer.body.ticket.id
    }
    const called = async (): Promise<string> => {
      await draw()
      return (await anna.post('/counters/legnano-1/next')).body.ticket.id
    }
    const said = ({ status, body }: Answer) => (status < 400 ? status : `${status} ${body.code} ${body.operator}`)
    const counter = async (n = 1) => (await manager.get('/sites/legnano/counters')).body.counters[n - 1]
    const statusOf = async (id: string) => {
      const { waiting, parked, missed, serving } = (await manager.get('/sites/legnano/queue')).body
      return [...waiting, ...parked, ...missed, ...serving].find((each: { id: string }) => each.id === id)?.status
    }

    it('who has the right but not the counter is told whose it is; closing is for everybody', async () => {
      const id = await called()
      for (const path of ['next', 'pause', 'resume', 'open']) {
        const body = path === 'pause' ? { reason: 'x' } : {}
        expect(said(await bruno.post(`/counters/legnano-1/${path}`, body)), path).to.equal('409 counter-taken anna')
      }
      app.clock.advanceMinutes(1)
      for (const path of ['recall', 'start', 'done', 'missed', 'park', 'undo']) {
        expect(said(await bruno.post(`/tickets/${id}/${path}`)), path).to.match(/^409 (counter-taken anna|state)/)
      }
      const sent = await bruno.post(`/tickets/${id}/transfer`, { service: 'punto-ritiro' })
      expect(said(sent)).to.equal('409 counter-taken anna')
      expect(await statusOf(id)).to.equal('called')
      const away = await bruno.post('/counters/legnano-1/next')
      expect(away.body.detail).to.include('anna')
      expect(said(await bruno.post('/counters/legnano-1/close'))).to.equal(200)
    })

    it('is taken over with its ticket where that is said, on record; the other session is told whose it is now', async () => {
      const id = await called()
      const taken = await bruno.post('/counters/legnano-1/open', { takeOver: true })
      expect(taken.body.counter).to.include({ operator: 'bruno', open: true })
      expect(taken.body.counter.ticket.id).to.equal(id)
      expect(said(await anna.post(`/tickets/${id}/start`))).to.equal('409 counter-taken bruno')
      expect(said(await bruno.post(`/tickets/${id}/start`))).to.equal(200)
      expect((await anna.get('/sites/legnano/console')).body.counters[0]).to.include({ operator: 'bruno', mine: false })
      expect((await bruno.get('/sites/legnano/console')).body.counters[0]).to.include({ mine: true })
      const { audit_record: audit } = await app.database.contents()
      const record = (audit as Record<string, string>[]).find((row) => row['row_what'] === 'take-over-counter')
      expect([record?.['row_who'], record?.['row_from_state'], record?.['row_to_state']]).to.deep.equal([
        'bruno',
        '1: anna',
        '1: bruno',
      ])
    })

    it('the same person in another browser is another session', async () => {
      const second = new StaffClient(app.api)
      await second.signIn('anna')
      expect(said(await second.post('/counters/legnano-1/next'))).to.equal('409 counter-taken anna')
    })

    it('signing out puts the ticket aside and closes the counter; nothing of the session stays', async () => {
      const id = await called()
      expect((await anna.delete('/session')).status).to.equal(204)
      expect(await counter()).to.include({ open: false, operator: null, ticket: null })
      expect(await statusOf(id)).to.equal('parked')
      const row = await app.database.dataSource.manager.findOneByOrFail(CounterEntity, { id: 'legnano-1' })
      expect(row.sessionId).to.equal(null)
    })

    for (const [how, end] of [
      ['everywhere signed out', (client: StaffClient) => client.delete('/session/all')],
      ['the account is closed', ({ username }: StaffClient) => manager.patch(`/staff/${username}`, { active: false })],
      ['the password is reset', ({ username }: StaffClient) => manager.patch(`/staff/${username}`, { password: NEXT })],
    ] as const) {
      it(`the same when ${how}`, async () => {
        const guest = await signedIn(app, { username: how.replaceAll(' ', '-') })
        await draw()
        await guest.post('/counters/legnano-2/open')
        const { id } = (await guest.post('/counters/legnano-2/next')).body.ticket
        expect((await end(guest)).status).to.be.lessThan(300)
        expect([await statusOf(id), (await counter(2)).open]).to.deep.equal(['parked', false])
      })
    }

    it('a session that ends by itself, or may no longer work there, leaves nothing open: the job sees to it', async () => {
      const id = await called()
      app.clock.advanceMinutes(30)
      await app.jobs.runAll()
      await manager.signIn('manager')
      expect([await statusOf(id), (await counter()).open]).to.deep.equal(['parked', false])
      await bruno.signIn('bruno')
      await admin.signIn('admin')
      await bruno.post('/counters/legnano-2/open')
      const workAt = (sites: string[]) => admin.patch('/staff/bruno', { sites })
      expect((await workAt(['magenta'])).status).to.equal(200)
      app.clock.advanceMinutes(1)
      await app.jobs.runAll()
      expect((await counter(2)).open).to.equal(false)
      await workAt(['legnano'])
    })

    it('nobody is asked for what a session that is over has left; its ticket is put aside', async () => {
      const id = await called()
      app.clock.advanceMinutes(31)
      await bruno.signIn('bruno')
      expect(said(await bruno.post('/counters/legnano-1/open'))).to.equal(200)
      await manager.signIn('manager')
      expect(await counter()).to.include({ operator: 'bruno', ticket: null })
      expect(await statusOf(id)).to.equal('parked')
    })

    it('pauses with a reason: it calls nobody, nobody is estimated by it, and it goes on', async () => {
      const id = await draw()
      const estimate = async () => (await manager.get('/sites/legnano/queue')).body.waiting[0].estimate
      expect(await estimate()).to.deep.equal([0, 1])
      expect(said(await anna.post('/counters/legnano-1/pause'))).to.equal('400 invalid undefined')
      const paused = await anna.post('/counters/legnano-1/pause', { reason: 'colloquio con il medico' })
      expect(paused.body.counter).to.include({ open: true, paused: true, pauseReason: 'colloquio con il medico' })
      expect(await estimate()).to.equal(null)
      expect(said(await anna.post('/counters/legnano-1/next'))).to.equal('409 counter-paused undefined')
      const chosen = await anna.post(`/tickets/${id}/call`, { counter: 'legnano-1', reason: 'x' })
      expect(said(chosen)).to.equal('409 counter-paused undefined')
      expect((await anna.post('/counters/legnano-1/resume')).body.counter).to.not.have.property('paused')
      expect((await anna.post('/counters/legnano-1/next')).body.ticket.id).to.equal(id)
    })
  })
})
