import { type Arm, type Kind, MORNING, READS, type ServerSettings } from './protocol.js'

export type Scene = ServerSettings['scene']
export const SCENES: Record<Scene, readonly Kind[]> = {
  // The race takes last seats of what has been read until then.
  reads: [...READS, 'race'],
  bookings: ['spread', 'hot', 'first', 'keyed', 'walk'],
  morning: MORNING,
}

interface Comparison {
  title: string
  /** Answers of one arm in one round; the round before the first warms up. */
  amount: number
  /** The same when one only looks around. */
  quick: number
  /** Of the bare route in the same round; of displays their median in milliseconds. */
  goal: number | null
  arms: readonly Arm[]
}

const FROM_MEMORY: readonly Arm[] = ['ours', 'bare', 'plain']
const BARE: readonly Arm[] = ['ours', 'bare']
const FEW: readonly Arm[] = ['ours', 'bare', 'few']
const ALONE: readonly Arm[] = ['ours']

/** How many people want each last seat of a race. */
export const RIVALS = 30
/** How many screens stand in the waiting room. */
export const SCREENS = 200

export const KINDS: Record<Kind, Comparison> = {
  days: { title: 'month', amount: 20_000, quick: 5000, goal: 2, arms: FROM_MEMORY },
  slots: { title: 'slots of a day', amount: 20_000, quick: 5000, goal: 2, arms: FROM_MEMORY },
  board: { title: 'board', amount: 20_000, quick: 5000, goal: 2, arms: FROM_MEMORY },
  home: { title: 'page: home', amount: 4000, quick: 1500, goal: 0.13, arms: BARE },
  place: { title: 'page: place', amount: 3000, quick: 1000, goal: 0.08, arms: BARE },
  calendar: { title: 'page: calendar', amount: 1500, quick: 500, goal: 0.04, arms: BARE },
  spread: { title: 'POST bookings, 320 slots', amount: 3000, quick: 1500, goal: 1, arms: FEW },
  hot: { title: 'POST bookings, one slot', amount: 2000, quick: 1000, goal: 0.9, arms: FEW },
  first: { title: 'POST bookings, first of its day', amount: 160, quick: 160, goal: 0.9, arms: BARE },
  keyed: { title: 'POST bookings, with a key', amount: 2000, quick: 1000, goal: 0.8, arms: BARE },
  race: { title: `${RIVALS} for each last seat`, amount: 300, quick: 300, goal: null, arms: ALONE },
  walk: { title: 'whole booking, page by page', amount: 300, quick: 100, goal: null, arms: ALONE },
  'check-in': { title: 'check-in', amount: 400, quick: 400, goal: null, arms: ALONE },
  next: { title: '`next`, ten counters', amount: 200, quick: 200, goal: null, arms: ALONE },
  displays: { title: `call → last of ${SCREENS} displays`, amount: 60, quick: 40, goal: null, arms: BARE },
}
