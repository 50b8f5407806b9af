import autocannon, { type LoadRequest } from 'autocannon'
import { bookingBody } from './people.js'
import type { LoadOrder, LoadReport } from './protocol.js'
import { BOOKINGS_PATH, DAYS_PATHS } from './scene.js'

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
  const requests = kind === 'days' ? DAYS_PATHS.map((path) => ({ path })) : [bookings(order, kind)]
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
function bookings({ from, amount }: LoadOrder, kind: 'spread' | 'hot'): LoadRequest {
  const bodies = Array.from({ length: amount }, (_, i) => bookingBody(from + i, kind))
  return {
    method: 'POST',
    path: BOOKINGS_PATH,
    headers: { 'content-type': 'application/json' },
    setupRequest: (request) => ({ ...request, body: bodies.shift() ?? '' }),
  }
}

process.once('disconnect', () => process.exit())
