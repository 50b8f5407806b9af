import type { ApiInput } from '../platform/http/operation.js'
import type { Limits } from '../platform/http/limits.js'
import type { SlowDown } from '../platform/http/slow-down.js'
import { AppError } from '../kernel/app-error.js'
import { actorOf } from '../access/index.js'
import type { CheckInCommand } from './check-in.js'

export interface PaceDeps {
  limits: Limits
  wrongCodes: SlowDown
}

type Req = ApiInput['req']

/** The machine that asks, null for staff: people at a desk see what they do. */
function kioskOf(req: Req): string | null {
  const actor = actorOf(req)
  return actor.kind === 'kiosk' ? actor.deviceId : null
}

/** Nobody guesses the secret of a link. */
const isGuessed = (key: CheckInCommand['key']): boolean => 'code' in key

/** How fast one kiosk may go: 240 numbers a minute (X8), and slower after five wrong codes (D6). */
export function makeKioskPace({ limits, wrongCodes }: PaceDeps) {
  const draw = async (req: Req): Promise<void> => {
    const kiosk = kioskOf(req)
    if (kiosk !== null) await limits.spend('draw', kiosk)
  }
  const tryCode = async (req: Req, key: CheckInCommand['key']): Promise<void> => {
    const kiosk = kioskOf(req)
    if (kiosk !== null && isGuessed(key)) await wrongCodes.turn(kiosk)
  }
  /** A code that exists is right, whatever becomes of its booking. */
  const judge = async <T>(work: Promise<T>, { req, key }: { req: Req; key: CheckInCommand['key'] }): Promise<T> => {
    const kiosk = isGuessed(key) ? kioskOf(req) : null
    const right = () => kiosk !== null && wrongCodes.right(kiosk)
    try {
      const done = await work
      right()
      return done
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'not-found')) right()
      throw error
    }
  }
  return { draw, tryCode, judge }
}
