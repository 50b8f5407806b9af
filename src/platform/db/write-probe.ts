import { randomInt } from 'node:crypto'
import { addRows } from './rows.js'
import { unavailable } from '../../kernel/app-error.js'
import type { Clock } from '../../kernel/clock.js'
import { runErrand } from '../errand.js'
import type { UnitOfWork } from './unit-of-work.js'
import { WriteProbeEntity } from './write-probe.entity.js'

const FRESH_MS = 1000
/** contract.md: a database that does not write is told of within 2.5 s. */
const MOST_MS = 2000
/** One small row may still find room where a booking finds none: what was refused lately counts as well. */
const REFUSED_MS = 5000

interface Deps {
  unitOfWork: UnitOfWork
  clock: Clock
}

/** Can this instance write? Asked of the database itself, once a second at most, however many ask. */
export class WriteProbe {
  /** A row of its own: instances on a cluster would refuse each other a common one. */
  private readonly instance = randomInt(2 ** 31 - 1)
  private proof: Promise<void> | undefined
  private provenAtMs = Number.NEGATIVE_INFINITY

  constructor(private readonly deps: Deps) {}

  /** @throws when it cannot */
  prove(): Promise<void> {
    // What failed since then says more than the proof.
    const freshMs = Math.min(FRESH_MS, this.deps.unitOfWork.msSinceFailure())
    if (this.proof === undefined || performance.now() - this.provenAtMs > freshMs) {
      this.provenAtMs = Number.POSITIVE_INFINITY
      this.proof = runErrand({ endsAtMs: performance.now() + MOST_MS }, () => this.write()).finally(() => {
        this.provenAtMs = performance.now()
      })
    }
    return this.proof
  }

  private async write(): Promise<void> {
    const { unitOfWork, clock } = this.deps
    if (unitOfWork.msSinceRefusal() < REFUSED_MS) throw unavailable('database-away')
    await unitOfWork.runAside(async ({ em }) => {
      await em.delete(WriteProbeEntity, { instance: this.instance })
      const row = { instance: this.instance, writtenAt: clock() }
      await addRows(em, WriteProbeEntity, row)
    })
  }
}
