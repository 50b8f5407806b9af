import { HOUR_MS, DAY_MS } from '../kernel/clock.js'
import type { EntityManager } from 'typeorm'
import { instantOf, selectRows } from '../platform/db/statements.js'

/** Seats without a certain person: held for a form, or until a mail is confirmed. */
export type Waiting = 'held' | 'pending'

/** How many there are, and when the first of them ends; null when there is none. */
export interface Live {
  count: number
  endsAt: Date | null
}

interface LiveRow {
  count: number | string | null
  endsAt: Date | string | null
}

const LIVE = 'status = ? AND slot_count > 0 AND expires_at > ?'
/** What waits is not confirmed: with that the index leads to it alone. */
const OF_ORIGIN = (column: string): string =>
  `SELECT COUNT(*) AS count, MIN(expires_at) AS endsAt FROM booking WHERE ${column} = ? AND confirmed_at IS NULL AND ${LIVE}`
const OF_DAY = `SELECT SUM(slot_count) AS count, MIN(expires_at) AS endsAt FROM booking WHERE site_id = ? AND on_day = ? AND ${LIVE}`

const LIVE_OF = {
  browser: OF_ORIGIN('browser_hash'),
  address: OF_ORIGIN('address_hash'),
  network: OF_ORIGIN('network_hash'),
} as const

const CONFIRMED = `SELECT COUNT(*) AS inDay, SUM(CASE WHEN confirmed_at > ? THEN 1 ELSE 0 END) AS inHour,
  SUM(CASE WHEN confirmed_at > ? AND tax_code_kind <> 'codice-fiscale' THEN 1 ELSE 0 END) AS inventable
  FROM booking WHERE address_hash = ? AND confirmed_at > ?`

/** X2: confirmed bookings from one address. */
export interface ConfirmedFrom {
  inHour: number
  inDay: number
  /** In the last hour, with a code that anybody can make up: STP, ENI, provisional. */
  inventable: number
}

/** Counts bookings by where they came from (X1, X2). Own what is counted first. */
export class OriginStore {
  constructor(private readonly em: EntityManager) {}

  live(by: keyof typeof LIVE_OF, hash: string, what: { status: Waiting; now: Date }): Promise<Live> {
    return this.one(LIVE_OF[by], [hash, what.status, what.now])
  }

  /** Seats of a site's local day. */
  liveSeats(siteId: string, onDay: string, what: { status: Waiting; now: Date }): Promise<Live> {
    return this.one(OF_DAY, [siteId, onDay, what.status, what.now])
  }

  async confirmed(addressHash: string, now: Date): Promise<ConfirmedFrom> {
    const [hourAgo, dayAgo] = [new Date(now.getTime() - HOUR_MS), new Date(now.getTime() - DAY_MS)]
    type Row = Record<keyof ConfirmedFrom, number | string | null>
    const [row] = await selectRows<Row>(this.em, CONFIRMED, [hourAgo, hourAgo, addressHash, dayAgo])
    const { inHour, inDay, inventable } = row ?? {}
    return { inHour: Number(inHour ?? 0), inDay: Number(inDay ?? 0), inventable: Number(inventable ?? 0) }
  }

  private async one(sql: string, values: readonly unknown[]): Promise<Live> {
    const [row] = await selectRows<LiveRow>(this.em, sql, values)
    const endsAt = row?.endsAt ?? null
    return { count: Number(row?.count ?? 0), endsAt: endsAt === null ? null : instantOf(endsAt) }
  }
}
