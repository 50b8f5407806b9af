import { runAtEnd } from './at-end.js'

/** Long enough for sockets to close, short enough that nobody wonders. */
const PATIENCE_MS = 3000

/**
 * Loaded by `.mocharc.json` before any test. Nothing is started here: MariaDB, Redis and the browser start at their first
 * use, so that one unit test costs nothing. What was started stops here, once per run; what a failed test has left open
 * does not keep the run from ending.
 */
export async function mochaGlobalTeardown(): Promise<void> {
  await runAtEnd()
  setTimeout(() => {
    console.error(`Tests left open: ${process.getActiveResourcesInfo().join(', ')}`)
    process.exit() // mocha sets the exit code on its way out
  }, PATIENCE_MS).unref()
}
