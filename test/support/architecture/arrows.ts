import { importsOf, type SourceFile } from './scan.js'

/** Below every room; see docs/decisions/001. A missing entry is a forbidden one; a new one needs a decision record. */
const BASE = ['kernel', 'messages', 'platform', 'audit', 'staff', 'visitors']

/** Who may know whom: `src/<key>` may import from `src/<entries>`. */
export const ARROWS: Record<string, readonly string[]> = {
  kernel: [],
  messages: [],
  platform: ['kernel', 'messages'],
  audit: ['kernel', 'platform'],
  staff: ['kernel', 'messages', 'platform', 'audit'],
  visitors: ['kernel', 'messages', 'platform', 'audit'],
  sites: BASE,
  scheduling: [...BASE, 'sites'],
  seats: [...BASE, 'sites', 'scheduling'],
  bookings: [...BASE, 'sites', 'scheduling', 'seats'],
  counters: [...BASE, 'sites'],
  queue: [...BASE, 'sites', 'counters', 'scheduling', 'seats', 'bookings'],
  statistics: [...BASE, 'sites', 'scheduling', 'bookings', 'queue'],
  notices: [...BASE, 'sites', 'scheduling', 'seats', 'bookings'],
  displays: [...BASE, 'sites', 'counters', 'queue'],
  kiosk: [...BASE, 'sites', 'scheduling', 'counters', 'queue'],
  operator: [...BASE, 'sites', 'scheduling', 'seats', 'bookings', 'counters', 'queue'],
  'demo-day': ['kernel', 'visitors'],
  citizen: [...BASE, 'sites', 'scheduling', 'seats', 'bookings'],
}

/** These have no front door: any of their files may be imported. */
const OPEN = ['kernel', 'platform']
/** The files of `src` itself and the commands put the house together: no room may know them. */
const isTop = (path: string): boolean => /^src\/(commands\/)?[^/]+$/.test(path)
/** These two may look behind the doors. */
const BEHIND_DOORS = ['src/main.ts', 'src/wiring.ts']

const roomOf = (path: string): string | null => (isTop(path) ? null : (/^src\/([^/]+)\//.exec(path)?.[1] ?? null))

function faultOf(from: string, to: string): string | null {
  const [own, other] = [roomOf(from), roomOf(to)]
  if (!to.startsWith('src/')) return `${from} imports ${to}, which is outside src`
  if (own === other) return null
  if (other === null) return isTop(to) ? `${from} imports ${to}: nobody may know it` : null
  if (own !== null && !ARROWS[own]) return `${own} is not in the table of arrows`
  if (own !== null && !ARROWS[own]?.includes(other)) return `${from} imports ${to}: no arrow ${own} → ${other}`
  if (OPEN.includes(other) || BEHIND_DOORS.includes(from)) return null
  return to === `src/${other}/index.ts` ? null : `${from} imports ${to}: use the front door, src/${other}/index.ts`
}

/** Imports between our own files that the table does not allow; migrations are for main and the commands. */
export const arrowFaults = (files: readonly SourceFile[]): string[] =>
  files
    .flatMap(importsOf)
    .filter(({ ours }) => ours)
    .filter(({ from, to }) => !(isTop(from) && to === 'migrations/index.ts'))
    .map(({ from, to }) => faultOf(from, to))
    .filter((fault) => fault !== null)
