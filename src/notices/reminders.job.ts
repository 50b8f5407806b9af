import type { LocalDay } from '../kernel/local-day.js'
import { isDuplicate } from '../platform/db/db-errors.js'
import type { UnitOfWork } from '../platform/db/unit-of-work.js'
import type { EventBus } from '../platform/events.js'
import type { Job } from '../platform/jobs/jobs.js'
import { addAllToOutbox } from '../platform/mail/outbox.js'
import type { SiteDirectory } from '../sites/index.js'
import type { ReminderStore } from './reminder.store.js'
import { reminderAt, remindedDays } from './reminder-time.js'

interface Deps {
  /** On a manager outside of any transaction. */
  reminders: ReminderStore
  unitOfWork: UnitOfWork
  events: EventBus
  sites: SiteDirectory
}

const BATCH = 200

/** L3: from local 18:00 on, one reminder for each booking of the next day that was not booked or moved after that. */
export function remindersJob({ reminders, unitOfWork, events, sites }: Deps): Job {
  const addBatch = (ids: readonly string[], day: LocalDay, now: Date) =>
    unitOfWork.run(async (tx) => {
      const mails = ids.map((id) => ({ kind: 'reminder', subjectId: id, occurrence: day, dueAt: now }))
      await addAllToOutbox(tx, mails)
      tx.afterCommit(() => events.publish('outbox.added', {}))
    })

  const remindOf = async (day: LocalDay, zone: { name: string; siteIds: readonly string[] }, now: Date) => {
    const asked = { siteIds: zone.siteIds, day, remindedAt: reminderAt(day, zone.name), now, limit: BATCH }
    for (let isMore = true; isMore; ) {
      const ids = await reminders.unreminded(asked)
      if (ids.length > 0) await addBatch(ids, day, now)
      isMore = ids.length === BATCH
    }
  }

  return {
    name: 'reminders',
    async run(now) {
      for (const zone of await zonesOf(sites)) {
        for (const day of remindedDays(now, zone.name)) await remindOf(day, zone, now).catch(leaveToTheOther)
      }
    },
  }
}

async function zonesOf(directory: SiteDirectory): Promise<{ name: string; siteIds: string[] }[]> {
  const { sites } = await directory.all()
  const names = [...new Set(sites.map(({ timeZone }) => timeZone))]
  return names.map((name) => ({ name, siteIds: sites.filter((site) => site.timeZone === name).map(({ id }) => id) }))
}

/** The unique key says that another instance is at the same day; what it leaves is found in a minute. */
function leaveToTheOther(error: unknown): void {
  if (!isDuplicate(error)) throw error
}
