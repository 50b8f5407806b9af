import type { EntityManager } from 'typeorm'
import { addRows, updateRows } from '../platform/db/rows.js'
import type { LocalDay } from '../kernel/local-day.js'
import { QueueVersionEntity } from './counter.entity.js'

export class VersionStore {
  constructor(private readonly em: EntityManager) {}

  /** Null for a site whose queue has never changed. */
  find(siteId: string): Promise<QueueVersionEntity | null> {
    return this.em.findOneBy(QueueVersionEntity, { siteId })
  }

  /** 0 for a site whose queue has never changed. */
  async version(siteId: string): Promise<number> {
    return (await this.find(siteId))?.version ?? 0
  }

  /** Own the site's queue first. @returns the new version */
  async grow(siteId: string, onDay: LocalDay): Promise<number> {
    const grown = await updateRows(this.em, QueueVersionEntity, {
      set: { version: () => 'version + 1', onDay },
      where: { siteId },
    })
    if (grown === 1) return this.version(siteId)
    const first = { siteId, version: 1, onDay, endedAt: null }
    await addRows(this.em, QueueVersionEntity, first)
    return 1
  }

  /** Q7: the day's end has been written down. Own the site's queue first. */
  async endDay(siteId: string, endedAt: Date): Promise<void> {
    await updateRows(this.em, QueueVersionEntity, { set: { endedAt }, where: { siteId } })
  }

  /** After a restore: screens that have seen a higher one take no lower one (B1). Own the site's queue first. */
  async raise(siteId: string, version: number, onDay: LocalDay): Promise<void> {
    const is = await this.find(siteId)
    if (!is) await this.em.insert(QueueVersionEntity, { siteId, version, onDay, endedAt: null })
    else if (is.version < version) await this.em.update(QueueVersionEntity, { siteId }, { version })
  }
}
