import { expect } from 'chai'
import { endDayJob } from '../../../src/queue/end-day.job.js'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'
import { forEachEngine } from '../../support/engines.js'
import { at, bookingNumber, NEWBORN, queueRoom, type QueueRoom, refusalOf } from './room.js'

forEachEngine((engine) => {
  describe('calling', function () {
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
    const calls = async () =>
      (await room.board()).calls.map(({ number, counter, times }) => `${number}→${counter} ${times}`)
    const numberOf = async (press: Promise<{ ticket: { lane: string; number: number } | null }>) => {
      const { ticket } = await press
      return ticket && `${ticket.lane}${ticket.number}`
    }

    it('next on an empty queue is an answer, and completes the visit before (Q3, Q5)', async () => {
      const { id } = await room.issue()
      await room.open()
      await room.next()
      seconds(5)
      expect(await room.next()).to.deep.equal({ ticket: null, reason: null })
      expect((await room.inTx.findTicket(id))?.status).to.equal('done')
    })

    it('two presses of one counter within two seconds are one call; after them, two', async () => {
      for (let i = 0; i < 3; i++) await room.issue()
      await room.open()
      const [one, two] = await Promise.all([room.next(), room.next()])
      expect([one.ticket?.number, two.ticket?.number]).to.deep.equal([1, 1])
      seconds(1.9)
      expect(await numberOf(room.next())).to.equal('D1')
      seconds(0.1)
      expect(await numberOf(room.next())).to.equal('D2')
      await room.start((await room.list()).serving[0]?.id ?? '')
      expect(await numberOf(room.next())).to.equal('D3')
    })

    it('case F29, T10: two counters press next at once, two waiting: two different numbers', async () => {
      await room.issue()
      await room.issue()
      await room.open('legnano-1')
      await room.open('legnano-2')
      const called = await Promise.all([numberOf(room.next('legnano-1')), numberOf(room.next('legnano-2'))])
      expect(called.sort()).to.deep.equal(['D1', 'D2'])
    })

    it('a closed counter calls nobody; an unknown one is not found', async () => {
      await room.issue()
      expect(await refusalOf(room.next())).to.equal('conflict counter-closed legnano-1')
      expect(await refusalOf(room.next('legnano-9'))).to.equal('not-found unknown-counter')
    })

    it('where next may not complete, it refuses while somebody is there (Q5)', async () => {
      room = await queueRoom(database, { settings: { nextWhileBusy: 'refuses' } })
      for (let i = 0; i < 2; i++) await room.issue()
      await room.open()
      const { ticket } = await room.next()
      seconds(3)
      expect(await refusalOf(room.next())).to.equal('conflict counter-busy legnano-1')
      await room.done(ticket?.id ?? '')
      expect(await numberOf(room.next())).to.equal('D2')
    })

    it('Q1: newborns fill the gaps and never pass a booked person whose time has come', async () => {
      room.clock.set(at('08:40'))
      await room.addBookings(bookingNumber(1, { startsAt: at('09:00') }), bookingNumber(2, { startsAt: at('08:45') }))
      await room.issue({ serviceId: 'neonati', newbornTaxCode: NEWBORN })
      await room.issue({ serviceId: 'neonati', newbornTaxCode: NEWBORN })
      await room.checkIn('BOOK0001')
      await room.checkIn('BOOK0002')
      await room.open()
      const called = []
      for (const minutes of [0, 5, 6]) {
        room.clock.advanceMinutes(minutes)
        const { ticket, reason } = await room.next()
        called.push(`${ticket?.lane}${ticket?.number} ${reason}`)
      }
      expect(called).to.deep.equal(['P2 booked-due', 'N1 walk-in', 'P1 booked-due'])
    })

    it('a choice out of order stores its reason, next its class (Q2)', async () => {
      await room.issue()
      const { id } = await room.issue()
      await room.open()
      await room.call(id)
      expect((await room.call(id)).status).to.equal('called')
      const { ticket_call: rows } = await database.contents()
      expect(
        (rows as Record<string, string>[]).map(
          (row) => `${row['row_number']} ${row['row_queue_class']} ${row['row_reason']}`,
        ),
      ).to.deep.equal(['D002 walk-in persona fragile'])
      expect((await room.list()).serving[0]).to.include({ number: 'D002', reason: 'persona fragile', calledBy: 'anna' })
    })

    describe('undo (Q5)', () => {
      it('of next gives both tickets their old place and times, for ten seconds', async () => {
        const [first, second] = [await room.issue(), await room.issue()]
        await room.open()
        await room.next()
        await room.start(first.id)
        seconds(60)
        await room.next()
        seconds(9.9)
        expect(await calls()).to.deep.equal(['D002→1 1', 'D001→1 1'])
        const back = await room.undo(second.id)
        expect([back.status, back.joinedAt, back.counterId]).to.deep.equal(['waiting', second.joinedAt, null])
        expect((await room.list()).serving.map(({ number, status }) => `${number} ${status}`)).to.deep.equal([
          'D001 serving',
        ])
        expect(await calls()).to.deep.equal(['D001→1 1'])
        expect((await room.undo(second.id)).status).to.equal('waiting')
      })

      it('of done by next works from either ticket, and not once the other has moved on', async () => {
        const [first, second] = [await room.issue(), await room.issue()]
        await room.open()
        await room.next()
        seconds(3)
        await room.next()
        expect((await room.undo(first.id)).status).to.equal('called')
        expect((await room.list()).waiting.map(({ number }) => number)).to.deep.equal(['D002'])
        seconds(3)
        await room.next()
        await room.start(second.id)
        expect(await refusalOf(room.undo(first.id))).to.equal('conflict state done legnano-1')
      })

      it('of missed brings the call back with its count, while the counter has nobody else', async () => {
        const [first] = [await room.issue(), await room.issue()]
        await room.open()
        await room.next()
        seconds(8)
        await room.recall(first.id)
        await room.missed(first.id)
        await room.undo(first.id)
        expect(await calls()).to.deep.equal(['D001→1 2'])
        await room.missed(first.id)
        await room.next()
        expect(await refusalOf(room.undo(first.id))).to.equal('conflict state missed legnano-1')
      })

      it('is too late after ten seconds, and there is none of what never was', async () => {
        const { id } = await room.issue()
        expect(await refusalOf(room.undo(id))).to.equal('conflict state waiting')
        await room.open()
        await room.next()
        seconds(10)
        expect(await refusalOf(room.undo(id))).to.equal('conflict state called legnano-1')
      })
    })

    it('closing a counter ends its visit, and is known to the estimate at once (F47)', async () => {
      for (let i = 0; i < 5; i++) await room.issue()
      await room.open('legnano-1')
      await room.open('legnano-2')
      const estimates = async () => (await room.list()).waiting.map(({ estimate }) => estimate)
      const two = await estimates()
      const { version } = await room.board()
      await room.close('legnano-2')
      const one = await estimates()
      for (const i of [1, 2, 3, 4]) expect(one[i]?.[1]).to.be.above(two[i]?.[1] ?? 0)
      await room.close('legnano-1')
      expect(await estimates()).to.deep.equal([null, null, null, null, null])
      expect((await room.board()).version).to.equal(version + 2)
    })

    it('F23: who is served is not counted as waiting; the board knows nothing else (B1)', async () => {
      for (let i = 0; i < 3; i++) await room.issue()
      await room.open('legnano-2')
      await room.next('legnano-2')
      const board = await room.board()
      expect(board.waiting).to.deep.equal({ P: 0, N: 0, D: 2, R: 0 })
      expect(board).to.have.all.keys('site', 'version', 'at', 'calls', 'waiting')
      expect(board.calls).to.deep.equal([
        { number: 'D001', counter: '2', calledAt: '2026-11-24T08:30:00+01:00', times: 1 },
      ])
      expect(board.version).to.equal(Math.max(...room.versions))
    })

    it('the version grows by every change, one by one, and by nothing else', async () => {
      const { id } = await room.issue()
      await room.open()
      await room.next()
      await room.recall(id)
      seconds(8)
      await room.recall(id)
      await room.start(id)
      await room.start(id)
      await room.done(id)
      await refusalOf(room.missed(id))
      await room.board()
      expect(room.versions).to.deep.equal([1, 2, 3, 4, 5, 6])
    })

    it('the board lists ten calls at most, the newest first, each number once', async () => {
      for (let i = 0; i < 12; i++) await room.issue()
      await room.open()
      for (let i = 0; i < 12; i++) {
        const { ticket } = await room.next()
        if (i < 11) await room.done(ticket?.id ?? '')
        else await room.recall(ticket?.id ?? '')
      }
      const numbers = (await room.board()).calls.map(({ number }) => number)
      expect(numbers).to.deep.equal(Array.from({ length: 10 }, (_, i) => `D${String(12 - i).padStart(3, '0')}`))
    })

    it('Q7, G15: the day’s end closes everything and counts it as what it was', async () => {
      await room.addBookings(...[1, 2, 3].map((n) => bookingNumber(n)))
      const booked = []
      for (const code of ['BOOK0001', 'BOOK0002', 'BOOK0003']) booked.push((await room.checkIn(code)).ticket.id)
      const walkIn = await room.issue()
      await room.park(walkIn.id)
      for (const counter of ['legnano-1', 'legnano-2']) {
        await room.open(counter)
        await room.next(counter)
      }
      await room.start(booked[0] ?? '')
      const job = endDayJob(room.deps)
      await job.run(room.clock())
      expect((await room.counters()).filter(({ open }) => open)).to.have.length(2)
      room.clock.set(at('00:00', '2026-11-25'))
      await job.run(room.clock())
      const { ticket, counter, audit_record: audit } = await database.contents()
      const states = (ticket as Record<string, string>[]).map(
        (row) => `${row['row_lane']}${row['row_number']} ${row['row_status']}`,
      )
      expect(states.sort()).to.deep.equal(['D1 left', 'P1 closed', 'P2 closed', 'P3 left'])
      expect((counter as Record<string, string>[]).every((row) => row['row_open_on'] === null)).to.equal(true)
      const statuses = await Promise.all([1, 2, 3].map((n) => room.bookingStatus(bookingNumber(n).id)))
      expect(statuses).to.deep.equal(['served', 'no-show', 'no-show'])
      expect((audit as Record<string, string>[]).filter((row) => row['row_what'] === 'end-day')).to.have.length(4)
      const rows = await database.contents('job_run')
      await job.run(room.clock())
      expect(await database.contents('job_run')).to.deep.equal(rows)
    })

    describe('at midnight', () => {
      const contentOf = async (each = room) => {
        const { at: _, version, ...content } = await each.board()
        return { version, content }
      }

      it('the new day has a version of its own, whoever looks first: never one version with two contents (B1)', async () => {
        const other = await queueRoom(database, { now: at('08:30') })
        const contents = new Map<number, string>()
        const look = async (...rooms: QueueRoom[]) => {
          for (const { version, content } of await Promise.all(rooms.map(contentOf))) {
            const known = contents.get(version) ?? JSON.stringify(content)
            expect(JSON.stringify(content), `version ${version}`).to.equal(known)
            contents.set(version, known)
          }
        }
        await room.issue()
        await room.issue()
        await room.open()
        await room.next()
        await look(room, other)
        for (const { clock } of [room, other]) clock.set(at('14:29:59'))
        await look(room, other)
        for (const { clock } of [room, other]) clock.set(at('00:00', '2026-11-25'))
        await look(room, other, room, other)
        expect([...contents.keys()]).to.deep.equal([4, 5])
        await room.issue({ override: { reason: 'notte' } })
        await look(room, other)
        expect([...contents.keys()]).to.deep.equal([4, 5, 6])
      })

      it('the job begins it once, at however many instances, and tells it after the commit', async () => {
        const other = await queueRoom(database)
        const { id } = await room.issue()
        await room.leave(id)
        const run = () =>
          Promise.all(
            [room, other].map(({ deps, clock }) => {
              clock.set(at('00:00', '2026-11-25'))
              return endDayJob(deps).run(clock())
            }),
          )
        await run()
        await run()
        expect([...room.versions, ...other.versions]).to.deep.equal([1, 2, 3])
        expect((await contentOf()).version).to.equal(3)
      })

      it('an instance whose clock is behind takes nothing back; a site where nothing ever happened stays at 0', async () => {
        await room.issue()
        room.clock.set(at('00:00', '2026-11-25'))
        expect((await contentOf()).version).to.equal(2)
        for (const time of ['14:00', '23:59']) {
          room.clock.set(at(time))
          expect((await contentOf()).version).to.equal(2)
        }
        expect((await room.board('magenta')).version).to.equal(0)
      })
    })

    it('two changes of a ticket at once: one wins, the other is told', async () => {
      const { id } = await room.issue()
      await room.open()
      await room.next()
      const results = await Promise.allSettled([
        room.missed(id),
        room.park(id),
        room.transfer(id, { serviceId: 'punto-ritiro' }),
      ])
      const won = results.filter(({ status }) => status === 'fulfilled').length
      // A transfer of a parked ticket is refused, of a called one it is not; parking what waits again is legal.
      expect(won).to.be.within(1, 2)
      const { ticket_call: rows } = await database.contents()
      expect(rows).to.have.length(1)
    })
  })
})
