type Stop = () => void | Promise<void>

const stops: Stop[] = []

/** Registers what the run must stop when it ends: servers started on demand, the browser, temporary folders. */
export const atEnd = (stop: Stop): void => void stops.push(stop)

/** Stops everything registered, newest first; one that fails does not keep the others alive. */
export async function runAtEnd(): Promise<void> {
  for (let stop = stops.pop(); stop; stop = stops.pop()) {
    try {
      await stop()
    } catch (error) {
      console.error('while stopping a test helper:', error)
    }
  }
}
