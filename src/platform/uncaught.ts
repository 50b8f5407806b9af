import { currentErrand } from './errand.js'
import type { Log } from './log.js'

/**
 * What is thrown where nobody catches it. An errand's – a request's, a job's – is the errand's alone: it fails, the others
 * go on (docs/decisions/019). What belongs to nobody may have broken anything: then the process ends, once, and its
 * supervisor starts it anew.
 */
export function watchUncaught(log: Log, end: () => void): void {
  let isEnding = false
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      const errand = currentErrand()
      if (errand?.fail) return errand.fail(error)
      log.fatal({ err: error }, event)
      if (!isEnding) end()
      isEnding = true
    })
  }
}
