import { statusNow } from '../bookings/index.js'
import { AppError } from '../kernel/app-error.js'
import type { Tx } from '../platform/db/tx.js'
import { addressKey } from '../platform/http/addresses.js'
import type { Origin } from '../platform/http/origin.js'
import type { Lang } from '../messages/index.js'
import { type Held, NOT_HELD } from './booking-draft.js'
import type { StepsDeps } from './steps-deps.js'

interface SlotWanted {
  siteId: string
  serviceId: string
  startsAt: Date
  persons: number
  lang: Lang
}

interface Asker {
  /** The hold the asker has already; it goes when the new one is there. */
  previous: string | null
  origin: Origin
}

/** Seats kept while the forms are filled in (K4): one hold at a time for each draft. */
export class Holds {
  constructor(private readonly deps: Pick<StepsDeps, 'bookings' | 'unitOfWork' | 'limits' | 'clock'>) {}

  /**
   * Holds the slot and lets the previous hold go, both or neither.
   * @throws conflict `slot-full`, not-allowed `not-offered`, too-many (X1)
   */
  async take(wanted: SlotWanted, { previous, origin }: Asker): Promise<Held> {
    const { limits, unitOfWork, bookings } = this.deps
    await limits.spend('hold', addressKey(origin.ip))
    return unitOfWork.run(async (tx) => {
      if (previous !== null) await this.letGo(tx, previous)
      const { hold, booking } = await bookings.holdSlot(tx, { ...wanted, origin })
      return { hold, heldUntil: booking.expiresAt?.toISOString() ?? null }
    })
  }

  /**
   * The same, but nobody is refused for how many others hold seats from the same place (X1): they go on without a hold,
   * and the seat is taken at the summary. @throws conflict `slot-full`, not-allowed `not-offered`
   */
  async takeOrGoOn(wanted: SlotWanted, asker: Asker): Promise<Held> {
    try {
      return await this.take(wanted, asker)
    } catch (error) {
      if (!isTooMany(error)) throw error
      const { unitOfWork, bookings } = this.deps
      await unitOfWork.run(async (tx) => {
        if (asker.previous !== null) await this.letGo(tx, asker.previous)
        await bookings.assertFree(tx, wanted)
      })
      return NOT_HELD
    }
  }

  /** A hold that is gone already, or has become a booking, stays as it is. */
  async release(hold: string): Promise<void> {
    await this.deps.unitOfWork.run((tx) => this.letGo(tx, hold))
  }

  /** False for a hold whose time is over, or that was let go or has become a booking. */
  async isLive(hold: string): Promise<boolean> {
    const held = await this.deps.bookings.findHold(hold)
    return held !== null && statusNow(held, this.deps.clock()) === 'held'
  }

  private async letGo(tx: Tx, hold: string): Promise<void> {
    try {
      await this.deps.bookings.releaseHold(tx, { hold })
    } catch (error) {
      if (!(error instanceof AppError && (error.kind === 'not-found' || error.kind === 'conflict'))) throw error
    }
  }
}

export const isTooMany = (error: unknown): boolean => error instanceof AppError && error.kind === 'too-many'
