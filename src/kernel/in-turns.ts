/** Work that stops for a moment after each step, so that whoever runs it may let others in. */
export type Steps<T> = Generator<void, T>

/** Long enough to get on, short enough that nobody notices. */
const TURN_MS = 10

/** Runs it through. */
export function atOnce<T>(steps: Steps<T>): T {
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value
}

/** Runs it in turns of the event loop: whoever comes meanwhile – a health check, a phone – waits for one turn, not for all. */
export async function inTurns<T>(steps: Steps<T>): Promise<T> {
  for (let sinceMs = performance.now(); ; ) {
    const step = steps.next()
    if (step.done) return step.value
    if (performance.now() - sinceMs < TURN_MS) continue
    await new Promise((done) => setImmediate(done))
    sinceMs = performance.now()
  }
}
