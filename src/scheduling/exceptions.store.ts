import type { EntityManager } from 'typeorm'
import { addRows } from '../platform/db/rows.js'
import type { LocalDay } from '../kernel/local-day.js'
import { ClosureEntity } from './closure.entity.js'
import { SpecialOpeningEntity } from './special-opening.entity.js'

/** Closures and special openings: what takes the place of rules on single days (S5). */
export class ExceptionsStore {
  constructor(private readonly em: EntityManager) {}

  closures(siteId: string): Promise<ClosureEntity[]> {
    return this.em.findBy(ClosureEntity, { siteId })
  }

  openings(siteId: string): Promise<SpecialOpeningEntity[]> {
    return this.em.find(SpecialOpeningEntity, { where: { siteId }, order: { day: 'ASC' } })
  }

  findClosure(siteId: string, id: string): Promise<ClosureEntity | null> {
    return this.em.findOneBy(ClosureEntity, { siteId, id })
  }

  async addClosure(closure: ClosureEntity): Promise<void> {
    await addRows(this.em, ClosureEntity, closure)
  }

  async removeClosure(id: string): Promise<void> {
    await this.em.delete(ClosureEntity, { id })
  }

  findOpening(siteId: string, id: string): Promise<SpecialOpeningEntity | null> {
    return this.em.findOneBy(SpecialOpeningEntity, { siteId, id })
  }

  openingsOn(siteId: string, calendarId: string, day: LocalDay): Promise<SpecialOpeningEntity[]> {
    return this.em.findBy(SpecialOpeningEntity, { siteId, calendarId, day })
  }

  async addOpening(opening: SpecialOpeningEntity): Promise<void> {
    await addRows(this.em, SpecialOpeningEntity, opening)
  }

  async removeOpening(id: string): Promise<void> {
    await this.em.delete(SpecialOpeningEntity, { id })
  }
}
