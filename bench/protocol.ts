/** `ours` is the app as it ships; `bare` an Express route with nothing around it, in the same process. */
export type Arm = 'ours' | 'bare'
export const ARMS = ['ours', 'bare'] as const

export type Kind = 'days' | 'spread' | 'hot'

/** What a server process is started with. */
export interface ServerSettings {
  /** `days`: half the seats of the month are booked. `bookings`: slots with many seats, all free. */
  scene: 'days' | 'bookings'
  dataDir: string
  /** Addresses of two databases; null: two SQLite files in `dataDir`. */
  urls: Record<Arm, string> | null
  /** True starts the jobs and the mail sender too, as `main` does. */
  sendMail: boolean
  /** File for a CPU profile of the load, or null. */
  profile: string | null
}

/** What a server process tells once it listens. */
export interface Ready {
  ports: Record<Arm, number>
  /** What one booking asks of the database, each as `select booking`, in order; null where none is made. */
  statements: Record<Arm, string[]> | null
}

/** Its processor time so far in milliseconds, or the rows of an arm. */
export type ServerQuestion = 'cpu' | Arm

/** What is in an arm's database; `wrongSlots`: slots whose seats taken are not their bookings. */
export interface Rows {
  bookings: number
  taken: number
  mails: number
  audits: number
  wrongSlots: number
}

/** What the load process is asked for. The bookings are those of the persons from `from` on. */
export interface LoadOrder {
  kind: Kind
  port: number
  amount: number
  from: number
}

export interface LoadReport {
  /** From the first request to the last answer. */
  perSecond: number
  /** How many answers of each status. */
  statuses: Record<string, number>
  errors: number
  p50Ms: number
  p99Ms: number
}
