/** Ours is the app as `main` starts it; bare is an Express route without anything around it. */
export type Arm = 'ours' | 'bare'
export type Kind = 'days' | 'spread' | 'hot'

/** What the load process is asked for. Bookings are those of the persons `from` … `from + amount - 1`. */
export interface LoadOrder {
  kind: Kind
  port: number
  amount: number
  from: number
}

export interface LoadReport {
  /** Answers a second, from the first request to the last answer. */
  perSecond: number
  /** How many answers of each status. */
  statuses: Record<string, number>
  errors: number
  p50Ms: number
  p99Ms: number
}

/** What the server process tells when it listens. */
export interface Ready {
  ports: Record<Arm, number>
  /** The statements of one booking, without those that only frame the transaction. */
  statements: Record<Arm, string[]>
}

/** What is in an arm's database; `wrongSlots` counts slots whose taken seats differ from their bookings. */
export interface Rows {
  bookings: number
  taken: number
  mails: number
  audits: number
  wrongSlots: number
}
