import { workCounter } from './counter-work.js'
import { type Arrival, bookedArrivals, type Scene, walkInArrivals } from './demo-arrivals.js'
import type { DemoClient } from './demo-client.js'
import { makePace, type Pace } from './pace.js'

export interface MorningOptions {
  client: DemoClient
  /** 1 is as it would be, 10 ten times as fast. */
  speed: number
  /** How long people come, in minutes of the morning. */
  minutes: number
  /** The same number gives the same people and chances. */
  seed: number
  say: (line: string) => void
}

const SITE = 'legnano'
const SERVICE = 'scelta-revoca'
const COUNTERS = 3

/**
 * A morning at Legnano: people who booked, newborns, direct access and pick-ups, three counters.
 * @throws Error in words when Legnano has no slots about now
 */
export async function playMorning({ client, speed, minutes, seed, say }: MorningOptions): Promise<void> {
  const { at: now } = await client.get<{ at: string }>(`/sites/${SITE}/board`)
  const pace = makePace({ speed, say, seed })
  const scene: Scene = { client, pace, site: SITE, service: SERVICE, now, run: seed }
  const booked = await bookedArrivals(scene, minutes)
  if (booked.length === 0) throw new Error(await whenToCome(client, now))
  const arrivals = [...booked, ...walkInArrivals(scene, minutes)].sort((one, other) => one.minute - other.minute)
  say(`${booked.length} people have booked, ${arrivals.length - booked.length} will come without`)
  let isAwaited = true
  let present = 0
  const looking = lookAtQueue(
    scene,
    () => isAwaited || present > 0,
    (count) => (present = count),
  )
  const { counters } = await client.get<{ counters: { id: string; name: string }[] }>(`/sites/${SITE}/counters`)
  const isOver = () => !isAwaited && present === 0
  const work = counters.slice(0, COUNTERS).map((counter) => workCounter({ client, pace, site: SITE, counter, isOver }))
  await Promise.all([
    arrive(arrivals, pace).then(() => {
      isAwaited = false
    }),
    looking,
    ...work,
  ])
  say('the morning is over')
}

async function arrive(arrivals: readonly Arrival[], pace: Pace): Promise<void> {
  let minute = 0
  for (const arrival of arrivals) {
    await pace.wait(arrival.minute - minute)
    minute = arrival.minute
    await arrival.come()
  }
}

/** How many are still in the house, once a second. */
async function lookAtQueue({ client, pace, site }: Scene, goesOn: () => boolean, tell: (count: number) => void) {
  do {
    await pace.rest(1000)
    const queue = await client.get<Record<'waiting' | 'parked' | 'serving', object[]>>(`/sites/${site}/queue`)
    tell(queue.waiting.length + queue.parked.length + queue.serving.length)
  } while (goesOn())
}

async function whenToCome(client: DemoClient, now: string): Promise<string> {
  const { sites } = await client.get<{ sites: { id: string; firstFree: Record<string, string | null> }[] }>('/sites')
  const next = sites.find(({ id }) => id === SITE)?.firstFree[SERVICE]
  const example = next
    ? ` Start the demo in a morning: DEMO_CLOCK=${next.slice(0, 10)}T08:52:00${next.slice(19)} npm start`
    : ''
  return `Legnano has no appointments about ${now.slice(0, 10)} ${now.slice(11, 16)}.${example}`
}
