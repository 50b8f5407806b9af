import type { Slot } from '../recurrence/index.js'

/** Where a booking may start: `free` counts bookings of the asked size that still fit. */
export interface FreeStart {
  startsAt: Date
  /** End of the last slot it would take (K2). */
  endsAt: Date
  free: number
}

/** K2: how many consecutive slots so many persons take. */
export const slotsNeeded = (persons: number, personsPerSlot: number): number => Math.ceil(persons / personsPerSlot)

/** The slots a booking that starts with `slots[index]` takes, or null when they do not follow each other in one window. */
export function slotRun(slots: readonly Slot[], index: number, needed: number): Slot[] | null {
  const run = slots.slice(index, index + needed)
  const joined = run.every((slot, i) => {
    const before = run[i - 1]
    return !before || (slot.window === before.window && slot.startsAt.getTime() === before.endsAt.getTime())
  })
  return run.length === needed && joined ? run : null
}

/**
 * Every start where `needed` consecutive slots exist, full ones with `free` 0 (contract: slots). `taken` gives the
 * seats taken in a slot. A shrunken capacity never counts below zero.
 */
export function freeStarts(slots: readonly Slot[], needed: number, taken: (slot: Slot) => number): FreeStart[] {
  const starts: FreeStart[] = []
  slots.forEach((slot, index) => {
    const run = slotRun(slots, index, needed)
    const last = run?.at(-1)
    if (!run || !last) return
    const free = Math.min(...run.map((each) => each.seats - taken(each)))
    starts.push({ startsAt: slot.startsAt, endsAt: last.endsAt, free: Math.max(0, free) })
  })
  return starts
}
