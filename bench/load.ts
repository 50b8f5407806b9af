import autocannon, { type LoadRequest } from 'autocannon'
import { bookingBody, person } from './people.js'
import type { BookingKind, LoadOrder, LoadReport } from './protocol.js'
import { BOOKINGS_PATH, SITES } from './scene.js'
import { Visit } from './visit.js'

const CONNECTIONS = 16

/** The load process: takes one order at a time and answers with what came back. */
process.on('message', (order: LoadOrder) => {
  run(order).then(
    (report) => process.send?.(report),
    (error: unknown) => {
      console.error(error)
      process.exit(1)
    },
  )
})

function run(order: LoadOrder): Promise<LoadReport> {
  const { kind, port, amount } = order
  if (kind === 'walk') return walks(order)
  const requests = kind === 'spread' || kind === 'hot' ? [bookings(order, kind)] : order.asked
  return new Promise((resolve, reject) => {
    const startedMs = performance.now()
    let lastMs = startedMs
    const options = { url: `http://127.0.0.1:${port}`, connections: CONNECTIONS, amount, requests }
    const running = autocannon(options, (error, result) => {
      if (error) return reject(error)
      const { latency, statusCodeStats, errors, timeouts } = result
      resolve({
        perSecond: (amount / (lastMs - startedMs)) * 1000,
        statuses: Object.fromEntries(Object.entries(statusCodeStats).map(([status, { count }]) => [status, count])),
        errors: errors + timeouts,
        p50Ms: latency.p50,
        p99Ms: latency.p99,
      })
    })
    running.on('response', () => {
      lastMs = performance.now()
    })
  })
}

/** One booking for each person; their texts are made beforehand. */
function bookings({ from, amount }: LoadOrder, kind: BookingKind): LoadRequest {
  const bodies = Array.from({ length: amount }, (_, i) => bookingBody(from + i, kind))
  return {
    method: 'POST',
    path: BOOKINGS_PATH,
    headers: { 'content-type': 'application/json' },
    setupRequest: (request) => ({ ...request, body: bodies.shift() ?? '' }),
  }
}

/** As many people at once as connections, each from the first page to the last. */
async function walks({ port, amount, from }: LoadOrder): Promise<LoadReport> {
  const tookMs: number[] = []
  let next = 0
  const startedMs = performance.now()
  const people = Array.from({ length: CONNECTIONS }, async () => {
    while (next < amount) {
      const number = next++
      const sinceMs = performance.now()
      await new Visit(port).book(SITES[number % SITES.length] ?? '', person(from + number), number)
      tookMs.push(performance.now() - sinceMs)
    }
  })
  await Promise.all(people)
  const perSecond = (amount / (performance.now() - startedMs)) * 1000
  const sorted = tookMs.sort((a, b) => a - b)
  const at = (part: number) => sorted[Math.floor((sorted.length - 1) * part)] ?? 0
  return { perSecond, statuses: { 201: amount }, errors: 0, p50Ms: at(0.5), p99Ms: at(0.99) }
}

process.once('disconnect', () => process.exit())
