import { readFileSync } from 'node:fs'
import type { Room } from './connections.js'

const MOST = 10_000
/** 250 phones of a waiting room with six connections each, and the office beside them. */
const MOST_PER_ADDRESS = 2000
/** A connection may have a file open beside it, and the rest of the house needs some too. */
const FILES_PER_CONNECTION = 3

/** How many connections this process may hold. */
export function connectionRoom({ trustProxy, rateLimits }: { trustProxy: number; rateLimits: boolean }): Room {
  const most = Math.min(MOST, Math.floor(openFiles() / FILES_PER_CONNECTION))
  const areCounted = rateLimits && trustProxy === 0
  return { most, mostPerAddress: areCounted ? Math.min(MOST_PER_ADDRESS, most) : Number.POSITIVE_INFINITY }
}

/** What the system lets this process open; no end where it does not say (not Linux). */
function openFiles(): number {
  try {
    const [, most] = /^Max open files +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? []
    return Number(most ?? Number.POSITIVE_INFINITY)
  } catch {
    return Number.POSITIVE_INFINITY
  }
}
