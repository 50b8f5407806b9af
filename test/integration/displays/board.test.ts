import { expect } from 'chai'
import { startApp, type TestApp } from '../../support/app.js'
import { forEachEngine } from '../../support/engines.js'
import { signedIn, type StaffClient } from '../../support/staff.js'
import { CallEntity, TicketEntity } from '../../../src/queue/index.js'
import { QueueVersionEntity } from '../../../src/counters/index.js'
import type { Board } from '../../../public/js/display/calls.js'
import { Screen } from './screens.js'

/** What is compared: everything but the time it was said. */
type Content = Pick<Board, 'calls' | 'waiting'>

forEachEngine((engine) => {
  describe('the board under load (I10)', function () {
    this.timeout(120_000)
    let app: TestApp
    let operator: StaffClient
    let screen: Screen
    before(async () => {
      app = await startApp(engine, { now: '2026-11-24T08:31:00+01:00' })
      operator = await signedIn(app)
      for (const counter of [1, 2, 3]) await operator.post(`/counters/legnano-${counter}/open`)
      screen = new Screen(app.url)
    })
    after(async () => {
      screen.close()
      await app.close()
    })

    /** Counted by the database itself, while nobody changes the queue. */
    const counted = (): Promise<{ version: number; content: Content }> =>
      app.unitOfWork.run(async (tx) => {
        await tx.own('queue:legnano')
        const waiting: Record<string, number> = { P: 0, N: 0, D: 0, R: 0 }
        for (const lane of Object.keys(waiting))
          waiting[lane] = await tx.em.countBy(TicketEntity, { siteId: 'legnano', status: 'waiting', lane: lane as 'P' })
        const calls = await tx.em.find(CallEntity, { where: { siteId: 'legnano' }, order: { version: 'DESC' } })
        const missed = await tx.em.findBy(TicketEntity, { siteId: 'legnano', status: 'missed' })
        const shown = calls.filter(
          ({ ticketId, outcome, version }) =>
            outcome !== 'undone' &&
            missed.every(({ id }) => id !== ticketId) &&
            !calls.some(
              (other) => other.ticketId === ticketId && other.version > version && other.outcome !== 'undone',
            ),
        )
        const { version } = (await tx.em.findOneByOrFail(QueueVersionEntity, { siteId: 'legnano' })) as {
          version: number
        }
        const newest = shown.slice(0, 10).map(({ number, counterName, calledAt, times }) => ({
          number,
          counter: counterName,
          calledAt: calledAt.toISOString(),
          times,
        }))
        return { version, content: { waiting, calls: newest } }
      })

    const instants = ({ calls, waiting }: Content): Content => ({
      waiting,
      calls: calls.map((call) => ({ ...call, calledAt: new Date(call.calledAt).toISOString() })),
    })

    it('says at each version what the database says at that version, to whoever asks and to whoever listens', async () => {
      const [fromDatabase, fromBoard] = [new Map<number, Content>(), new Map<number, Content>()]
      const versions: number[] = []
      let running = true
      const note = (board: Board) => {
        const told = fromBoard.get(board.version)
        if (told) expect(instants(board)).to.deep.equal(told)
        fromBoard.set(board.version, instants(board))
      }
      const people = async () => {
        for (let n = 0; n < 50; n += 1) await operator.post('/sites/legnano/walk-ins', { service: 'accesso-diretto' })
      }
      const counter = async (id: number) => {
        for (let n = 0; n < 25; n += 1) {
          app.clock.advanceMinutes(0.05)
          const { ticket } = (await operator.post(`/counters/legnano-${id}/next`)).body
          if (ticket && n % 3 === 0) await operator.post(`/tickets/${ticket.id}/recall`)
          if (ticket && n % 5 === 0) await operator.post(`/tickets/${ticket.id}/missed`)
          if (ticket && n % 7 === 0) await operator.post(`/tickets/${ticket.id}/undo`)
        }
      }
      const readers = [0, 1].map(async () => {
        while (running) {
          const board = (await app.api.get('/sites/legnano/board')).body as Board
          versions.push(board.version)
          note(board)
        }
      })
      const database = (async () => {
        while (running) {
          const { version, content } = await counted()
          fromDatabase.set(version, content)
        }
      })()
      await Promise.all([people(), counter(1), counter(2), counter(3)])
      running = false
      await Promise.all([...readers, database])
      const last = await counted()
      fromDatabase.set(last.version, last.content)
      note((await app.api.get('/sites/legnano/board')).body)
      for (let tries = 0; screen.board?.version !== last.version && tries < 100; tries += 1)
        await new Promise((done) => setTimeout(done, 20))
      note(screen.board as Board)
      const both = [...fromBoard.keys()].filter((version) => fromDatabase.has(version))
      expect(both.length).to.be.at.least(20)
      for (const version of both)
        expect(fromBoard.get(version), `version ${version}`).to.deep.equal(fromDatabase.get(version))
      expect(screen.versions).to.deep.equal([...screen.versions].sort((a, b) => a - b))
      expect(last.version).to.be.at.least(100)
    })
  })
})
