import type { DataSource } from 'typeorm'
import type { Clock } from '../kernel/clock.js'
import type { Secrets } from '../platform/secrets.js'
import { linkOf } from './booking-link.js'
import { BookingStore } from './booking.store.js'

interface Deps {
  dataSource: DataSource
  secrets: Secrets
  clock: Clock
}

const AT_ONCE = 500

/** What APP_SECRET_OLD is still needed for. */
export interface LinksOfOld {
  count: number
  /** When the last of these visits is over; null when there is none. */
  until: Date | null
}

/** Links of visits ahead that were made with APP_SECRET_OLD: mails about those visits need it to make them again. */
export async function linksOfOld({ dataSource, secrets, clock }: Deps): Promise<LinksOfOld> {
  const [store, now] = [new BookingStore(dataSource.manager), clock()]
  const found: LinksOfOld = { count: 0, until: null }
  for (let after = '', isMore = true; isMore; ) {
    const batch = await store.linksAhead(now, after, AT_ONCE)
    for (const { id, linkTurn, tokenHash, endsAt } of batch) {
      if (linkOf(secrets, { id, linkTurn }).tokenHash === tokenHash) continue
      found.count++
      if (found.until === null || endsAt > found.until) found.until = endsAt
    }
    after = batch.at(-1)?.id ?? ''
    isMore = batch.length === AT_ONCE
  }
  return found
}
