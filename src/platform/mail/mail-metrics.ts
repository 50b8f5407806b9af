import { Counter, Gauge, type Registry } from 'prom-client'
import type { Clock } from '../../kernel/clock.js'
import { SharedReads } from '../shared-read.js'
import type { Backlog } from './outbox.store.js'

/** Counts one try by what became of it. */
export type CountMail = (outcome: 'sent' | 'skipped' | 'postponed' | 'failed', kind: string) => void

interface Deps {
  registry: Registry
  clock: Clock
  backlog: () => Promise<Backlog>
}

/** Registers the mail figures: tries by outcome, and at every scrape what waits, since when, and what has failed. */
export function makeMailMetrics({ registry, clock, backlog }: Deps): CountMail {
  const tries = new Counter({
    name: 'turno_mail_tries_total',
    help: 'Tries to send a mail, by outcome and kind',
    labelNames: ['outcome', 'kind'],
    registers: [registry],
  })
  const reads = new SharedReads<Backlog>()
  const gauge = (name: string, help: string, read: (found: Backlog) => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        // The scrape must not fail with the database: it is what shows that the database is away.
        this.set(await reads.of('backlog', backlog).then(read, () => Number.NaN))
      },
    })
  gauge('turno_mail_waiting', 'Mails that wait to be sent', ({ waiting }) => waiting)
  gauge('turno_mail_failed', 'Mails that could not be delivered', ({ failed }) => failed)
  gauge('turno_mail_oldest_waiting_seconds', 'Age of the oldest mail that waits', ({ oldestAt }) =>
    oldestAt ? Math.max(0, (clock().getTime() - oldestAt.getTime()) / 1000) : 0,
  )
  return (outcome, kind) => tries.inc({ outcome, kind })
}
