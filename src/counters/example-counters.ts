import { CLOSED, type Counter } from './counter.js'

/** contract.md: example sites have three counters each, `legnano-1` to `legnano-3`, named by their number. */
export const exampleCounters = (siteIds: readonly string[]): Counter[] =>
  siteIds.flatMap((siteId) =>
    [1, 2, 3].map((position) => ({ id: `${siteId}-${position}`, siteId, name: `${position}`, position, ...CLOSED })),
  )
