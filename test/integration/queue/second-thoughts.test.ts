import { expect } from 'chai'
import { endDayJob } from '../../../src/queue/end-day.job.js'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'
import { forEachEngine } from '../../support/engines.js'
import { at, bookingNumber, queueRoom, type QueueRoom, refusalOf } from './room.js'

forEachEngine((engine) => {
  describe('second thoughts', function () {
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
    const booking = bookingNumber(1)
    const arrive = async () => {
      await room.addBookings(booking)
      const { id } = (await room.checkIn('BOOK0001')).ticket
      await room.open()
      return id
    }
    const calls = async () => (await room.board()).calls.map(({ number, times }) => `${number} ${times}`)
    const waiting = async () => (await room.list()).waiting.map((each) => `${each.number} ${each.class}`)

    describe('next says what became of who was called (Q5)', () => {
      it('missed: not served, off the board, and undone together with the call', async () => {
        const [first, second] = [await room.issue(), await room.issue()]
        await room.open()
        await room.next()
        seconds(20)
        expect((await room.next('legnano-1', 'missed')).ticket?.id).to.equal(second.id)
        expect((await room.list()).missed.map(({ number }) => number)).to.deep.equal(['D001'])
        expect(await calls()).to.deep.equal(['D002 1'])
        await room.undo(second.id)
        expect((await room.list()).serving.map(({ number }) => number)).to.deep.equal(['D001'])
        expect(await calls()).to.deep.equal(['D001 1'])
        expect((await room.start(first.id)).status).to.equal('serving')
        seconds(3)
        expect(await refusalOf(room.next('legnano-1', 'missed'))).to.equal('conflict state serving legnano-1')
      })

      it('done, or nothing said: completed as before', async () => {
        const [first, second] = [await room.issue(), await room.issue()]
        await room.open()
        await room.next()
        seconds(3)
        await room.next('legnano-1', 'done')
        seconds(3)
        await room.next()
        for (const { id } of [first, second]) expect((await room.ticket(id))?.status).to.equal('done')
      })
    })

    describe('what was said to be over goes on (Q4)', () => {
      it('done: back to wait as class 4, joined now; its booking is arrived again', async () => {
        const id = await arrive()
        await room.next()
        await room.done(id)
        expect(await room.bookingStatus(booking.id)).to.equal('served')
        room.clock.advanceMinutes(20)
        const back = await room.reopen(id)
        expect([back.status, back.isReturned, back.joinedAt]).to.deep.equal(['waiting', true, room.clock()])
        expect(await room.bookingStatus(booking.id)).to.equal('arrived')
        expect(await waiting()).to.deep.equal(['P001 walk-in'])
        expect(await calls()).to.deep.equal([])
        const count = room.versions.length
        expect((await room.reopen(id)).revision, 'again: nothing more').to.equal(back.revision)
        expect(room.versions.length).to.equal(count)
      })

      it('left, also by the day’s end: then no-show is arrived again', async () => {
        const id = await arrive()
        room.clock.set(at('14:30'))
        await endDayJob(room.deps).run(room.clock())
        expect((await room.ticket(id))?.status).to.equal('left')
        expect(await room.bookingStatus(booking.id)).to.equal('no-show')
        expect((await room.reopen(id)).status).to.equal('waiting')
        expect(await room.bookingStatus(booking.id)).to.equal('arrived')
        await endDayJob(room.deps).run(room.clock())
        expect((await room.ticket(id))?.status, 'who was let in after the end of the day stays').to.equal('waiting')
      })

      it('not of another day, not from other states, not when the booking has a new ticket', async () => {
        const id = await arrive()
        expect(await refusalOf(room.reopen(id))).to.equal('conflict state waiting')
        await room.leave(id)
        await room.checkIn('BOOK0001')
        expect(await refusalOf(room.reopen(id))).to.equal('conflict state left')
        const other = await room.issue()
        await room.leave(other.id)
        room.clock.set(at('09:00', '2026-11-25'))
        expect(await refusalOf(room.reopen(other.id))).to.equal('conflict state left')
      })
    })

    it('three recalls within three seconds are the call that was heard (Q4)', async () => {
      const { id } = await room.issue()
      await room.open()
      await room.next()
      for (let i = 0; i < 3; i++) {
        seconds(1)
        expect((await room.recall(id)).status).to.equal('called')
      }
      expect(await calls()).to.deep.equal(['D001 1'])
      seconds(4.9)
      await room.recall(id)
      expect(await calls(), '7.9 s after').to.deep.equal(['D001 1'])
      seconds(0.1)
      await room.recall(id)
      expect(await calls()).to.deep.equal(['D001 2'])
    })

    describe('arrives again (W1)', () => {
      it('missed: the same number, back to wait as class 4', async () => {
        const id = await arrive()
        await room.next()
        await room.missed(id)
        room.clock.advanceMinutes(5)
        const again = await room.checkIn('BOOK0001')
        expect([again.isNew, again.found, again.ticket.id, again.ticket.status]).to.deep.equal([
          false,
          'missed',
          id,
          'waiting',
        ])
        expect(await waiting()).to.deep.equal(['P001 walk-in'])
      })

      it('left: a new ticket with a new number; the old one stays left; once', async () => {
        const id = await arrive()
        await room.leave(id)
        const drawn = await Promise.all([room.checkIn('BOOK0001'), room.checkIn('BOOK0001')])
        expect(drawn.filter(({ isNew }) => isNew)).to.have.length(1)
        expect(new Set(drawn.map(({ ticket }) => `${ticket.number} ${ticket.status}`))).to.deep.equal(
          new Set(['2 waiting']),
        )
        expect((await room.ticket(id))?.status).to.equal('left')
      })

      it('done: the visit is over, and nothing is changed', async () => {
        const id = await arrive()
        await room.next()
        await room.done(id)
        const before = await database.contents()
        expect(await refusalOf(room.checkIn('BOOK0001'))).to.equal('conflict state done legnano-1')
        expect(await database.contents()).to.deep.equal(before)
      })

      it('case K18: after closing a kiosk says when the site opens next; staff let people in', async () => {
        await room.addBookings(booking, bookingNumber(2, { startsAt: at('12:15') }))
        const { ticket } = await room.checkIn('BOOK0001')
        room.clock.set(at('13:30'))
        const error = await room.checkIn('BOOK0002').catch((reason: unknown) => reason)
        expect(error).to.deep.include({ kind: 'not-allowed', code: 'outside-window' })
        expect((error as { details: object }).details).to.deep.include({ opensAt: '2026-11-25T08:30:00+01:00' })
        expect((await room.checkIn('BOOK0001')).ticket.id, 'who waits is shown the number').to.equal(ticket.id)
        expect((await room.checkIn('BOOK0002', 'legnano', true)).isNew).to.equal(true)
      })
    })

    describe('urgent and aside (D7)', () => {
      it('whoever waits may be urgent, also who came back; the reason is shown', async () => {
        const [first, second] = [await room.issue(), await room.issue()]
        await room.open()
        await room.next()
        await room.missed(first.id)
        seconds(5)
        await room.back(first.id)
        expect(await waiting()).to.deep.equal(['D002 walk-in', 'D001 walk-in'])
        await room.urgent(first.id)
        expect(await waiting()).to.deep.equal(['D001 urgent', 'D002 walk-in'])
        expect((await room.list()).waiting[0]).to.include({ urgentReason: 'malore' })
        const count = room.versions.length
        await room.urgent(first.id)
        expect(room.versions.length, 'again: nothing').to.equal(count)
        await room.park(second.id)
        expect(await refusalOf(room.urgent(second.id))).to.equal('conflict state parked')
      })

      it('parked for one counter: only that one has it afterwards, and may call it back at once', async () => {
        const { id } = await room.issue()
        await room.open('legnano-1')
        await room.open('legnano-2')
        await room.next('legnano-1')
        await room.park(id, 'legnano-2')
        expect((await room.list()).parked[0]).to.include({ parkReason: 'manca il modulo', forCounter: 'legnano-2' })
        await room.open('legnano-3')
        expect(await refusalOf(room.call(id, 'legnano-3'))).to.equal('conflict state parked legnano-1')
        expect((await room.call(id, 'legnano-2')).status).to.equal('called')
        expect((await room.undo(id)).status, 'undone: parked as before').to.equal('parked')
        await room.back(id)
        expect((await room.next('legnano-1')).ticket).to.equal(null)
        expect((await room.next('legnano-2')).ticket?.id).to.equal(id)
        expect(await refusalOf(room.park(id, 'magenta-1'))).to.equal('not-found unknown-counter')
      })

      it('who missed the call is called back by the counter that knows them', async () => {
        const { id } = await room.issue()
        await room.open('legnano-1')
        await room.open('legnano-2')
        await room.next('legnano-1')
        await room.missed(id)
        expect(await refusalOf(room.call(id, 'legnano-2'))).to.equal('conflict state missed legnano-1')
        expect((await room.call(id, 'legnano-1')).status).to.equal('called')
        expect(await calls()).to.deep.equal(['D001 1'])
      })
    })

    describe('the clock is set back an hour', () => {
      it('next goes on to the next person, and nothing ends before it began (Q3)', async () => {
        const [first, second] = [await room.issue(), await room.issue()]
        await room.open()
        await room.next()
        await room.start(first.id)
        room.clock.advanceMinutes(-60)
        expect((await room.next()).ticket?.id).to.equal(second.id)
        room.clock.advanceMinutes(-60)
        expect((await room.next()).ticket, 'nobody is left').to.equal(null)
        const { ticket_call: rows } = await database.contents('job_run')
        for (const row of rows as Record<string, string>[]) {
          const [from, to] = [row['row_called_at'] ?? '', row['row_ended_at'] ?? '']
          expect(new Date(to).getTime(), 'ends').to.be.at.least(new Date(from).getTime())
        }
      })
    })
  })
})
