import { expect } from 'chai'
import type { TestApp } from './app.js'
import { THE_DAY, visitorOf } from './builders.js'
import type { Answer } from './client.js'
import { faultsOf } from './oracle.js'

/** People who book through the JSON API, as programs outside do. */

export const SERVICE = 'scelta-revoca'

/** THE_DAY at a local time in Rome, as the API writes it. */
export const at = (time: string, day = THE_DAY): string => `${day}T${time}:00+01:00`

/** The body of `POST /bookings` of the n-th of a crowd: Legnano, THE_DAY 08:30, unless `part` says otherwise. */
export const bodyOf = (number: number, part: Record<string, unknown> = {}): Record<string, unknown> => ({
  site: 'legnano',
  service: SERVICE,
  start: at('08:30'),
  visitor: visitorOf(number),
  ...part,
})

/** The same for somebody who holds a seat. */
export const bodyWithHold = (
  number: number,
  hold: string,
  part: Record<string, unknown> = {},
): Record<string, unknown> => ({
  hold,
  visitor: visitorOf(number),
  ...part,
})

/** A booking of the n-th, for tests that begin with one. @throws when it is refused */
export async function booked({ api }: Pick<TestApp, 'api'>, number: number, part: Record<string, unknown> = {}) {
  const answer = await api.post('/bookings', bodyOf(number, part))
  expect(answer.status, JSON.stringify(answer.body)).to.equal(201)
  return answer.body.booking as {
    code: string
    token: string
    start: string
    end: string
    status: string
    manageUrl: string
  }
}

/** A hold's secret and its end. @throws when it is refused */
export async function held({ api }: Pick<TestApp, 'api'>, part: Record<string, unknown> = {}) {
  const answer = await api.post('/holds', { site: 'legnano', service: SERVICE, start: at('08:30'), ...part })
  expect(answer.status, JSON.stringify(answer.body)).to.equal(201)
  return answer.body as { hold: string; start: string; end: string; expiresAt: string }
}

/** Free seats of a start, as the public list shows them; null when it lists no such start. */
export async function freeAt(
  { api }: Pick<TestApp, 'api'>,
  start = at('08:30'),
  persons = 1,
  site = 'legnano',
): Promise<number | null> {
  const { body } = await api.get(
    `/sites/${site}/services/${SERVICE}/slots?date=${start.slice(0, 10)}&persons=${persons}`,
  )
  const slots = body.slots as { start: string; free: number }[]
  return slots.find((slot) => slot.start === start)?.free ?? null
}

/**
 * Asks as a person does who is told to come back (503, Retry-After): a slow machine sheds some of a crowd, and what a race
 * shows is who wins, not how many come through at the first try.
 */
export async function insist(ask: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 0; ; tries++) {
    const answer = await ask()
    if (answer.status !== 503 || tries === 50) return answer
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/** How often each answer came: `{ '201': 1, '409 slot-full': 49 }`. */
export function tally(answers: readonly Answer[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { status, body } of answers) {
    const key = status < 400 ? `${status}` : `${status} ${body.code}`
    counts[key] = (counts[key] ?? 0) + 1
  }
  return counts
}

/** @throws AssertionError naming every invariant of the oracle that is broken */
export async function expectOrder(app: TestApp, options?: Parameters<typeof faultsOf>[1]): Promise<void> {
  expect(await faultsOf({ dataSource: app.database.dataSource, now: app.clock() }, options)).to.deep.equal([])
}
