import type { DemoClient } from './demo-client.js'
import type { Pace } from './pace.js'

interface Ticket {
  id: string
  number: string
}

/** Presses of one counter nearer than this are one (Q3). */
const SAME_PRESS_MS = 2100

interface Work {
  client: DemoClient
  pace: Pace
  site: string
  counter: { id: string; name: string }
  /** True once nobody is to come and nobody waits. */
  isOver: () => boolean
}

/** One counter's morning: calls, waits for the person, serves; now and then nobody comes, or it is another's matter. */
export async function workCounter(work: Work): Promise<void> {
  const { client, pace, counter, isOver } = work
  const opened = await client.post(`/counters/${counter.id}/open`)
  // Somebody at the console was first: then it is theirs (Q8).
  if (opened.status === 409) return pace.say(`counter ${counter.name} is somebody else's`)
  if (opened.status !== 200) throw new Error(`Counter ${counter.name} does not open: ${opened.body.detail ?? ''}`)
  pace.say(`counter ${counter.name} opens`)
  while (!isOver()) {
    if (!(await isOurs(work))) return pace.say(`counter ${counter.name} was taken by somebody else`)
    const pressedMs = performance.now()
    const { status, body } = await client.post<{ ticket: Ticket | null; reason?: string }>(
      `/counters/${counter.id}/next`,
    )
    // Somebody at the console has closed it: then it is theirs.
    if (status === 409) return pace.say(`counter ${counter.name} was closed by somebody else`)
    if (body.ticket) {
      pace.say(`counter ${counter.name} calls ${body.ticket.number} (${body.reason})`)
      await serve(work, body.ticket)
    } else await pace.wait(0.5)
    await pace.rest(SAME_PRESS_MS - (performance.now() - pressedMs))
  }
  await client.post(`/counters/${counter.id}/close`)
  pace.say(`counter ${counter.name} closes`)
}

/** Whoever takes a counter over at the console works there alone. */
async function isOurs({ client, counter, site }: Work): Promise<boolean> {
  const path = `/sites/${site}/counters`
  const { counters } = await client.get<{ counters: { id: string; operator: string | null }[] }>(path)
  const operator = counters.find(({ id }) => id === counter.id)?.operator
  return operator === client.username || operator === null
}

async function serve(work: Work, ticket: Ticket): Promise<void> {
  const { pace } = work
  const press = (step: string, body: object = {}) => work.client.post(`/tickets/${ticket.id}/${step}`, body)
  await pace.wait(pace.between(0.2, 1))
  if (pace.oneIn(10)) return nobodyCame(work, ticket, press)
  await press('start')
  await pace.wait(pace.between(1.5, 6))
  if (pace.oneIn(12)) {
    pace.say(`${ticket.number} must first fill in a form: put aside`)
    await press('park', { reason: 'modulo da compilare' })
    await pace.wait(pace.between(1, 3))
    await press('return')
    return
  }
  await press('done')
}

async function nobodyCame(
  { pace }: Work,
  { number }: Ticket,
  press: (step: string) => Promise<{ status: number }>,
): Promise<void> {
  for (const again of ['recall', 'recall'] as const) {
    await pace.wait(0.4)
    await press(again)
  }
  await press('missed')
  pace.say(`${number} does not come`)
  if (!pace.oneIn(2)) return
  await pace.wait(pace.between(1, 4))
  const { status } = await press('return')
  if (status === 200) pace.say(`${number} is back, behind those who wait`)
}
