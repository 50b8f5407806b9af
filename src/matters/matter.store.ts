import type { EntityManager } from 'typeorm'
import { addRows } from '../platform/db/rows.js'
import { selectRows } from '../platform/db/statements.js'
import type { Matter } from './matter.js'
import { MatterEntity } from './matter.entity.js'

export class MatterStore {
  constructor(private readonly em: EntityManager) {}

  loadAll(): Promise<Matter[]> {
    return this.em.find(MatterEntity, { order: { position: 'ASC', id: 'ASC' } })
  }

  /** As it is now, whatever the directory believes: a new matter may be booked at once, on any instance. */
  async has(id: string): Promise<boolean> {
    const rows = await selectRows<Pick<Matter, 'id'>>(this.em, 'SELECT id FROM matter WHERE id = ?', [id])
    return rows.some((row) => row.id === id) // the server compares loosely (T09)
  }

  async add(...matters: Matter[]): Promise<void> {
    const add = async (target: new () => object, rows: object[]) => {
      await addRows(this.em, target, rows)
    }
    await add(MatterEntity, matters)
  }
}
