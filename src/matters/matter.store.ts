import type { EntityManager } from 'typeorm'
import { addRows } from '../platform/db/rows.js'
import type { Matter } from './matter.js'
import { MatterEntity } from './matter.entity.js'

export class MatterStore {
  constructor(private readonly em: EntityManager) {}

  loadAll(): Promise<Matter[]> {
    return this.em.find(MatterEntity, { order: { position: 'ASC', id: 'ASC' } })
  }

  async add(...matters: Matter[]): Promise<void> {
    const add = async (target: new () => object, rows: object[]) => {
      await addRows(this.em, target, rows)
    }
    await add(MatterEntity, matters)
  }
}
