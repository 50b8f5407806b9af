import { expect } from 'chai'
import type { Ticket } from '../../../src/queue/index.js'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'
import { forEachEngine } from '../../support/engines.js'
import { at, bookingNumber, queueRoom, type QueueRoom, refusalOf } from './room.js'

forEachEngine((engine) => {
  describe('a visit, from the number to the counter', function () {
    this.timeout(60_000)
    let database: TestDatabase
    let room: QueueRoom
    before(async () => {
      database = await openTestDatabase(engine)
    })
    beforeEach(async () => {
      await database.clear()
      room = await queueRoom(database)
    })
    after(() => database.close())
    const seconds = (count: number) => room.clock.advanceMinutes(count / 60)

    it('the tables are what the entities say', async () => {
      const { upQueries } = await database.dataSource.driver.createSchemaBuilder().log()
      expect(upQueries.map(({ query }) => query)).to.deep.equal([])
    })

    it('is waiting, called, serving and done, with its own times, and leaves an audit record of each (Q4, A3)', async () => {
      const { id } = await room.issue()
      await room.open()
      const { ticket, reason } = await room.next()
      expect([ticket?.id, ticket?.status, reason]).to.deep.equal([id, 'called', 'walk-in'])
      room.clock.advanceMinutes(1)
      expect((await room.start(id)).status).to.equal('serving')
      room.clock.advanceMinutes(7)
      expect((await room.done(id)).status).to.equal('done')
      const { ticket_call: calls, audit_record: audit } = await database.contents()
      const [call] = calls as Record<string, unknown>[]
      expect([call?.['row_outcome'], call?.['row_queue_class']]).to.deep.equal(['done', 'walk-in'])
      const steps = (audit as Record<string, string>[]).filter((row) => row['row_subject_kind'] === 'ticket')
      expect(steps.map((row) => `${row['row_what']}: ${row['row_from_state']} → ${row['row_to_state']}`)).to.deep.equal(
        [
          'issue-ticket: null → waiting',
          'call-next: waiting → called legnano-1',
          'start-visit: called legnano-1 → serving legnano-1',
          'finish-visit: serving legnano-1 → done legnano-1',
        ],
      )
    })

    it('G05: what was not called can be neither recalled nor started, done or missed', async () => {
      const { id } = await room.issue()
      for (const press of ['recall', 'start', 'done', 'missed'] as const) {
        expect(await refusalOf(room[press](id)), press).to.equal('conflict state waiting')
      }
    })

    it('G09: pressed twice, each step is one step, and its answer the same', async () => {
      const { id } = await room.issue()
      await room.open()
      await room.next()
      for (const press of ['start', 'done'] as const) {
        const first = await room[press](id)
        const count = room.versions.length
        expect(await room[press](id)).to.deep.equal(first)
        expect(room.versions.length).to.equal(count)
      }
    })

    it('a lost race is told with the state and the counter', async () => {
      const { id } = await room.issue()
      await room.open('legnano-1')
      await room.open('legnano-3')
      await room.next('legnano-3')
      expect(await refusalOf(room.call(id, 'legnano-1'))).to.equal('conflict state called legnano-3')
    })

    it('after three calls the next one says missed; returned, it is class 4, joined now (Q4)', async () => {
      const { id } = await room.issue()
      await room.open()
      await room.next()
      for (const times of [2, 3]) {
        seconds(8)
        await room.recall(id)
        expect((await room.board()).calls[0]?.times).to.equal(times)
      }
      seconds(8)
      expect((await room.recall(id)).status).to.equal('missed')
      room.clock.advanceMinutes(5)
      const back = await room.back(id)
      expect([back.status, back.isReturned, back.joinedAt]).to.deep.equal(['waiting', true, room.clock()])
    })

    it('parked from anywhere, it comes back to its old place; sent elsewhere, it keeps `joined` (Q4)', async () => {
      const first = await room.issue()
      room.clock.advanceMinutes(1)
      await room.issue()
      await room.open()
      await room.next()
      await room.park(first.id)
      expect((await room.list()).parked.map(({ number }) => number)).to.deep.equal(['D001'])
      await room.back(first.id)
      expect((await room.list()).waiting.map(({ number }) => number)).to.deep.equal(['D001', 'D002'])
      const moved = await room.transfer(first.id, { serviceId: 'punto-ritiro' })
      expect([moved.joinedAt, moved.serviceId]).to.deep.equal([first.joinedAt, 'punto-ritiro'])
    })

    it('G01: a second service on one visit has its own call and times', async () => {
      const { id } = await room.issue()
      await room.open()
      await room.next()
      await room.start(id)
      await room.transfer(id, { serviceId: 'punto-ritiro' })
      await room.next()
      await room.done(id)
      const { ticket_call: calls } = await database.contents()
      const told = (calls as Record<string, string>[]).map((row) => `${row['row_service_id']} ${row['row_outcome']}`)
      expect(told.sort()).to.deep.equal(['accesso-diretto transferred', 'punto-ritiro done'])
    })

    it('sent to one counter, only that one calls it, until it closes', async () => {
      const { id } = await room.issue()
      for (const counter of ['legnano-1', 'legnano-2']) await room.open(counter, ['neonati'])
      await room.transfer(id, { counterId: 'legnano-2' })
      expect((await room.next('legnano-1')).ticket).to.equal(null)
      await room.close('legnano-2')
      expect((await room.list()).waiting[0]).not.to.have.property('forCounter')
      await room.open('legnano-2')
      expect((await room.next('legnano-2')).ticket?.id).to.equal(id)
    })

    it('sent to one counter that closes meanwhile, who comes back waits for any', async () => {
      const comesBack = async (away: (id: string) => Promise<unknown>, back: (id: string) => Promise<Ticket>) => {
        const { id } = await room.issue()
        for (const counter of ['legnano-1', 'legnano-2']) await room.open(counter)
        await room.transfer(id, { counterId: 'legnano-2' })
        await away(id)
        await room.close('legnano-2')
        const { status, forCounterId } = await back(id)
        expect([status, forCounterId]).to.deep.equal(['waiting', null])
        expect((await room.next('legnano-1')).ticket?.id).to.equal(id)
        await room.start(id)
      }
      await comesBack(room.park, room.back)
      await comesBack(async (id) => {
        await room.call(id, 'legnano-1')
        await room.missed(id)
      }, room.back)
      await comesBack((id) => room.call(id, 'legnano-1'), room.undo)
    })

    it('… but while that counter is open, still for it alone', async () => {
      const { id } = await room.issue()
      for (const counter of ['legnano-1', 'legnano-2']) await room.open(counter)
      await room.transfer(id, { counterId: 'legnano-2' })
      await room.park(id)
      expect((await room.back(id)).forCounterId).to.equal('legnano-2')
      await room.call(id, 'legnano-1')
      expect((await room.undo(id)).forCounterId).to.equal('legnano-2')
    })

    it('G03: who leaves while waiting is closed as left; who is called cannot leave', async () => {
      const [one, two] = [await room.issue(), await room.issue()]
      expect((await room.leave(one.id)).status).to.equal('left')
      await room.open()
      await room.next()
      expect(await refusalOf(room.leave(two.id))).to.equal('conflict state called legnano-1')
    })

    it('a booking arrives, is served, and is arrived again when done was a slip (K3, Q5)', async () => {
      await room.addBookings(bookingNumber(1))
      const { ticket } = await room.checkIn('BOOK0001')
      const { id: bookingId } = bookingNumber(1)
      expect(await room.bookingStatus(bookingId)).to.equal('arrived')
      await room.open()
      await room.next()
      await room.start(ticket.id)
      await room.done(ticket.id)
      expect(await room.bookingStatus(bookingId)).to.equal('served')
      expect((await room.undo(ticket.id)).status).to.equal('serving')
      expect(await room.bookingStatus(bookingId)).to.equal('arrived')
    })

    it('F27, G15: yesterday’s tickets cannot be called, and numbers start again', async () => {
      const { id } = await room.issue()
      await room.open()
      room.clock.set(at('08:30', '2026-11-25'))
      expect(await refusalOf(room.call(id))).to.equal('conflict counter-closed legnano-1')
      await room.open()
      expect(await refusalOf(room.call(id))).to.equal('conflict state left')
      expect((await room.next()).ticket).to.equal(null)
      expect((await room.issue()).number).to.equal(1)
    })
  })
})
