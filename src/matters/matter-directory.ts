import type { DataSource } from 'typeorm'
import { notFound } from '../kernel/app-error.js'
import type { EventBus } from '../platform/events.js'
import type { Matter } from './matter.js'
import { MatterStore } from './matter.store.js'

declare module '../platform/events.js' {
  interface HouseEvents {
    'matters.changed': object
  }
}

/** On a shared database nobody tells of a change that another instance, or its administrator, has made. */
const BELIEVED_MS = 60_000

interface Deps {
  dataSource: DataSource
  events: EventBus
}

/** What people come for, read once and kept until a change. Few installations have more than some dozens. */
export class MatterDirectory {
  private matters: Promise<Matter[]> | null = null
  private readAtMs = 0

  constructor(private readonly deps: Deps) {
    deps.events.on('matters.changed', () => {
      this.matters = null
    })
  }

  /** In the order in which they are listed; none where nobody has configured any. */
  async all(): Promise<Matter[]> {
    const nowMs = performance.now()
    if (this.matters === null || nowMs - this.readAtMs > BELIEVED_MS) {
      this.readAtMs = nowMs
      this.matters = new MatterStore(this.deps.dataSource.manager).loadAll()
      this.matters.catch(() => {
        this.matters = null
      })
    }
    return this.matters
  }

  /** Null when none was said, or there is no such matter any more. */
  async find(id: string | null): Promise<Matter | null> {
    return id === null ? null : ((await this.all()).find((each) => each.id === id) ?? null)
  }

  /** @throws not-found for what is none (any more), as for any address that leads nowhere */
  async matter(id: string): Promise<Matter> {
    const matter = await this.find(id)
    if (!matter) throw notFound()
    return matter
  }
}
