import { expect } from 'chai'
import type { Lang } from '../../../src/messages/index.js'
import type { Role } from '../../../src/access/index.js'
import type { ReachableVisitor } from '../../../src/visitors/index.js'
import { startApp, type TestApp } from '../../support/app.js'
import { THE_DAY, visitorOf } from '../../support/builders.js'
import { at, booked } from '../../support/crowd.js'
import { SQLITE } from '../../support/engines.js'
import { type StaffClient, signedIn } from '../../support/staff.js'
import { Console } from '../pages/operator.js'
import { Visit } from '../pages/visit.js'

/** Names as people have them, in the order of their bookings: 9:00, 9:15, 9:30, 9:45, 10:00, 11:00. */
const PEOPLE: Partial<ReachableVisitor>[] = [
  { firstName: 'Nicolò', lastName: "D'Angelo-Müller" },
  { firstName: 'Maria Grazia', lastName: 'Òrsi' },
  { firstName: 'Zoë', lastName: 'De Luca' },
  { firstName: 'Ahmed', lastName: 'El Sayed' },
  { firstName: 'Łucja', lastName: 'Żak' },
  { firstName: 'Anna', lastName: 'Bianchi' },
]
const TIMES = ['09:00', '09:15', '09:30', '09:45', '10:00', '11:00']

/** THE_DAY in Legnano at 9:10: six bookings of the day, nobody there yet, all counters closed. */
export class Morning {
  private accounts = 0

  private constructor(
    readonly app: TestApp,
    /** By the order of PEOPLE. */
    readonly codes: readonly string[],
    /** Another operator, who works without a browser. */
    readonly colleague: StaffClient,
  ) {}

  static async begin(): Promise<Morning> {
    const app = await startApp(SQLITE)
    const codes: string[] = []
    for (const [i, time] of TIMES.entries()) {
      const { code } = await booked(app, i, { start: at(time), visitor: visitorOf(i, PEOPLE[i]) })
      codes.push(code)
    }
    app.clock.set(at('09:10'))
    return new Morning(app, codes, await signedIn(app, { username: 'bruno' }))
  }

  end(): Promise<void> {
    return this.app.close()
  }

  /** Who has a booking is here. @param who their place in PEOPLE @returns the number */
  async arrives(who: number): Promise<string> {
    return this.issued(`/sites/legnano/check-ins`, { code: this.codes[who] })
  }

  /** @returns the number */
  walksIn(service = 'accesso-diretto', more: object = {}): Promise<string> {
    return this.issued('/sites/legnano/walk-ins', { service, ...more })
  }

  private async issued(path: string, body: object): Promise<string> {
    const answer = await this.colleague.post(path, body)
    expect(answer.status, JSON.stringify(answer.body)).to.be.oneOf([200, 201])
    return (answer.body as { ticket: { number: string } }).ticket.number
  }

  /** The id of a ticket that waits, is parked, missed, called or served. */
  async idOf(number: string): Promise<string> {
    const { body } = await this.colleague.get('/sites/legnano/queue')
    const lists = body as Record<'waiting' | 'parked' | 'missed' | 'serving', { id: string; number: string }[]>
    const all = [...lists.waiting, ...lists.parked, ...lists.missed, ...lists.serving]
    const found = all.find((ticket) => ticket.number === number)
    if (!found) throw new Error(`no ticket ${number}`)
    return found.id
  }

  /** A browser in which somebody new is signed in. */
  async person({ lang, ...member }: Person = {}): Promise<{ visit: Visit; username: string }> {
    this.accounts += 1
    const username = member.username ?? `anna.${this.accounts}`
    const client = await signedIn(this.app, { ...member, username })
    const visit = await Visit.begin(this.app, { fresh: true, ...(lang && { lang }) })
    const [name = '', value = ''] = client.cookie.split('=')
    await visit.page.context().addCookies([{ name, value, url: this.app.url }])
    return { visit, username }
  }

  /** Somebody new at a counter's console. */
  async console(counter = 'legnano-1', person: Person = {}): Promise<Console> {
    const { visit } = await this.person(person)
    await visit.open(`/operatore/sportello/${counter}`)
    return new Console(visit).find()
  }

  /** The same with the counter open, whoever had it before. */
  async openConsole(counter = 'legnano-1', person: Person = {}): Promise<Console> {
    const { unitOfWork, queue } = this.app
    await unitOfWork.run((tx) => queue.closeCounter(tx, { counterId: counter, who: 'test' }))
    const console = await this.console(counter, person)
    await console.press('counter')
    await console.said('opened')
    return console
  }

  readonly today = THE_DAY
}

interface Person {
  username?: string
  role?: Role
  sites?: string[]
  lang?: Lang
}
