import type { Lang } from '../messages/index.js'
import type { Origin } from '../platform/http/origin.js'
import type { Visitor } from '../visitors/index.js'
import type { SlotChoice } from './hold-slot.js'

export interface BookSlotCommand {
  /** Seats held before, or a slot taken at once. */
  seat: { hold: string } | SlotChoice
  visitor: Visitor
  notes: string | null
  /** M1: what the visitor comes for. */
  matter?: string | null
  lang: Lang
  /** K10: on behalf of the visitor. With a reason it may pass K5 and S6, never K1. */
  staff?: { who: string; reason: string | null }
  /** Where a visitor books from; staff have none. */
  origin?: Origin
}

/** K10: staff with a reason. */
export const mayExceed = ({ staff }: BookSlotCommand): boolean => staff !== undefined && staff.reason !== null
