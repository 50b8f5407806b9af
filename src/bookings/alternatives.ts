import { AppError } from '../kernel/app-error.js'
import { zonedIso } from '../kernel/local-day.js'
import type { Lang } from '../messages/index.js'
import type { Availability, SeatQuery } from '../seats/index.js'
import type { SiteDirectory } from '../sites/index.js'
import type { SlotChoice } from './hold-slot.js'

const MOST = 3
/** More than an hour's worth of short slots, so that the nearest are among them. */
const LOOKED_AT = 40
/** Look a little earlier too: the next free one after 9:20 may be 9:10. */
const EARLIER_MS = 3_600_000

/** With a booking that is moved (K8): its own seats are no obstacle, and its own start no alternative. */
type Wanted = SlotChoice & Pick<SeatQuery, 'insteadOf'>

interface Deps {
  availability: Availability
  directory: SiteDirectory
}

/**
 * Runs a step that wants a seat; when the seat is gone, its refusal names up to three other starts near it
 * (contract: `alternatives`), among them the same one if it is free after all (E23, an expired hold).
 */
export const makeWithAlternatives =
  ({ availability, directory }: Deps) =>
  async <T>(wanted: () => Promise<Wanted | null>, lang: Lang, step: () => Promise<T>): Promise<T> => {
    try {
      return await step()
    } catch (error) {
      if (!(error instanceof AppError && (error.code === 'slot-full' || error.code === 'hold-expired'))) throw error
      const choice = await wanted()
      if (!choice) throw new AppError(error.kind, error.code, { ...error.details, alternatives: [] })
      const { timeZone } = await directory.site(choice.siteId)
      const near = new Date(choice.startsAt.getTime() - EARLIER_MS)
      const starts = await availability.nextFree({ ...choice, lang }, near, LOOKED_AT)
      const distance = (start: Date) => Math.abs(start.getTime() - choice.startsAt.getTime())
      const nearest = starts.sort((a, b) => distance(a) - distance(b)).slice(0, MOST)
      const alternatives = nearest.sort((a, b) => a.getTime() - b.getTime()).map((start) => zonedIso(start, timeZone))
      throw new AppError(error.kind, error.code, { ...error.details, alternatives })
    }
  }

export type WithAlternatives = ReturnType<typeof makeWithAlternatives>
