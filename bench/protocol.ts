/** `ours` is the app as it ships; `bare` an Express route with nothing around it, in the same process. */
export type Arm = 'ours' | 'bare'
export const ARMS = ['ours', 'bare'] as const

/** What is only read: three answers from memory, three pages. */
export const READS = ['days', 'slots', 'board', 'home', 'place', 'calendar'] as const
export type ReadKind = (typeof READS)[number]
export type BookingKind = 'spread' | 'hot'
/** `walk`: a whole booking page by page, with its forms; there is no bare arm of it. */
export type Kind = ReadKind | BookingKind | 'walk'

/** One address, asked by a browser that has been there before. */
export interface Asked {
  path: string
  headers?: Record<string, string>
}

/** What a server process is started with. */
export interface ServerSettings {
  /** `reads`: half the seats of the month are booked. `bookings`: slots with many seats, all free. */
  scene: 'reads' | 'bookings'
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
  /** What is asked for in each comparison of reads; null where none is made. */
  reads: Record<ReadKind, Asked[]> | null
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
  /** Of reads. */
  asked: Asked[]
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
