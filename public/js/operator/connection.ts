import type { ConsoleSnapshot } from '../../../src/operator/console.shape.js'
import { listen } from '../kit/feed.js'
import { Lost, read, Refused } from './api.js'
import { facts } from './facts.js'
import { leaving } from './sign-out.js'
import { set, state } from './state.js'
import { clockNow, setClock } from './time.js'
import { ownCounter } from './view.js'
import { say } from './words.js'

/** By rule; and how often while changes do not come by themselves. */
const REFRESH_MS = 30_000
const ANXIOUS_MS = 3000

const followers: (() => unknown)[] = []

/** Called after each new snapshot. */
export const onRefresh = (follow: () => unknown): void => void followers.push(follow)

let isWanted = false
let running: Promise<void> | null = null

/** Fetches queue and counters; asked for again meanwhile, it fetches once more. Never throws. */
export function refresh(): Promise<void> {
  isWanted = true
  return (running ??= load())
}

async function load(): Promise<void> {
  try {
    while (isWanted && !leaving.isNow) {
      isWanted = false
      await loadOnce()
    }
  } finally {
    running = null
  }
}

async function loadOnce(): Promise<void> {
  try {
    const snapshot = await read<ConsoleSnapshot>(`/sites/${facts.site}/console`)
    setClock(snapshot.at)
    const isBack = state.lostSince !== null
    // What was on its way longer may be older.
    const isNewer = snapshot.version >= (state.snapshot?.version ?? 0)
    const own = ownCounter()
    set({
      ...(isNewer && { snapshot }),
      ...(isBack && { message: { kind: 'done', text: say('link.back') } }),
      lostSince: null,
      forbidden: false,
    })
    if (own?.mine && !state.busy) tellIfLost()
    for (const follow of followers) follow()
  } catch (fault) {
    if (fault instanceof Refused && fault.status === 403) set({ forbidden: true })
    else if (fault instanceof Lost || (fault instanceof Refused && fault.status !== 401)) lost()
  }
}

/** Q8: whoever loses the counter to somebody else is told, wherever they look. */
function tellIfLost(): void {
  const { mine, open, operator } = ownCounter() ?? {}
  if (mine) return
  const text = open ? say('said.takenOver', { operator }) : say('said.closedElsewhere')
  set({ message: { kind: 'fault', text }, undo: null })
}

/** A hint that there is something newer. */
function hear({ version }: { version: number }): void {
  if (version > (state.snapshot?.version ?? 0)) void refresh()
}

const lost = (): void => set({ lostSince: state.lostSince ?? clockNow(facts.timeZone) })

/** Keeps the console up to date for as long as the page lives: by socket, on return, and every thirty seconds. */
export function connect(): Promise<void> {
  void listen<{ queue: { version: number } }>('/queue', {
    auth: { site: facts.site },
    on: { queue: hear },
    up: () => {
      set({ live: true })
      void refresh()
    },
    // Also when the role was changed or the account closed (A1): the answer to the refresh says so.
    down: () => {
      set({ live: false })
      void refresh()
    },
  })
  setInterval(() => void refresh(), REFRESH_MS)
  setInterval(() => {
    if (!state.live || state.lostSince !== null) void refresh()
  }, ANXIOUS_MS)
  addEventListener('online', () => void refresh())
  addEventListener('offline', lost)
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) void refresh()
  })
  return refresh()
}
