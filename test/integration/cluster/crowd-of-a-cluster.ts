import type { TestApp } from '../../support/app.js'
import { visitorOf } from '../../support/builders.js'
import type { Answer } from '../../support/client.js'
import { at, bodyOf } from '../../support/crowd.js'
import { nth } from '../../support/instances.js'
import { sleep } from '../../support/servers.js'
import { DAYS, timesFrom } from './scene.js'

const SITES = ['legnano', 'magenta', 'cuggiono']
/** Of one seat each, so that there are enough of them: 08:30, 08:35 … 12:25. */
export const SLOT_MINUTES = 5
const STARTS = timesFrom('08:30', SLOT_MINUTES, 240)
/** As a program does that is told to come again; shorter than it is asked for, so that a test sees more of it. */
const AGAIN_MS = 400

/** What people who book without a pause were told. */
export interface Told {
  /** How often each answer came, by instance: `1: 201`. */
  counts: Record<string, number>
  /** Tokens of bookings that were acknowledged. */
  tokens: string[]
  /** What nobody may be told. */
  faults: string[]
  /** The longest that anybody waited for an answer. */
  longestMs: number
}

/**
 * People who book through all instances until they are stopped: of three in a row two want the same seat, the second of
 * whom asks at two sites at once (K5), and the third has a seat of their own and must get it, however often they ask.
 */
export class Crowd {
  readonly told: Told = { counts: {}, tokens: [], faults: [], longestMs: 0 }
  private people = 0
  private isOver = false
  private working: Promise<unknown> = Promise.resolve()

  constructor(private readonly apps: readonly TestApp[]) {}

  /** @param count how many at once */
  begin(count: number): void {
    const one = async () => {
      while (!this.isOver) await this.come(this.people++)
    }
    this.working = Promise.all(Array.from({ length: count }, one))
  }

  /** Nobody comes any more; those who have come get their answer. */
  async end(): Promise<Told> {
    this.isOver = true
    await this.working
    return this.told
  }

  private async come(n: number): Promise<void> {
    const [row, place] = [3 * Math.floor(n / 3), n % 3]
    const seats = [[row], [row, row + 1], [row + 2]][place] ?? []
    const answers = await Promise.all(seats.map((seat) => this.insist(n, seat)))
    const got = answers.filter(({ status }) => status === 201).length
    if (got > 1) this.told.faults.push('K5: one person has two bookings')
    for (const { status, body } of answers)
      if (place === 2 && status !== 201) this.told.faults.push(`a seat of one's own: ${status} ${body.code}`)
  }

  /** Asks at the next instance, with the same key, while the answer is to come again. */
  private async insist(n: number, seat: number): Promise<Answer> {
    const body = bodyOf(n, { visitor: visitorOf(n), ...seatOf(seat) })
    for (let instance = n + seat; ; instance++) {
      const answer = await this.ask(instance % this.apps.length, body, { 'idempotency-key': `${n}-${seat}` })
      if (answer.status !== 503) return answer
      await sleep(AGAIN_MS)
    }
  }

  private async ask(instance: number, body: unknown, headers: Record<string, string>): Promise<Answer> {
    const startedMs = performance.now()
    const answer = await nth(this.apps, instance).api.post('/bookings', body, headers)
    const { counts, tokens, faults } = this.told
    const { status } = answer
    this.told.longestMs = Math.max(this.told.longestMs, performance.now() - startedMs)
    counts[`${instance}: ${status}`] = (counts[`${instance}: ${status}`] ?? 0) + 1
    if (status === 201) tokens.push(answer.body.booking.token as string)
    else if (status === 503 && !(Number(answer.headers.get('retry-after')) > 0)) faults.push('503 without Retry-After')
    else if (status !== 409 && status !== 503) faults.push(`${status} ${JSON.stringify(answer.body)}`)
    return answer
  }
}

/** One of 7,920. */
function seatOf(n: number): { site: string; start: string } {
  const start = Math.floor(n / SITES.length)
  return { site: nth(SITES, n), start: at(nth(STARTS, start), nth(DAYS, Math.floor(start / STARTS.length))) }
}
