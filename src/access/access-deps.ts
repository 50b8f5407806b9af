import type { DataSource } from 'typeorm'
import type { Clock } from '../kernel/clock.js'
import type { UnitOfWork } from '../platform/db/unit-of-work.js'
import type { Secrets } from '../platform/secrets.js'

export interface AccessDeps {
  dataSource: DataSource
  unitOfWork: UnitOfWork
  clock: Clock
  secrets: Secrets
  /** Browsers reach us over TLS. */
  secure: boolean
}
