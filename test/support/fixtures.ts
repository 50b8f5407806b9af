import { runAtEnd } from './at-end.js'

/**
 * Loaded by `.mocharc.json` before any test. Nothing is started here: MariaDB, Redis and the browser start at their first
 * use, so that one unit test costs nothing. What was started stops here, once per run.
 */
export const mochaGlobalTeardown = (): Promise<void> => runAtEnd()
