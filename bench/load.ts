import autocannon, { type LoadRequest } from 'autocannon'
import { bookingBody } from './people.js'
import type { LoadOrder, LoadReport } from './protocol.js'
import { BOOKINGS_PATH, daysPath, SITES } from './scene.js'

const CONNECTIONS = 16

/** The load process: takes one order at a time from the process that forked it and answers with what came back. */
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
  const { port, amount } = order
  return new Promise((resolve, reject) => {
    const url = `http://127.0.0.1:${port}`
    const requests = order.kind === 'days' ? SITES.map((site) => ({ path: daysPath(site) })) : [bookings(order, order.kind)]
    const startedMs = performance.now()
    let lastMs = startedMs
    const run = autocannon({ url, connections: CONNECTIONS, amount, requests }, (error, result) => {
      if (error) return reject(error)
      const codes = Object.entries(result.statusCodeStats).map(([status, { count }]) => [status, count] as const)
      resolve({
        perSecond: (amount / (lastMs - startedMs)) * 1000,
        statuses: Object.fromEntries(codes),
        errors: result.errors + result.timeouts,
        p50Ms: result.latency.p50,
        p99Ms: result.latency.p99,
      })
    })
    run.on('response', () => {
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
