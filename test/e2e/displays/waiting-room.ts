import { expect } from 'chai'
import type { Answer } from '../../support/client.js'
import { startApp, type TestApp } from '../../support/app.js'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'
import { SQLITE } from '../../support/engines.js'
import { freePort } from '../../support/servers.js'
import { signedIn, StaffClient } from '../../support/staff.js'

const OPENING = '2026-11-24T08:31:00+01:00'

/** Legnano's waiting room: its app, which can be stopped and started again at the same address, and who works there. */
export class WaitingRoom {
  private constructor(
    readonly database: TestDatabase,
    private readonly settings: Record<string, string>,
    public app: TestApp,
    private operator: StaffClient,
  ) {}

  /** Three open counters at 08:31, nobody waiting. */
  static async open(): Promise<WaitingRoom> {
    const database = await openTestDatabase(SQLITE)
    const port = `${await freePort()}`
    const settings = { PORT: port, BASE_URL: `http://127.0.0.1:${port}` }
    const app = await startApp(SQLITE, { now: OPENING, database, settings })
    const room = new WaitingRoom(database, settings, app, await signedIn(app))
    for (const counter of [1, 2, 3]) await room.post(`/counters/legnano-${counter}/open`)
    return room
  }

  get url(): string {
    return this.app.url
  }

  /** `D001` … in the order they came. */
  async draw(count: number): Promise<{ id: string; number: string }[]> {
    const tickets = []
    for (let drawn = 0; drawn < count; drawn += 1)
      tickets.push((await this.post('/sites/legnano/walk-ins', { service: 'accesso-diretto' })).body.ticket)
    return tickets
  }

  async drawNewborn(newbornTaxCode: string): Promise<void> {
    await this.post('/sites/legnano/walk-ins', { service: 'neonati', newbornTaxCode })
  }

  /** As a manager does. */
  async rename(counter: 1 | 2 | 3, name: string): Promise<void> {
    const counters = { name, position: counter }
    await this.app.unitOfWork.run((tx) => tx.em.update('counter', { id: `legnano-${counter}` }, counters))
  }

  /** Q1's max-wait, in minutes. */
  async limitWaiting(maxWaitMinutes: number): Promise<void> {
    const { unitOfWork, events } = this.app
    await unitOfWork.run((tx) => tx.em.update('site_service', { siteId: 'legnano' }, { maxWaitMinutes }))
    events.publish('site.changed', { siteId: 'legnano' })
  }

  /** What the manager says on the screens. */
  async tell(...lines: string[]): Promise<void> {
    const notices = lines.map((it) => ({ it, en: null }))
    const { unitOfWork, events } = this.app
    await unitOfWork.run((tx) => tx.em.update('site', { id: 'legnano' }, { notices }))
    events.publish('site.changed', { siteId: 'legnano' })
  }

  /** Presses next. @returns the ticket's id */
  async next(counter: 1 | 2 | 3): Promise<string> {
    this.app.clock.advanceMinutes(0.05)
    return (await this.post(`/counters/legnano-${counter}/next`)).body.ticket.id
  }

  /** `recall`, `missed`, `undo` … */
  step(ticketId: string, step: string): Promise<Answer> {
    // Calls of one ticket are 8 s apart (Q4).
    if (step === 'recall') this.app.clock.advanceMinutes(0.15)
    return this.post(`/tickets/${ticketId}/${step}`)
  }

  async checkIn(code: string): Promise<void> {
    await this.post('/sites/legnano/check-ins', { code })
  }

  /** Sockets that listen to the board now, as the server sees them. */
  sockets(): number {
    return this.app.io.of('/board').sockets.size
  }

  /** The server is away until `start`. */
  stop(): Promise<void> {
    return this.app.close()
  }

  async start(): Promise<void> {
    const now = this.app.clock()
    const { database, settings } = this
    this.app = await startApp(SQLITE, { now, database, settings })
    const { operator } = this
    this.operator = Object.assign(new StaffClient(this.app.api), {
      cookie: operator.cookie,
      csrfToken: operator.csrfToken,
    })
  }

  async close(): Promise<void> {
    await this.app.close()
    await this.database.close()
  }

  private async post(path: string, body?: unknown): Promise<Answer> {
    const answer = await this.operator.post(path, body)
    expect(answer.status, `${path}: ${JSON.stringify(answer.body)}`).to.be.below(300)
    return answer
  }
}
