import type { LocalDay } from '../kernel/local-day.js'
import type { SiteDirectory } from '../sites/index.js'
import type { CalendarPlan } from '../recurrence/index.js'
import type { Calendars } from './calendars.js'
import { offeredDay } from './offered-days.js'

interface Deps {
  calendars: Pick<Calendars, 'planOf'>
  directory: Pick<SiteDirectory, 'all'>
}

/** All seats that the calendars of a site offer on a local day, taken or not (X1). */
export async function seatsOfDay({ calendars, directory }: Deps, siteId: string, day: LocalDay): Promise<number> {
  const { offers } = await directory.all()
  const plans = new Set<CalendarPlan>()
  for (const offer of offers.filter((each) => each.siteId === siteId)) {
    const plan = await calendars.planOf(siteId, offer.serviceId)
    if (plan) plans.add(plan)
  }
  return [...plans].flatMap((plan) => offeredDay(plan, day).slots).reduce((sum, { seats }) => sum + seats, 0)
}
