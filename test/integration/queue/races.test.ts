import { expect } from 'chai'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'
import { forEachEngine } from '../../support/engines.js'
import { aWalkIn, queueRoom, type QueueRoom } from './room.js'

const TICKETS = 200
const COUNTERS = 10

forEachEngine((engine) => {
  describe('ten counters at once', function () {
    this.timeout(120_000)
    let database: TestDatabase
    let room: QueueRoom
    const counters = Array.from({ length: COUNTERS }, (_, i) => `legnano-${i + 1}`)
    before(async () => {
      database = await openTestDatabase(engine)
      room = await queueRoom(database)
      for (let i = 4; i <= COUNTERS; i++) {
        await database.unitOfWork.run((tx) =>
          room.inTx.addCounter(tx, { siteId: 'legnano', name: `${i}`, who: 'giulia' }),
        )
      }
      await Promise.all(counters.map((counter) => room.open(counter)))
      await database.unitOfWork.run(async (tx) => {
        for (let i = 0; i < TICKETS; i++) {
          room.clock.advanceMinutes(i % 3 === 0 ? 0.1 : 0)
          await room.inTx.issueTicket(tx, { ...aWalkIn, serviceId: i % 4 === 0 ? 'punto-ritiro' : 'accesso-diretto' })
        }
      })
      room.clock.advanceMinutes(1)
    })
    after(() => database.close())

    it('call 200 tickets: none twice, none lost, in the order of the rule', async () => {
      const order = (await room.list()).waiting.map(({ number }) => number)
      expect(order).to.have.length(TICKETS)
      /** Each counter presses, starts – so that the next press is a new one – and presses again, until nobody is left. */
      const work = async (counter: string): Promise<string[]> => {
        const mine: string[] = []
        for (;;) {
          const { ticket } = await room.next(counter)
          if (!ticket) return mine
          mine.push(ticket.id)
          await room.start(ticket.id)
        }
      }
      const called = (await Promise.all(counters.map(work))).flat()
      expect(called).to.have.length(TICKETS)
      expect(new Set(called).size).to.equal(TICKETS)
      const { ticket_call: rows, ticket: tickets } = await database.contents()
      const calls = (rows as { row_version: number; row_number: string; row_times: number }[]).sort(
        (a, b) => a.row_version - b.row_version,
      )
      expect(calls.map(({ row_number: number }) => number)).to.deep.equal(order)
      expect((tickets as { row_status: string }[]).every(({ row_status: status }) => status === 'done')).to.equal(true)
      // Every version was a change of its own, told once.
      expect(room.versions).to.deep.equal([...new Set(room.versions)])
      expect((await room.board()).version).to.equal(Math.max(...room.versions))
    })

    it('pressed on both sides at once, a double click stays one call at each counter (Q3)', async () => {
      await database.unitOfWork.run(async (tx) => {
        for (let i = 0; i < 30; i++) await room.inTx.issueTicket(tx, aWalkIn)
      })
      const presses = await Promise.all(counters.flatMap((counter) => [room.next(counter), room.next(counter)]))
      const ids = presses.map(({ ticket }) => ticket?.id)
      for (let i = 0; i < ids.length; i += 2) expect(ids[i]).to.equal(ids[i + 1])
      expect(new Set(ids).size).to.equal(COUNTERS)
    })
  })
})
