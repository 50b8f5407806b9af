import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults, RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'
import { newVisit } from '../../support/chromium.js'

/** WCAG 2.1 A and AA, which the law asks of public bodies (EN 301 549). */
const OPTIONS: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'],
  resultTypes: ['violations'],
}

/** What `axe.source` holds, in less than half the bytes. */
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface HasAxe {
  axe?: { run(target: unknown, options: RunOptions): Promise<AxeResults> }
}

/** What axe finds wrong on a page as it is shown now: rule, place, and what is the matter. Needs scripts. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE)
  const { violations } = (await page.evaluate(
    (options) => (globalThis as HasAxe).axe?.run(document, options),
    OPTIONS,
  )) as AxeResults
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `axe ${id} at ${target.join(' ')}: ${failureSummary}`),
  )
}

let reader: Promise<Page> | undefined
const sharedReader = (): Promise<Page> => (reader ??= newVisit().then((visit) => visit.newPage()))

/** The same for a page that runs no scripts, so no axe either: what it shows is looked at in another window. */
export async function accessibilityFaultsWithoutScripts(page: Page): Promise<string[]> {
  const body = (await page.content()).replace(/<script\b.*?<\/script>/gs, '')
  const [window, address] = [await sharedReader(), page.url()]
  await window.setViewportSize(page.viewportSize() ?? { width: 1280, height: 900 })
  await window.route(address, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body }))
  try {
    await window.goto(address)
    return await accessibilityFaults(window)
  } finally {
    await window.unroute(address)
  }
}
