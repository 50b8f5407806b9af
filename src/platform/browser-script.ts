import { build, stop } from 'esbuild'

/** Chromium 80 reads it, and a good deal that is older (docs/decisions/018). */
const TARGET = 'es2019'

/** Keeps the page of a screen for when the server is away; each room serves it from an address of its own. */
export const SHELL_WORKER = 'public/js/worker/shell-worker.ts'

const made = new Map<string, Promise<string>>()

/** A script with all that it imports, in one file for old browsers too: made at the first call, kept for good. */
export function browserScript(path: string): Promise<string> {
  const known = made.get(path) ?? makeScript(path)
  made.set(path, known)
  // One that failed is tried again.
  known.catch(() => made.delete(path))
  return known
}

async function makeScript(path: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path],
    // What is served does not depend on which settings lie about where it runs.
    tsconfigRaw: '{}',
    bundle: true,
    write: false,
    format: 'iife',
    target: TARGET,
    legalComments: 'none',
    logLevel: 'silent',
  })
  // Its process has nothing more to do.
  await stop()
  return outputFiles[0]?.text ?? ''
}
