import type { Request, RequestHandler } from 'express'
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import { AppError } from '../../kernel/app-error.js'
import { addressKey } from './addresses.js'

/** Generous for a family behind one address or a mobile operator's gateway, too little for a bot that polls for seats. */
const LIMITS = {
  /** Reads of pages and availability, per address and minute. */
  read: { points: 300, duration: 60 },
  /** Anything that changes data, per address and minute. */
  write: { points: 60, duration: 60 },
  /** Holds, per address and ten minutes: nobody needs forty seats. */
  hold: { points: 40, duration: 600 },
  /** Attempts to book for one person from one address, per hour: nobody's tries elsewhere keep a person out (X7). */
  personFrom: { points: 12, duration: 3600 },
  /** Counters, consoles and kiosks of an office, per address and minute. */
  staff: { points: 3000, duration: 60 },
  /** Attempts to sign in: per address; for one name from one address; for one name from anywhere. */
  signInFrom: { points: 60, duration: 900 },
  signInAs: { points: 10, duration: 900 },
  signInAnywhere: { points: 100, duration: 3600 },
  /** Attempts to pair a device, per address: a code has 7.8 × 10^10 possibilities and lives for ten minutes. */
  pair: { points: 10, duration: 600 },
} as const

export type LimitName = keyof typeof LIMITS

export interface Limits {
  /** @throws too-many `too-many-requests` with `retryAfterSeconds` */
  spend(name: LimitName, key: string): Promise<void>
  /** Takes the count of what turned out to be in order back. */
  giveBack(name: LimitName, key: string): Promise<void>
  perAddress(name: LimitName): RequestHandler
}

const OFF: Limits = {
  spend: () => Promise.resolve(),
  giveBack: () => Promise.resolve(),
  perAddress: () => (_req, _res, next) => next(),
}

/** In Redis when `redis` is given, so that instances share one count; Redis away: each counts alone meanwhile. */
export function makeLimits(on: boolean, redis: unknown): Limits {
  if (!on) return OFF
  const limiters = new Map<string, RateLimiterAbstract>(
    Object.entries(LIMITS).map(([name, limit]) => {
      const memory = new RateLimiterMemory({ keyPrefix: name, ...limit })
      if (!redis) return [name, memory] as const
      const options = {
        storeClient: redis,
        useRedisPackage: true,
        rejectIfRedisNotReady: true,
        insuranceLimiter: memory,
        keyPrefix: `turno:${name}`,
      }
      return [name, new RateLimiterRedis({ ...options, ...limit })] as const
    }),
  )
  const spend = async (name: LimitName, key: string): Promise<void> => {
    try {
      await limiters.get(name)?.consume(key)
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal
      throw new AppError('too-many', 'too-many-requests', { retryAfterSeconds: Math.ceil(refusal.msBeforeNext / 1000) })
    }
  }
  const perAddress =
    (name: LimitName): RequestHandler =>
    async (req: Request, _res, next) => {
      await spend(name, addressKey(req.ip))
      next()
    }
  const giveBack = async (name: LimitName, key: string): Promise<void> => {
    await limiters.get(name)?.reward(key)
  }
  return { spend, giveBack, perAddress }
}
