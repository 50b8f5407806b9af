import { expect } from 'chai'
import { AuditRecordEntity } from '../../../src/audit/index.js'
import { conflict } from '../../../src/kernel/app-error.js'
import { JobRunEntity } from '../../../src/platform/jobs/job-run.entity.js'
import { OutboxEntity } from '../../../src/platform/mail/outbox.entity.js'
import { visitorOf } from '../../support/builders.js'
import { at, expectOrder, freeAt } from '../../support/crowd.js'
import { forEachEngine } from '../../support/engines.js'
import { signedIn, type StaffClient } from '../../support/staff.js'
import { abusedHouse, startsOf } from './house.js'

/** The value of one line of /metrics; 0 when it is not there. */
const figure = (text: string, line: string): number =>
  Number(
    text
      .split('\n')
      .find((each) => each.startsWith(`${line} `))
      ?.split(' ')
      .at(-1) ?? 0,
  )

const TOKEN = 'a token for the figures'.replaceAll(' ', '-')

describe('what managers learn of an attack, and do about it (X4)', () => {
  forEachEngine((engine) => {
    const h = abusedHouse(engine, { METRICS_TOKEN: TOKEN })
    let manager: StaffClient
    let managers = 0
    /** Sessions end when the clock is moved. */
    const signIn = async () => {
      manager = await signedIn(h.app, { role: 'manager', username: `manager-${++managers}` })
    }
    beforeEach(signIn)
    afterEach(() => expectOrder(h.app))
    const metrics = async () =>
      (await fetch(`${h.app.url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } })).text()
    const alarms = async () => (await manager.get('/sites/legnano/alarms')).body.alarms
    const runJobs = async () => {
      await h.app.unitOfWork.run(({ em }) => em.createQueryBuilder().delete().from(JobRunEntity).execute())
      await h.app.jobs.runAll()
    }
    /** Made from as many networks. */
    const made = async (count: number) => {
      const starts = startsOf(h.day())
      for (let n = 0; n < count; n++) {
        const { status, body } = await h.book(`${h.network()}.1`, [...starts, ...starts][n] as string)
        expect(status, JSON.stringify(body)).to.equal(201)
      }
    }

    it('figures: holds, bookings and refusals by their code', async () => {
      const [before, ip, day] = [await metrics(), `${h.network()}.1`, h.day()]
      await h.hold(ip, at('08:30', day))
      await h.hold(ip, at('08:31', day))
      const person = h.person()
      for (let time = 0; time < 2; time++) await h.book(ip, at('09:30', day), { visitor: visitorOf(person) })
      const after = await metrics()
      const grown = (line: string) => figure(after, line) - figure(before, line)
      expect(grown('turno_holds{site="legnano"}')).to.equal(1)
      expect(grown('turno_bookings{site="legnano",status="confirmed"}')).to.equal(1)
      expect(grown('turno_refusals{code="not-offered"}')).to.equal(1)
      expect(grown('turno_refusals{code="already-booked"}')).to.equal(1)
    })

    it('an hour of 20 and more than 5 times the usual raises one alarm; a usual one none', async function () {
      this.timeout(60_000)
      h.app.clock.set('2026-11-23T12:00:00+01:00')
      await signIn()
      await made(19)
      await runJobs()
      expect(await alarms(), 'fewer than 20').to.deep.equal([])
      await made(3)
      await runJobs()
      await runJobs()
      const alarm = { hour: '2026-11-23T12:00:00+01:00', bookings: 22, usual: 0, raisedAt: '2026-11-23T12:00:00+01:00' }
      expect(await alarms(), 'once an hour').to.deep.equal([alarm])
      expect(figure(await metrics(), 'turno_booking_alarms{site="legnano"}')).to.equal(1)
      h.app.clock.set('2026-11-30T12:00:00+01:00')
      while (h.day() < '2026-12-01') continue
      await signIn()
      await made(27)
      await runJobs()
      expect(await alarms(), '27 is not more than 5 × 22/4').to.deep.equal([alarm])
      await made(1)
      await runJobs()
      expect((await alarms())[0]).to.include({ bookings: 28, usual: 5.5 })
    })

    it('a burst is one alarm, of the sixty minutes that begin with it, and none of the next hour', async function () {
      this.timeout(60_000)
      h.app.clock.set('2027-01-11T09:05:00+01:00')
      while (h.day() < '2027-01-20') continue
      await made(10)
      h.app.clock.set('2027-01-11T09:15:00+01:00')
      await made(12)
      for (const time of ['09:16', '09:59', '10:01', '10:14', '10:17', '11:00']) {
        h.app.clock.set(`2027-01-11T${time}:00+01:00`)
        await runJobs()
      }
      await signIn()
      const raised = (await alarms()).filter(({ raisedAt }: { raisedAt: string }) => raisedAt > '2027-01-11')
      expect(raised).to.deep.equal([
        { hour: '2027-01-11T09:05:00+01:00', bookings: 22, usual: 0, raisedAt: '2027-01-11T09:16:00+01:00' },
      ])
    })

    it('is no operator’s business', async () => {
      const operator = await signedIn(h.app)
      for (const path of ['/sites/legnano/alarms', '/sites/legnano/made?from=2026-11-23T09:00:00Z'])
        expect((await operator.get(path)).status).to.equal(403)
      const cancel = await operator.post('/sites/legnano/made/cancel', { address: '192.0.2.1', reason: 'x' })
      expect(cancel.status).to.equal(403)
      expect((await operator.post('/sites/legnano/made/search', { address: '192.0.2.1' })).status).to.equal(403)
      expect((await manager.get('/sites/legnano/made?address=192.0.2.1')).status, 'no address in a URL (A5)').to.equal(
        400,
      )
      expect((await manager.get('/sites/legnano/made')).status, 'all of them is never meant').to.equal(400)
    })

    it('lists and cancels what came from an address, with a mail and an audit record each', async () => {
      const [net, starts] = [h.network(), startsOf(h.day())]
      const codes: string[] = []
      for (const start of starts.slice(0, 4)) codes.push((await h.book(`${net}.66`, start)).body.booking.code)
      const other = (await h.book(`${net}.67`, starts[0] as string)).body.booking.code as string
      const list = (await manager.post('/sites/legnano/made/search', { address: `${net}.66` })).body
      expect(list.bookings.map(({ code }: { code: string }) => code)).to.deep.equal(codes)
      expect(list.origins).to.have.length(1)
      expect(list.origins[0].bookings).to.equal(4)
      expect(JSON.stringify(list), 'no address, no person').not.to.match(/100\.64|Maria|@/)
      const wide = (await manager.post('/sites/legnano/made/search', { address: `${net}.0/24` })).body
      expect(wide.bookings).to.have.length(5)
      const { origin } = list.origins[0]
      const done = await manager.post('/sites/legnano/made/cancel', { origin, reason: 'prenotazioni inventate' })
      expect(done.body.bookings.map(({ status }: { status: string }) => status)).to.deep.equal(
        Array(4).fill('cancelled'),
      )
      expect(await freeAt(h.app, starts[1])).to.equal(2)
      expect((await h.row(other)).status).to.equal('confirmed')
      const em = h.app.database.dataSource.manager
      for (const code of codes) {
        const { id } = await h.row(code)
        expect(await em.countBy(OutboxEntity, { subjectId: id, kind: 'cancelled' })).to.equal(1)
        expect(await em.countBy(AuditRecordEntity, { subjectId: id, reason: 'prenotazioni inventate' })).to.equal(1)
      }
      const again = await manager.post('/sites/legnano/made/cancel', { origin, reason: 'prenotazioni inventate' })
      expect(again.body.bookings).to.deep.equal([])
    })

    it('more than a hundred are cancelled in several presses, none twice', async function () {
      this.timeout(60_000)
      h.app.clock.advanceMinutes(1)
      const from = h.app.clock().toISOString()
      for (const count of [30, 30, 30, 15]) await made(count)
      const press = async () => {
        const { status, body } = await manager.post('/sites/legnano/made/cancel', { from, reason: 'prova' })
        expect(status, JSON.stringify(body)).to.equal(200)
        return [body.bookings.length, body.left]
      }
      expect([await press(), await press(), await press()]).to.deep.equal([
        [100, 5],
        [5, 0],
        [0, 0],
      ])
    })

    it('what changed in the same moment was not cancelled, and is among what is left', async () => {
      const [ip, starts] = [`${h.network()}.1`, startsOf(h.day())]
      const codes: string[] = []
      for (const start of starts.slice(0, 3)) codes.push((await h.book(ip, start)).body.booking.code)
      const { cancel } = h.app.bookings
      const press = async () =>
        (await manager.post('/sites/legnano/made/cancel', { address: ip, reason: 'prova' })).body as {
          bookings: unknown[]
          left: number
        }
      h.app.bookings.cancel = (tx, command) =>
        command.booking.code === codes[1] ? Promise.reject(conflict('state', {})) : cancel(tx, command)
      const first = await press().finally(() => (h.app.bookings.cancel = cancel))
      expect([first.bookings.length, first.left]).to.deep.equal([2, 1])
      const second = await press()
      expect([second.bookings.length, second.left]).to.deep.equal([1, 0])
    })

    it('a network that is not kept is refused: it would cancel more, or less, than was meant', async () => {
      const asked = (address: string) => manager.post('/sites/legnano/made/search', { address })
      for (const address of ['192.0.2.0/25', '192.0.0.0/16', '2001:db8:7::/56', '2001:db8::/32', 'x', '192.0.2.1/']) {
        const { status, body } = await asked(address)
        expect([status, body.errors?.[0]?.field], address).to.deep.equal([422, 'address'])
        expect(body.errors[0].message).to.match(/rete \/24|network of \/24/)
      }
      for (const address of ['192.0.2.1', '192.0.2.0/24', '192.0.2.1/32', '2001:db8:7::/48', '2001:db8:7::1/64'])
        expect((await asked(address)).status, address).to.equal(200)
    })

    it('and what was made in a time; the place it came from is forgotten with the person', async () => {
      const starts = startsOf(h.day())
      const early = (await h.book(`${h.network()}.1`, starts[0] as string)).body.booking.code as string
      h.app.clock.advanceMinutes(20)
      const from = h.app.clock().toISOString()
      const late = (await h.book(`${h.network()}.1`, starts[1] as string)).body.booking.code as string
      const done = await manager.post('/sites/legnano/made/cancel', { from, reason: 'prova' })
      expect(done.body.bookings.map(({ code }: { code: string }) => code)).to.deep.equal([late])
      expect((await h.row(early)).addressHash).to.match(/^[0-9a-f]{64}$/)
      h.app.clock.advanceMinutes(120 * 24 * 60)
      await runJobs()
      const { addressHash, networkHash, browserHash, taxCodeKind } = await h.row(early)
      expect([addressHash, networkHash, browserHash, taxCodeKind]).to.deep.equal([null, null, null, null])
    })
  })
})
