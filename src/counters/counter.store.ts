import { type EntityManager, In } from 'typeorm'
import { addRows, updateRows } from '../platform/db/rows.js'
import type { Counter } from './counter.js'
import { CounterEntity } from './counter.entity.js'

export class CounterStore {
  constructor(private readonly em: EntityManager) {}

  async add(...counters: Counter[]): Promise<void> {
    await addRows(this.em, CounterEntity, counters)
  }

  find(id: string): Promise<Counter | null> {
    return this.em.findOneBy(CounterEntity, { id })
  }

  /** In the order people count them. */
  ofSite(siteId: string): Promise<Counter[]> {
    return this.em.find(CounterEntity, { where: { siteId }, order: { position: 'ASC', id: 'ASC' } })
  }

  /** Of sessions, wherever they are. */
  ofSessions(sessionIds: readonly string[]): Promise<Counter[]> {
    return this.em.find(CounterEntity, { where: { sessionId: In([...sessionIds]) }, order: { id: 'ASC' } })
  }

  /** Own the site's queue first: see `openQueue`. */
  async change(id: string, to: Partial<Counter>): Promise<void> {
    await updateRows(this.em, CounterEntity, { set: to, where: { id } })
  }
}
