import type { DataSource } from 'typeorm'
import { type Clock, MINUTE_MS } from '../../kernel/clock.js'
import type { Tx } from '../db/tx.js'
import type { UnitOfWork } from '../db/unit-of-work.js'
import type { EventBus } from '../events.js'
import type { Log } from '../log.js'
import { waitAtMost } from '../within.js'
import type { Admit } from './admit.js'
import type { Mail, MailTransport, Untold } from './mail.js'
import { MailFailure } from './mail-failure.js'
import type { CountMail } from './mail-metrics.js'
import type { OutboxEntity } from './outbox.entity.js'
import { claimMail, OutboxStore, type TryOutcome } from './outbox.store.js'
import { nextTryAt } from './retry-times.js'

/** How often the outbox is looked at when nobody announces a mail: another instance's, or one whose next try is due. */
const ROUND_MS = 5000
const BATCH = 40
/** How many mails are sent at once. */
const LANES = 4
/** Longer than any try (smtp-transport.ts, `totalMs`): after a crash another instance takes over then. */
const LEASE_MS = 2 * MINUTE_MS
/** At the end, how long mails on their way are waited for; then their connections are cut, and failing may take this. */
const STOP_MS = 4000
const CUT_MS = 1000

interface Deps {
  dataSource: DataSource
  unitOfWork: UnitOfWork
  clock: Clock
  log: Log
  events: EventBus
  transport: MailTransport
  /** The mail of a row as things stand now, or why there is nothing left to say (L4). */
  write: (row: OutboxEntity) => Promise<Mail | Untold>
  /** X5; without it everything may go. */
  admit?: Admit
  count?: CountMail
  /** True while an admin has to say go: a backup was restored. */
  isHeld: () => Promise<boolean>
  /** In the transaction of the note that a mail has left. */
  noteSent: (tx: Tx) => Promise<void>
}

/** What one pass over the due rows has met. */
interface Pass {
  claimed: number
  busy: number
  isServerAway: boolean
}

/** Sends what waits in the outbox: each row by one instance at a time, at least once (L4, T37). */
export class MailSender {
  private timer: NodeJS.Timeout | undefined
  private running: Promise<void> | null = null
  private again = false
  private stopping = false

  constructor(private readonly deps: Deps) {}

  start(): void {
    this.deps.events.on('outbox.added', () => this.wake())
    this.timer = setInterval(() => this.wake(), ROUND_MS).unref()
    this.wake()
  }

  async stop(): Promise<void> {
    this.stopping = true
    clearInterval(this.timer)
    if (this.running) await waitAtMost(this.running, STOP_MS)
    this.deps.transport.close()
    if (this.running) await waitAtMost(this.running, CUT_MS)
  }

  /** Sends everything that is due now; ends early when the mail server does not serve us. */
  async sendDue(): Promise<void> {
    for (;;) {
      if (await this.deps.isHeld()) return
      const rows = await new OutboxStore(this.deps.dataSource.manager).due(this.deps.clock(), BATCH)
      const isAll = rows.length < BATCH
      const pass: Pass = { claimed: 0, busy: 0, isServerAway: false }
      const lanes = await Promise.allSettled(Array.from({ length: LANES }, () => this.lane(rows, pass)))
      for (const lane of lanes) if (lane.status === 'rejected') throw lane.reason
      if (this.stopping || pass.isServerAway || pass.claimed === 0 || (isAll && pass.busy === 0)) return
    }
  }

  private wake(): void {
    this.again = true
    if (!this.stopping) this.running ??= this.rounds()
  }

  private async rounds(): Promise<void> {
    while (this.again && !this.stopping) {
      this.again = false
      try {
        await this.sendDue()
      } catch (error) {
        this.deps.log.error({ err: error }, 'the outbox could not be worked; it is looked at again soon')
      }
    }
    this.running = null
  }

  private async lane(rows: OutboxEntity[], pass: Pass): Promise<void> {
    for (let row = rows.shift(); row && !pass.isServerAway && !this.stopping; row = rows.shift()) {
      if (await this.claim(row)) {
        pass.claimed += 1
        await this.record(row, await this.attempt(row, pass))
      } else pass.busy += 1
    }
  }

  private claim(row: OutboxEntity): Promise<boolean> {
    const now = this.deps.clock()
    const until = new Date(now.getTime() + LEASE_MS)
    return this.deps.unitOfWork.run((tx) => claimMail(tx, row, { now, until }))
  }

  private async attempt(row: OutboxEntity, pass: Pass): Promise<TryOutcome> {
    try {
      const admission = (await this.deps.admit?.(row)) ?? 'send'
      if (typeof admission === 'object') return this.outcome({ state: 'waiting', dueAt: admission.notBefore })
      // Who reads the message into which it is merged needs this one no more.
      if (admission !== 'send')
        return this.outcome({ state: 'skipped', cause: admission === 'erased' ? 'erased' : 'superseded' })
      const mail = await this.deps.write(row)
      if (typeof mail === 'string') return this.outcome({ state: 'skipped', cause: mail })
      await this.deps.transport.send(mail)
      return this.outcome({ state: 'sent', sentAt: this.deps.clock() })
    } catch (error) {
      if (error instanceof MailFailure) pass.isServerAway ||= error.verdict.isServerAway
      else this.deps.log.error({ err: error, outboxId: row.id, kind: row.kind }, 'a mail could not be made')
      return this.afterFailure(row, error)
    }
  }

  private afterFailure(row: OutboxEntity, error: unknown): TryOutcome {
    const isPermanent = error instanceof MailFailure && error.verdict.isPermanent
    const cause = error instanceof MailFailure ? error.message : 'internal error'
    const dueAt = isPermanent ? null : nextTryAt(row.createdAt, row.attempts + 1, this.deps.clock())
    return this.outcome({ state: dueAt ? 'waiting' : 'failed', dueAt, cause })
  }

  private outcome(part: Pick<TryOutcome, 'state'> & Partial<TryOutcome>): TryOutcome {
    return { sentAt: null, dueAt: null, cause: null, triedAt: this.deps.clock(), ...part }
  }

  private async record(row: OutboxEntity, outcome: TryOutcome): Promise<void> {
    const kept = await this.deps.unitOfWork.run(async (tx) => {
      if (outcome.state === 'sent') await this.deps.noteSent(tx)
      return new OutboxStore(tx.em).record(row, outcome)
    })
    const { state, cause } = outcome
    const facts = {
      outboxId: row.id,
      kind: row.kind,
      state,
      attempts: row.attempts + 1,
      cause: cause ?? undefined,
    }
    if (!kept) this.deps.log.warn(facts, 'a mail took so long that another instance has taken it over')
    else if (state === 'failed') this.deps.log.warn(facts, 'a mail cannot be delivered')
    else this.deps.log.info(facts, 'a mail was worked')
    this.deps.count?.(state === 'waiting' ? 'postponed' : state, row.kind)
  }
}
