import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'

const PATIENCE_MS = 15_000

/**
 * Until the page and all it has loaded of ours are kept for when the server is away (public/js/keep-shell). Asked again and
 * again from here: `waitForFunction` takes a promise for a yes.
 */
export async function untilShellIsKept(page: Page): Promise<void> {
  let missing: string[] = []
  for (const end = performance.now() + PATIENCE_MS; performance.now() < end; await sleep(100)) {
    missing = await page.evaluate(async () => {
      const loaded = performance.getEntriesByType('resource').map(({ name }) => name)
      const ours = loaded.filter((name) => /\/(assets\/|display\/script\.js)/.test(name))
      const parts = [location.href, ...ours]
      const kept = await Promise.all(parts.map((part) => caches.match(part, { ignoreVary: true })))
      return parts.filter((_, index) => kept[index] === undefined)
    })
    if (missing.length === 0) return
  }
  throw new Error(`not kept: ${missing.join(', ')}`)
}
