import type { LocalDay } from '../kernel/local-day.js'

/** A sportello. Its id is unique over all sites; people read its name. */
export interface Counter {
  /** `legnano-1`, in URLs */
  id: string
  siteId: string
  /** What the board shows: "3". */
  name: string
  position: number
  /** The local day it is open on; null when it is closed. Nobody has to close yesterday's. */
  openOn: LocalDay | null
  /** The name its operator signs in with, while it is open. */
  operator: string | null
  /** Q8: the session it belongs to while it is open: nobody else works there. */
  sessionId: string | null
  /** Since when it serves nobody, and why; null: it does. */
  pausedAt: Date | null
  pauseReason: string | null
  /** What it serves until it closes; null: whatever the site offers. */
  serviceIds: string[] | null
}

/** @param today the local day at its site */
export const isOpen = (counter: Pick<Counter, 'openOn'>, today: LocalDay): boolean => counter.openOn === today

/** What a counter that is not open looks like. */
export const CLOSED = {
  openOn: null,
  operator: null,
  sessionId: null,
  pausedAt: null,
  pauseReason: null,
  serviceIds: null,
} as const

/** It calls people: open, and not paused. */
export const isAtWork = (counter: Pick<Counter, 'openOn' | 'pausedAt'>, today: LocalDay): boolean =>
  isOpen(counter, today) && counter.pausedAt === null
