import { expect } from 'chai'
import { startApp, type TestApp } from '../../support/app.js'
import { forEachEngine } from '../../support/engines.js'
import { signedIn, type StaffClient } from '../../support/staff.js'
import { at } from './room.js'

forEachEngine((engine) => {
  describe('what a phone may do with its own number', function () {
    this.timeout(60_000)
    let app: TestApp
    let staff: StaffClient
    beforeEach(async () => {
      app = await startApp(engine, { now: at('09:00') })
      staff = await signedIn(app)
      await staff.post('/counters/legnano-1/open')
    })
    afterEach(() => app.close())

    interface Drawn {
      id: string
      token: string
      number: string
    }
    const draw = async (more: object = {}): Promise<Drawn> =>
      (await staff.post('/sites/legnano/walk-ins', { service: 'accesso-diretto', ...more })).body.ticket
    const giveWay = ({ token }: Drawn, headers = {}) => app.api.post(`/tickets/${token}/give-way`, {}, headers)
    const followed = async ({ token }: Drawn) => (await app.api.get(`/tickets/${token}`)).body.ticket
    const waiting = async () =>
      (await staff.get('/sites/legnano/queue')).body.waiting.map(
        ({ number, givesWayUntil = '' }: { number: string; givesWayUntil?: string }) =>
          `${number} ${givesWayUntil.slice(11, 16)}`,
      )
    const next = async () => {
      app.clock.advanceMinutes(0.1)
      return (await staff.post('/counters/legnano-1/next')).body.ticket?.number ?? null
    }
    const step = ({ id }: Drawn, name: string, body: object = {}) => staff.post(`/tickets/${id}/${name}`, body)
    const refused = { status: 409, code: 'state' }
    const no = ({ status, body }: { status: number; body: { code: string; state: string } }) => ({
      ...{ status, code: body.code },
      state: body.state,
    })

    describe('ten more minutes (Q9)', () => {
      it('let the others go first until then: place, estimate, list and next agree; joined stays', async () => {
        const [one, two] = [await draw(), await draw()]
        const before = (await staff.get('/sites/legnano/queue')).body.waiting[0]
        expect(await followed(one)).to.include({ position: 1, mayGiveWay: true })
        const { status, body } = await giveWay(one)
        expect(status).to.equal(200)
        expect(body.ticket).to.deep.include({ status: 'waiting', position: 2 })
        expect(body.ticket.givesWayUntil).to.equal('2026-11-24T09:10:00+01:00')
        expect(body.ticket).not.to.have.any.keys('mayGiveWay', 'id', 'class')
        expect(await followed(one)).to.deep.equal(body.ticket)
        expect(await followed(two)).to.include({ position: 1 })
        expect(await waiting()).to.deep.equal(['D002 ', 'D001 09:10'])
        const after = (await staff.get('/sites/legnano/queue')).body.waiting[1]
        expect([after.joinedAt, after.class]).to.deep.equal([before.joinedAt, 'walk-in'])
        expect(await next()).to.equal('D002')
        const three = await draw()
        app.clock.set(at('09:10'))
        expect(await waiting(), 'over: the old place').to.deep.equal(['D001 ', 'D003 '])
        expect(await followed(one)).to.not.have.any.keys('mayGiveWay', 'givesWayUntil')
        expect([await next(), await next()]).to.deep.equal(['D001', three.number])
      })

      it('are cut short when nobody else waits', async () => {
        const one = await draw()
        await giveWay(one)
        expect(await next()).to.equal('D001')
      })

      it('are had once: again is 409 state, a retry with its key is the first answer (K9)', async () => {
        const one = await draw()
        const headers = { 'idempotency-key': 'more' }
        const first = await giveWay(one, headers)
        expect((await giveWay(one, headers)).body).to.deep.equal(first.body)
        expect(no(await giveWay(one))).to.deep.equal({ ...refused, state: 'waiting' })
        app.clock.advanceMinutes(30)
        expect(no(await giveWay(one)), 'also later').to.deep.equal({ ...refused, state: 'waiting' })
      })

      it('are for who waits and is not urgent; urgency granted meanwhile ends them', async () => {
        const urgent = await draw({ urgent: { reason: 'malore' } })
        expect(await followed(urgent)).not.to.have.property('mayGiveWay')
        expect(no(await giveWay(urgent))).to.deep.equal({ ...refused, state: 'waiting' })
        const [one, two] = [await draw(), await draw()]
        await giveWay(one)
        await step(one, 'urgent', { reason: 'malore' })
        expect(await waiting()).to.deep.equal(['D001 ', 'D002 ', 'D003 '])
        await step(two, 'park')
        expect(no(await giveWay(two))).to.deep.equal({ ...refused, state: 'parked' })
        await next()
        expect(no(await giveWay(urgent))).to.deep.equal({ ...refused, state: 'called' })
        app.clock.set(at('09:00', '2026-11-25'))
        expect(no(await giveWay(two)), 'of yesterday').to.deep.equal({ ...refused, state: 'left' })
      })

      it('end for who comes back to the desk, and are not had again', async () => {
        const one = await draw()
        await draw()
        await giveWay(one)
        await step(one, 'park')
        await step(one, 'return')
        expect(await waiting()).to.deep.equal(['D001 ', 'D002 '])
        expect(no(await giveWay(one))).to.deep.equal({ ...refused, state: 'waiting' })
      })

      it('go on after a call was undone; a transfer from the counter ends them', async () => {
        const one = await draw()
        await giveWay(one)
        await next()
        await draw()
        await step(one, 'undo')
        expect(await waiting()).to.deep.equal(['D002 ', 'D001 09:10'])
        await step(one, 'call', { counter: 'legnano-1', reason: 'è qui' })
        await step(one, 'transfer', { service: 'punto-ritiro' })
        expect((await waiting()).every((line: string) => line.endsWith(' '))).to.equal(true)
      })

      it('leave a record: who, when, from → to (A3)', async () => {
        const one = await draw()
        await giveWay(one)
        const rows = (await app.database.contents())['audit_record'] as Record<string, string>[]
        const [row] = rows.filter((each) => each['row_what'] === 'give-way')
        expect(row).to.include({
          row_who: 'visitor',
          row_subject_kind: 'ticket',
          row_subject_id: one.id,
          row_from_state: 'waiting',
          row_to_state: 'waiting',
        })
      })

      it('asked for twice and called at once: one press wins, and what is told is true (Q3)', async () => {
        const one = await draw()
        const [first, second, call] = await Promise.all([
          giveWay(one),
          giveWay(one),
          staff.post('/counters/legnano-1/next'),
        ])
        const given = [first, second].filter(({ status }) => status === 200).length
        expect(given).to.be.below(2)
        expect([first.status, second.status].every((status) => [200, 409].includes(status))).to.equal(true)
        expect(call.body.ticket.number, 'nobody else waits').to.equal('D001')
      })
    })

    describe('leaving, by the link or by staff (W6, L1)', () => {
      it('leaves by the token, again with the same answer, and shows what the phone may see', async () => {
        const one = await draw()
        const left = await app.api.post(`/tickets/${one.token}/left`)
        expect(left.status).to.equal(200)
        expect(left.body.ticket).to.include({ number: 'D001', status: 'left', position: null })
        expect(left.body.ticket).not.to.have.any.keys('id', 'joinedAt', 'service')
        expect((await app.api.post(`/tickets/${one.token}/left`)).body).to.deep.equal(left.body)
        expect(await waiting()).to.deep.equal([])
      })

      it('not once it was called: 409 state with the counter', async () => {
        const one = await draw()
        await next()
        const { status, body } = await app.api.post(`/tickets/${one.token}/left`)
        expect([status, body.code, body.state, body.counter]).to.deep.equal([409, 'state', 'called', 'legnano-1'])
      })

      it('an id alone is for staff, an unknown token is not found, anything else malformed', async () => {
        const one = await draw()
        expect((await app.api.post(`/tickets/${one.id}/left`)).status).to.equal(401)
        expect((await app.api.post(`/tickets/${'A'.repeat(43)}/left`)).status).to.equal(404)
        expect((await staff.post('/tickets/nobody/left')).status).to.equal(400)
        expect((await step(one, 'left')).body.ticket).to.include({ id: one.id, status: 'left' })
      })

      it('the document says that it may be asked for without a session', async () => {
        const { paths } = (await app.api.get('/openapi.json')).body
        expect(paths['/tickets/{id}/left'].post.security).to.deep.equal([{ staffCookie: [], csrfToken: [] }, {}])
        expect(paths['/tickets/{token}/give-way'].post.security).to.deep.equal([])
      })
    })
  })
})
