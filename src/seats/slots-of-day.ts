import type { LocalDay } from '../kernel/local-day.js'
import { type Lang, translator } from '../messages/index.js'
import { type CalendarPlan, dayState } from '../recurrence/index.js'
import { firstPossibleDay } from './first-possible-day.js'
import { type FreeStart, freeStarts } from './free-starts.js'
import { type NoSlotReason, reasonWords } from './no-slot-reason.js'
import { type Span, takenIn, without } from './occupancy.js'
import { offeredDay } from './offered-days.js'
import { type TakenDay, takenNow } from './taken-days.js'

export interface FreeSlots {
  slots: FreeStart[]
  reason: NoSlotReason | null
}

/** What the calendar needs to be known of before a day can be told. */
export interface Asked {
  plan: CalendarPlan
  needed: number
  now: Date
  lang: Lang
  own: readonly Span[]
  except: Date | null
}

const NOTHING: TakenDay = { taken: [], claims: [] }

/** S7: the calendar's reason, or `full` when it offers starts and none is free. */
export function slotsOf(
  { plan, needed, now, lang, own, except }: Asked,
  day: LocalDay,
  taken: TakenDay = NOTHING,
): FreeSlots {
  const offered = offeredDay(plan, day)
  const { bookable, reason } = dayState(plan, { day, ...offered }, now)
  const t = translator(lang)
  if (reason) {
    const told = reason.code === 'too-soon' ? { ...reason, opensOn: firstPossibleDay(plan, now) } : reason
    return { slots: [], reason: reasonWords(told, t) }
  }
  const occupied = without(takenNow(taken, now.getTime()), own)
  const slots = freeStarts(bookable, needed, takenIn(offered.slots, occupied)).map((slot) =>
    slot.startsAt.getTime() === except?.getTime() ? { ...slot, free: 0 } : slot,
  )
  const nothingFits = slots.length === 0
  return { slots, reason: slots.some(({ free }) => free > 0) ? null : reasonWords({ code: 'full', nothingFits }, t) }
}
