/**
 * All that the console shows follows from this. `set` changes it and has everything shown anew; nothing else does.
 * @typedef {{ id: string, number: string, lane: string, service: string, status: string, counter: string | null,
 *   joinedAt: string, start?: string, checkedInAt?: string, forCounter?: string, class?: string, calledAt?: string,
 *   times?: number, reason?: string, startedAt?: string, endedAt?: string, urgentReason?: string, parkReason?: string, estimate?: [number, number] | null }} Ticket
 * @typedef {{ id: string, name: string, open: boolean, operator: string | null, services: string[],
 *   mine: boolean, paused?: boolean, pauseReason?: string, ticket: Ticket | null }} Counter
 */
export const state = {
  /** @type {null | { at: string, version: number, waiting: Ticket[], parked: Ticket[], missed: Ticket[], counters: Counter[], printerFailedAt: string | null }} */
  snapshot: null,
  /** A command is on its way. */
  busy: false,
  /** @type {null | { text: string, kind: 'done' | 'fault' }} */
  message: null,
  /** What can be taken back, and until when by `performance.now()`. @type {null | { id: string, number: string, what: string, until: number }} */
  undo: null,
  /** Since when the server has not been heard, as people read it. @type {string | null} */
  lostSince: null,
  /** Changes come by socket. */
  live: false,
  /** The account may not work here any more. */
  forbidden: false,
  /** @type {'queue' | 'bookings'} */
  view: 'queue',
  /** The row whose other actions are shown. @type {string | null} */
  openRow: null,
  /** The ticket that was given last here. @type {null | { id: string, number: string, position: number | null, waitMinutes: [number, number] | null }} */
  issued: null,
  /** @type {null | { day: string, list: object[] }} */
  bookings: null,
  search: '',
  shortcuts: true,
}

/** @type {{ render: () => void, parts: string[] }[]} */
const renderers = []
/** What has changed since it was shown. @type {Set<string>} */
const changed = new Set()

/**
 * Shown now, and again whenever one of the parts has changed.
 * @param {() => void} render
 * @param {(keyof typeof state)[]} parts
 */
export function shows(render, parts) {
  renderers.push({ render, parts })
  render()
}

function renderChanged() {
  const due = renderers.filter(({ parts }) => parts.some((part) => changed.has(part)))
  changed.clear()
  for (const { render } of due) render()
}

/** @param {Partial<typeof state>} part */
export function set(part) {
  const isDue = changed.size > 0
  for (const key of Object.keys(part)) if (state[key] !== part[key]) changed.add(key)
  Object.assign(state, part)
  if (!isDue && changed.size > 0) queueMicrotask(renderChanged)
}
