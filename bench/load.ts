import autocannon, { type LoadRequest } from 'autocannon'
import { checkIns, displays, nexts, partOf } from './morning-load.js'
import { bookingBodies, person } from './people.js'
import { BOOKINGS, type BookingKind, type Kind, type LoadOrder, type LoadReport } from './protocol.js'
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

const isBooking = (kind: Kind): kind is BookingKind => BOOKINGS.some((each) => each === kind)

function run(order: LoadOrder): Promise<LoadReport> {
  const { kind, asked } = order
  if (kind === 'walk') return walks(order)
  if (kind === 'check-in') return checkIns(order)
  if (kind === 'next') return nexts(order)
  if (kind === 'displays') return displays(order)
  return isBooking(kind) ? loaded(order, [bookings(order, kind)]) : loaded(order, asked)
}

function loaded({ kind, port, amount }: LoadOrder, requests: LoadRequest[]): Promise<LoadReport> {
  return new Promise((resolve, reject) => {
    const startedMs = performance.now()
    let lastMs = startedMs
    const lostMs: number[] = []
    const options = { url: `http://127.0.0.1:${port}`, connections: CONNECTIONS, amount, requests }
    const running = autocannon(options, (error, result) => {
      if (error) return reject(error)
      const { latency, statusCodeStats, errors, timeouts } = result
      const lost = lostMs.sort((a, b) => a - b)
      const of = kind === 'race' ? { p50: partOf(lost, 0.5), p99: partOf(lost, 0.99) } : latency
      resolve({
        perSecond: (amount / (lastMs - startedMs)) * 1000,
        statuses: Object.fromEntries(Object.entries(statusCodeStats).map(([status, { count }]) => [status, count])),
        errors: errors + timeouts,
        p50Ms: of.p50,
        p99Ms: of.p99,
      })
    })
    running.on('response', (_client: unknown, status: number, _bytes: number, tookMs: number) => {
      lastMs = performance.now()
      if (status === 409) lostMs.push(tookMs)
    })
  })
}

/** One booking for each person; their texts are made beforehand. */
function bookings(order: LoadOrder, kind: BookingKind): LoadRequest {
  const bodies = bookingBodies(order, kind)
  let number = 0
  return {
    method: 'POST',
    path: BOOKINGS_PATH,
    headers: { 'content-type': 'application/json' },
    setupRequest: (request) => ({
      ...request,
      body: bodies.shift() ?? '',
      ...(kind === 'keyed' && {
        headers: { ...request.headers, 'idempotency-key': `${order.from + number++}-0123456789` },
      }),
    }),
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
  return { perSecond, statuses: { 201: amount }, errors: 0, p50Ms: partOf(sorted, 0.5), p99Ms: partOf(sorted, 0.99) }
}

process.once('disconnect', () => process.exit())
