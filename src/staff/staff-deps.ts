import type { DataSource } from 'typeorm'
import type { Clock } from '../kernel/clock.js'
import type { UnitOfWork } from '../platform/db/unit-of-work.js'
import type { EventBus } from '../platform/events.js'
import type { Limits } from '../platform/http/limits.js'
import type { SlowDown } from '../platform/http/slow-down.js'
import type { Secrets } from '../platform/secrets.js'
import type { SessionEndings } from '../access/index.js'
import type { KnownDevices } from '../platform/http/known-devices.js'

export interface StaffDeps {
  dataSource: DataSource
  unitOfWork: UnitOfWork
  clock: Clock
  secrets: Secrets
  limits: Limits
  /** Slows down who guesses a password (A2). */
  signInPace: SlowDown
  knownDevices: KnownDevices
  events: EventBus
  endings: SessionEndings
  /** Browsers reach us over TLS. */
  secure: boolean
  /** Ids of the sites there are; the room of the sites is above this one. */
  siteIds: () => Promise<string[]>
  /** What is guessed first here: names of the product, the organisation, the sites. */
  houseWords: () => Promise<string[]>
  /** IANA name. @throws not-found `unknown-site` */
  timeZoneOf: (siteId: string) => Promise<string>
}
