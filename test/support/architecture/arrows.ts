import { importsOf, type SourceFile } from './scan.js'

/**
 * Who may know whom, from below to above: `src/<key>` may import from `src/<entries>`; see docs/architecture.md. A missing
 * entry is a forbidden one; a new one needs a decision record, one that nobody uses goes.
 */
export const ARROWS: Record<string, readonly string[]> = {
  kernel: [],
  messages: [],
  recurrence: ['kernel'],
  platform: ['kernel', 'messages'],
  audit: ['kernel', 'platform'],
  access: ['kernel', 'platform'],
  visitors: ['kernel', 'platform'],
  sites: ['kernel', 'messages', 'platform', 'audit'],
  matters: ['kernel', 'messages', 'platform'],
  staff: ['kernel', 'messages', 'platform', 'audit', 'access', 'sites'],
  scheduling: ['kernel', 'recurrence', 'platform', 'audit', 'access', 'sites'],
  seats: ['kernel', 'messages', 'recurrence', 'platform', 'sites', 'scheduling'],
  bookings: [
    'kernel',
    'messages',
    'platform',
    'audit',
    'access',
    'visitors',
    'sites',
    'matters',
    'recurrence',
    'scheduling',
    'seats',
  ],
  counters: ['kernel', 'platform', 'audit', 'sites'],
  queue: ['kernel', 'platform', 'audit', 'access', 'visitors', 'sites', 'scheduling', 'seats', 'bookings', 'counters'],
  statistics: ['kernel', 'recurrence', 'platform', 'access', 'sites', 'scheduling', 'bookings', 'queue'],
  notices: ['kernel', 'messages', 'platform', 'audit', 'access', 'visitors', 'sites', 'matters', 'bookings'],
  displays: ['kernel', 'messages', 'recurrence', 'platform', 'sites', 'queue'],
  kiosk: ['kernel', 'messages', 'platform', 'sites', 'queue'],
  operator: ['kernel', 'messages', 'platform', 'access', 'visitors', 'sites', 'counters', 'queue'],
  'demo-day': ['kernel', 'visitors'],
  citizen: ['kernel', 'messages', 'platform', 'sites', 'seats'],
  'own-booking': ['kernel', 'messages', 'platform', 'sites', 'matters', 'seats', 'bookings', 'citizen'],
  'booking-steps': [
    'kernel',
    'messages',
    'platform',
    'visitors',
    'sites',
    'seats',
    'bookings',
    'citizen',
    'own-booking',
  ],
  home: ['platform', 'visitors', 'sites', 'matters', 'seats', 'bookings', 'citizen', 'booking-steps'],
}

/** These have no front door: any of their files may be imported. */
const OPEN = ['kernel', 'platform']
/** The files of `src` itself and the commands put the house together: no room may know them. */
const isTop = (path: string): boolean => /^src\/(commands\/)?[^/]+$/.test(path)
/** These two may look behind the doors. */
const BEHIND_DOORS = ['src/main.ts', 'src/wiring.ts']

/** What pages and answers look like: types that the browser's code reads too (docs/decisions/030). */
export const isShape = (path: string): boolean => path.endsWith('.shape.ts')

const roomOf = (path: string): string | null => (isTop(path) ? null : (/^src\/([^/]+)\//.exec(path)?.[1] ?? null))

function faultOf(from: string, to: string): string | null {
  const [own, other] = [roomOf(from), roomOf(to)]
  if (!to.startsWith('src/')) return `${from} imports ${to}, which is outside src`
  if (own === other) return null
  if (other === null) return isTop(to) ? `${from} imports ${to}: nobody may know it` : null
  if (own !== null && !ARROWS[own]) return `${own} is not in the table of arrows`
  if (own !== null && !ARROWS[own]?.includes(other)) return `${from} imports ${to}: no arrow ${own} → ${other}`
  // Types alone, of what pages are given: shapes know each other beside the doors, and are all that browser code knows.
  if (isShape(from) && isShape(to)) return null
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

/** Arrows of the table that no import needs. */
export function unusedArrows(files: readonly SourceFile[]): string[] {
  const used = new Set(
    files
      .flatMap(importsOf)
      .filter(({ ours }) => ours)
      .map(({ from, to }) => `${roomOf(from)} → ${roomOf(to)}`),
  )
  const all = Object.entries(ARROWS).flatMap(([room, others]) => others.map((other) => `${room} → ${other}`))
  return all.filter((arrow) => !used.has(arrow))
}

const NAMES = /\{([^}]*)\}/
const namesIn = (statement: string): string[] =>
  (NAMES.exec(statement)?.[1] ?? '').split(',').flatMap((part) => part.replace(/\btype /, '').trim() || [])

/** Names of a front door, types too, that no other room and no file at the top takes. */
export function unusedDoorNames(files: readonly SourceFile[]): string[] {
  const imports = files.flatMap(importsOf).filter(({ ours }) => ours)
  const isDoor = (path: string | null): boolean => /^src\/[^/]+\/index\.ts$/.test(path ?? '')
  const taken = new Set(
    imports
      .filter(({ from, to }) => isDoor(to) && roomOf(from) !== roomOf(to))
      .flatMap(({ to, statement }) => namesIn(statement).map((name) => `${to} ${name.split(' as ')[0]?.trim()}`)),
  )
  const given = imports
    .filter(({ from, statement }) => isDoor(from) && statement.startsWith('export'))
    .flatMap(({ from, statement }) => namesIn(statement).map((name) => `${from} ${name.split(' as ').at(-1)?.trim()}`))
  return given.filter((name) => !taken.has(name))
}

const reachable = (room: string): string[] => (ARROWS[room] ?? []).flatMap((other) => [other, ...reachable(other)])

/** The table without what follows from other arrows: few enough to be drawn. `['seats --> scheduling', …]` */
export const drawnArrows = (): string[] =>
  Object.entries(ARROWS).flatMap(([room, others]) =>
    others
      .filter((other) => !others.some((between) => reachable(between).includes(other)))
      .map((other) => `${room} --> ${other}`),
  )

/** Files that know each other, types too, each circle once: what cannot be read alone. */
export function circles(files: readonly SourceFile[]): string[][] {
  const known = new Map(files.map((file) => [file.path, importsOf(file).flatMap(({ ours, to }) => (ours ? [to] : []))]))
  const reach = (from: string): Set<string> => {
    const seen = new Set<string>()
    const open = [from]
    for (let at = open.pop(); at !== undefined; at = open.pop())
      for (const to of known.get(at) ?? []) if (!seen.has(to)) open.push((seen.add(to), to))
    return seen
  }
  const reached = new Map([...known.keys()].map((path) => [path, reach(path)]))
  const inCircle = [...known.keys()].filter((path) => reached.get(path)?.has(path))
  const circleOf = (path: string) =>
    inCircle.filter((other) => reached.get(path)?.has(other) && reached.get(other)?.has(path))
  return [...new Set(inCircle.map((path) => circleOf(path).join(' ')))].map((circle) => circle.split(' '))
}
