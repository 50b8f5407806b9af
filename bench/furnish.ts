import type { DataSource } from 'typeorm'
import { UnitOfWork } from '../src/platform/db/unit-of-work.js'
import { CalendarStore } from '../src/scheduling/calendar.store.js'
import { exampleCalendar } from '../src/scheduling/index.js'
import { TakenSeatsEntity } from '../src/seats/index.js'
import { SiteStore } from '../src/sites/index.js'
import type { App } from '../src/wiring.js'
import { person } from './people.js'
import type { ServerSettings } from './protocol.js'
import { HOT, MANY_SEATS, MONTH, SERVICE, SITES, SPREAD, twentySites } from './scene.js'

/** The example calendar's. */
const SLOT_MS = 15 * 60_000

/**
 * Sites, and at each the example calendar (working days 08:30–12:30 by quarters of an hour) with two seats a slot, or
 * more than its form allows; then also the counter of every slot that is booked under load.
 */
export async function furnish(dataSource: DataSource, scene: ServerSettings['scene']): Promise<void> {
  const slots = scene === 'bookings' ? [...SPREAD, HOT] : []
  const counters = slots.map(({ site, start }) => ({
    siteId: site,
    calendarId: SERVICE,
    startsAt: new Date(start),
    endsAt: new Date(Date.parse(start) + SLOT_MS),
    taken: 0,
  }))
  const { calendarId: id, rules, ...example } = exampleCalendar()
  // Long enough for days that nobody has booked.
  const horizonDays = 365
  const settings = {
    ...example,
    horizonDays,
    rules: rules.map((rule) => ({ ...rule, seats: scene === 'reads' ? 2 : MANY_SEATS })),
  }
  await new UnitOfWork(dataSource).run(async ({ em }) => {
    await new SiteStore(em).addAll(twentySites())
    for (const siteId of SITES) await new CalendarStore(em).add({ siteId, id }, settings)
    await em.createQueryBuilder().insert().into(TakenSeatsEntity).values(counters).updateEntity(false).execute()
  })
}

/** Books one of the two seats of every slot of the month, at every site, the way citizens do. */
export async function bookHalf({ availability, bookings, unitOfWork }: App): Promise<void> {
  let number = 0
  for (const siteId of SITES) {
    const asked = { siteId, serviceId: SERVICE, persons: 1, lang: 'it' as const }
    for (const { date } of await availability.days({ ...asked, ...MONTH })) {
      const { slots } = await availability.slots({ ...asked, day: date })
      const book = slots.map(({ startsAt }) => {
        const command = { seat: { ...asked, startsAt }, visitor: person(number++), notes: null, lang: asked.lang }
        return unitOfWork.run((tx) => bookings.bookSlot(tx, command))
      })
      await Promise.all(book)
    }
  }
}
