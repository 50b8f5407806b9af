import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core'
import { atEnd } from './at-end.js'
import { programPath } from './programs.js'

/** Without a sandbox because tests run as root in containers; the rest keeps Chromium from looking for the network. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--font-render-hinting=none',
  '--disable-quic',
  '--no-first-run',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

async function launch(): Promise<Browser> {
  const browser = await chromium.launch({ executablePath: programPath('Chromium'), headless: true, args: FLAGS })
  atEnd(() => browser.close())
  return browser
}

let shared: Promise<Browser> | undefined

/** The one Chromium of this run, started at first use; guard the suite with `describeWith('Chromium', …)`. */
export const sharedBrowser = (): Promise<Browser> => (shared ??= launch())

/** A visitor's own profile: no cookies shared with other tests. Italian, unless `options.locale` says otherwise. */
export async function newVisit(options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const browser = await sharedBrowser()
  return browser.newContext({ locale: 'it-IT', timezoneId: 'Europe/Rome', reducedMotion: 'reduce', ...options })
}
