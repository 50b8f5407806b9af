import type { IncomingMessage } from 'node:http'
import type { RequestHandler } from 'express'
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import { AppError } from '../../kernel/app-error.js'
import type { RedisLink } from '../redis.js'
import { addressKey, addressOf } from './addresses.js'
import { type KnownBrowser, Proven } from './proven.js'

/** What one key may spend in so many seconds. */
interface Limit {
  points: number
  duration: number
  /**
   * With Redis away (T51): `open` counts nothing, since nobody shall be kept from a booking or a ticket by a counter that
   * is ill; `alone` counts in this process, since nobody shall guess passwords and codes meanwhile.
   */
  away: 'open' | 'alone'
}

/** Generous for a family behind one address or a mobile operator's gateway, too little for a bot that polls for seats. */
const LIMITS = {
  /** Whoever has proven to be somebody – a session, a paired device, the link of a ticket or booking –, each, a minute. */
  own: { points: 600, duration: 60, away: 'open' },
  /** Those who say so and have not yet proven it, per address and minute: a waiting room that opens its links at once. */
  unproven: { points: 600, duration: 60, away: 'open' },
  /** Displays and what they show, per address and minute: whatever else is asked from there. */
  screen: { points: 600, duration: 60, away: 'open' },
  /** Reads of pages and availability by the anonymous, per address and minute. */
  read: { points: 300, duration: 60, away: 'open' },
  /** Anything that changes data, per address and minute. */
  write: { points: 60, duration: 60, away: 'open' },
  /** Holds, per address and ten minutes: nobody needs forty seats. */
  hold: { points: 40, duration: 600, away: 'open' },
  /** Attempts to book for one person from one address, per hour: nobody's tries elsewhere keep a person out (X7). */
  personFrom: { points: 12, duration: 3600, away: 'open' },
  /** Counters, consoles and kiosks of an office, per address and minute. */
  staff: { points: 3000, duration: 60, away: 'open' },
  /** Links that were lost, per address and ten minutes: a family, an office that helps. */
  recover: { points: 20, duration: 600, away: 'open' },
  /** Numbers that one kiosk draws, a minute (X8). */
  draw: { points: 240, duration: 60, away: 'alone' },
  /** Attempts to sign in with one name, from one address or known browser; the pace is slowed before (slow-down.ts). */
  signInAs: { points: 10, duration: 900, away: 'alone' },
  /** Of strangers: per address, and for one name from anywhere. A minute each, for a colleague at a new device. */
  signInFrom: { points: 60, duration: 60, away: 'alone' },
  signInAnywhere: { points: 20, duration: 60, away: 'alone' },
  /** Wrong codes of one account whose password was right, an hour, from anywhere: nobody else can spend them. */
  secondFactor: { points: 10, duration: 3600, away: 'alone' },
  /** Attempts to pair a device, per address: a code has 7.8 × 10^10 possibilities and lives for ten minutes. */
  pair: { points: 10, duration: 600, away: 'alone' },
} as const satisfies Record<string, Limit>

interface ScriptInput {
  keys: string[]
  arguments: string[]
}

export type LimitName = keyof typeof LIMITS

export interface Limits {
  /** @throws too-many `too-many-requests` with `retryAfterSeconds` */
  spend(name: LimitName, key: string): Promise<void>
  /** Takes the count of what turned out to be in order back. */
  giveBack(name: LimitName, key: string): Promise<void>
  /** Counts whoever is proven by themselves, all others by their address (case K12): 250 phones of a waiting room share one. */
  perAsker(name: LimitName): RequestHandler
  /**
   * The same for the anonymous, before Express. @returns null, and counts nothing, for whoever claims to be somebody
   * @throws too-many, later
   */
  spendOfAnonymous(name: LimitName, req: IncomingMessage, trustProxy: number): Promise<void> | null
}

const SPENT = Promise.resolve()

const OFF: Limits = {
  spend: () => Promise.resolve(),
  giveBack: () => Promise.resolve(),
  perAsker: () => (_req, _res, next) => next(),
  spendOfAnonymous: () => SPENT,
}

/** In Redis when there is one, so that instances share one count; while it is away each limit does as its `away` says. */
export function makeLimits(on: boolean, redis: RedisLink | null, knownBrowser: KnownBrowser = () => null): Limits {
  if (!on) return OFF
  const entries = Object.entries(LIMITS) as [LimitName, Limit][]
  const counts = new Map(entries.map(([name, limit]) => [name, redis ? shared(name, limit, redis) : own(name, limit)]))
  const spend = async (name: LimitName, key: string): Promise<void> => {
    const refusal = await counts
      .get(name)
      ?.consume(key)
      .then(() => null, refusalOf)
    if (!refusal) return
    throw new AppError('too-many', 'too-many-requests', { retryAfterSeconds: Math.ceil(refusal.msBeforeNext / 1000) })
  }
  const giveBack = async (name: LimitName, key: string): Promise<void> => {
    await counts.get(name)?.reward(key)
  }
  const proven = new Proven(knownBrowser)
  return {
    spend,
    giveBack,
    perAsker: perAskerOf({ spend, giveBack }, proven),
    spendOfAnonymous(name, req, trustProxy) {
      const isSomebody = proven.keyOf({ headers: req.headers, originalUrl: req.url ?? '' }) !== undefined
      return isSomebody ? null : spend(name, addressOf(req, trustProxy))
    },
  }
}

/** The address is the last resort; what was counted there is given back to who turns out to be proven. */
function perAskerOf({ spend, giveBack }: Pick<Limits, 'spend' | 'giveBack'>, proven: Proven): Limits['perAsker'] {
  return (wanted) => async (req, res, next) => {
    const own = proven.keyOf(req)
    if (own) {
      await spend('own', own)
      proven.watch(req, res, () => undefined)
      return next()
    }
    const name = own === null && wanted !== 'staff' ? 'unproven' : wanted
    const key = addressKey(req.ip)
    await spend(name, key)
    proven.watch(req, res, () => void giveBack(name, key).catch(() => undefined))
    next()
  }
}

/** @throws what is no refusal */
function refusalOf(reason: unknown): RateLimiterRes {
  if (reason instanceof RateLimiterRes) return reason
  throw reason
}

const own = (name: string, { points, duration }: Omit<Limit, 'away'>): RateLimiterMemory =>
  new RateLimiterMemory({ keyPrefix: name, points, duration })

/** The link gives what the library asks of Redis its deadline; after that, and while Redis is away, `away` decides. */
function shared(name: string, { away, points, duration }: Limit, redis: RedisLink): RateLimiterRedis {
  const storeClient = {
    eval: (script: string, { keys, arguments: values }: ScriptInput) =>
      redis.ask((client) => client.sendCommand(['EVAL', script, `${keys.length}`, ...keys, ...values])),
  }
  const insuranceLimiter = own(name, { points: away === 'open' ? Number.MAX_SAFE_INTEGER : points, duration })
  const options = { storeClient, useRedisPackage: true, keyPrefix: `turno:${name}`, insuranceLimiter }
  return new RateLimiterRedis({ ...options, points, duration })
}
