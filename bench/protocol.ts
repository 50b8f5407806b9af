/**
 * `ours` is the app as it ships; the others stand beside it in the same process with nothing around them: `bare` an
 * Express route, `plain` Node's own server, `few` a bare route that goes to the database as seldom as the app.
 */
export const ARMS = ['ours', 'bare', 'plain', 'few'] as const
export type Arm = (typeof ARMS)[number]
/** Those that write, each into a database of its own. */
export const WRITERS = ['ours', 'bare', 'few'] as const
export type Writer = (typeof WRITERS)[number]

/** What is only read: three answers from memory, three pages. */
export const READS = ['days', 'slots', 'board', 'home', 'place', 'calendar'] as const
export type ReadKind = (typeof READS)[number]
/** `first`: of its calendar's day; `keyed`: with an `Idempotency-Key`; `race`: thirty people for each last seat. */
export const BOOKINGS = ['spread', 'hot', 'first', 'keyed', 'race'] as const
export type BookingKind = (typeof BOOKINGS)[number]
/** At the counters: who has booked comes, ten operators call, 200 screens show it. */
export const MORNING = ['check-in', 'next', 'displays'] as const
export type MorningKind = (typeof MORNING)[number]
/** `walk`: a whole booking page by page, with its forms; there is no bare arm of it. */
export type Kind = ReadKind | BookingKind | MorningKind | 'walk'

/** One address, asked by a browser that has been there before. */
export interface Asked {
  path: string
  headers?: Record<string, string>
}

/** What a server process is started with. */
export interface ServerSettings {
  /** `reads`: half the seats of the month are booked. `bookings`: slots with many seats, all free. */
  scene: 'reads' | 'bookings' | 'morning'
  dataDir: string
  /** Addresses of the databases; null: SQLite files in `dataDir`, and nobody is `few`. */
  urls: Record<Writer, string> | null
  /** True starts the jobs and the mail sender too, as `main` does. */
  sendMail: boolean
  /** File for a CPU profile of the load, or null. */
  profile: string | null
}

/** What a server process tells once it listens. */
export interface Ready {
  ports: Partial<Record<Arm, number>>
  /** What one booking asks of the database, each as `select booking`, in order; null where none is made. */
  statements: Record<'ours' | 'bare', string[]> | null
  /** What is asked for in each comparison of reads; null where none is made. */
  reads: Record<ReadKind, Asked[]> | null
  morning: Morning | null
}

/** Who works at the first site, and the codes of those who come. */
export interface Morning {
  username: string
  password: string
  counters: string[]
  codes: string[]
}

/** Its processor time so far in milliseconds, its memory in MB, or the rows of an arm. */
export type ServerQuestion = 'cpu' | 'memory' | Writer

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
  arm: Arm
  port: number
  amount: number
  from: number
  /** How many rounds of this comparison were before. */
  round: number
  /** Of reads. */
  asked: Asked[]
  morning: Morning | null
}

export interface LoadReport {
  /** From the first request to the last answer. */
  perSecond: number
  /** How many answers of each status. */
  statuses: Record<string, number>
  errors: number
  /** Of a race those who got nothing; of displays from the call to the last of them. */
  p50Ms: number
  p99Ms: number
}
