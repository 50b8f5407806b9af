/** A day of one calendar as a child would count it: minutes since midnight, and who is there at each of them. */

export interface Grid {
  from: number
  to: number
  step: number
  seats: number
}

export interface Visit {
  start: number
  end: number
  /** Null: for good. */
  expiresMs: number | null
}

export interface ModelStart {
  start: number
  end: number
  free: number
}

/** K2: two persons to a slot. */
export const slotsFor = (persons: number): number => Math.ceil(persons / 2)

export class SeatModel {
  windows: Grid[] = []
  readonly visits = new Set<Visit>()

  /** Every start for so many persons with what is free there now, for who would give up a visit too. */
  starts(persons: number, nowMs: number, without?: Visit): ModelStart[] {
    const present = [...this.visits].filter(
      (visit) => visit !== without && (visit.expiresMs === null || visit.expiresMs > nowMs),
    )
    return this.windows.flatMap(({ from, to, step, seats }) => {
      const starts: ModelStart[] = []
      for (let start = from; start + step * slotsFor(persons) <= to; start += step) {
        const end = start + step * slotsFor(persons)
        let most = 0
        for (let minute = start; minute < end; minute++) {
          most = Math.max(most, present.filter((visit) => visit.start <= minute && minute < visit.end).length)
        }
        starts.push({ start, end, free: Math.max(0, seats - most) })
      }
      return starts
    })
  }

  /** What becomes of who wants to start then. */
  answer(start: number, persons: number, nowMs: number, without?: Visit): Visit | 'slot-full' | 'not-offered' {
    const found = this.starts(persons, nowMs, without).find((each) => each.start === start)
    if (!found) return 'not-offered'
    return found.free > 0 ? { start, end: found.end, expiresMs: null } : 'slot-full'
  }
}
