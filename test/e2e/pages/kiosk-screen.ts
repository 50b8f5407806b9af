import { expect } from 'chai'
import type { BrowserContext, Locator, Page } from 'playwright-core'
import type { TestApp } from '../../support/app.js'
import { newVisit } from '../../support/chromium.js'
import { signedIn, type StaffClient } from '../../support/staff.js'
import { accessibilityFaults } from '../checks/accessibility.js'
import { languageFaults } from '../checks/language.js'
import { layoutFaults } from '../checks/layout.js'

export const PORTRAIT = { width: 1080, height: 1920 }
export const LANDSCAPE = { width: 1280, height: 1024 }

interface Options {
  viewport?: { width: number; height: number }
  site?: string
}

/** A kiosk as a machine: a browser of its own with what it remembers, and the people in front of it. */
export class KioskScreen {
  private readonly faults: string[] = []

  private constructor(
    readonly app: TestApp,
    readonly context: BrowserContext,
    readonly page: Page,
    private readonly site: string,
  ) {}

  static async place(app: TestApp, { viewport = LANDSCAPE, site = 'legnano' }: Options = {}): Promise<KioskScreen> {
    const context = await newVisit({ viewport, hasTouch: true })
    // What tsx leaves in functions that are sent into the page; and paper is counted, not printed.
    await context.addInitScript(`globalThis.__name = (it) => it; globalThis.printed = 0
      print = () => { dispatchEvent(new Event('beforeprint')); printed++; dispatchEvent(new Event('afterprint')) }`)
    const kiosk = new KioskScreen(app, context, await context.newPage(), site)
    kiosk.watch()
    return kiosk
  }

  /** Standing there, paired by the manager's code as its service would type it. */
  static async paired(app: TestApp, manager: StaffClient, options: Options = {}): Promise<KioskScreen> {
    const kiosk = await KioskScreen.place(app, options)
    await kiosk.open()
    await kiosk.pair(await pairingCode(manager, kiosk.site))
    await kiosk.test('start').waitFor()
    return kiosk
  }

  async open(query = ''): Promise<this> {
    await this.page.goto(`${this.app.url}/kiosk/${this.site}${query}`)
    await this.page.locator('main h1').waitFor()
    return this
  }

  test(name: string): Locator {
    return this.page.locator(`[data-test="${name}"]`)
  }

  async press(name: string): Promise<void> {
    await this.test(name).click()
  }

  /** Key by key on the screen. */
  async touch(letters: string): Promise<void> {
    for (const letter of letters) await this.page.locator(`[data-key="${letter}"]`).click()
  }

  /** As a reader types: at once, then Enter. */
  async scan(text: string): Promise<void> {
    await this.page.waitForTimeout(300)
    await this.page.keyboard.type(text)
    await this.page.keyboard.press('Enter')
  }

  async pair(code: string): Promise<void> {
    await this.touch(code)
    await this.press('confirm')
  }

  /** The number on the screen, as soon as there is one. */
  async number(): Promise<string> {
    await this.test('ticket').waitFor()
    return this.test('number').innerText()
  }

  heading(): Promise<string> {
    return this.page.locator('main h1').innerText()
  }

  async text(): Promise<string> {
    return (await this.page.locator('main').innerText()).replace(/\s+/g, ' ')
  }

  async wrong(): Promise<string> {
    return this.test('wrong').innerText()
  }

  step(): Promise<string | null> {
    return this.page.locator('main').getAttribute('data-step')
  }

  async speak(lang: 'it' | 'en'): Promise<void> {
    await this.page.locator(`[data-lang="${lang}"]`).click()
  }

  printed(): Promise<number> {
    return this.page.evaluate(() => (globalThis as unknown as { printed: number }).printed)
  }

  /** Wholly inside the screen, with nothing over it, without scrolling. */
  async expectOnScreen(name: string): Promise<void> {
    await this.page.locator('main:not(.kiosk-settling)').waitFor()
    const isSeen = await this.test(name).evaluate((el) => {
      const { left, right, top, bottom } = el.getBoundingClientRect()
      const corners: [number, number][] = [left + 4, right - 4].flatMap((x) => [
        [x, top + 4],
        [x, bottom - 4],
      ])
      return corners.every(([x, y]) => el.contains(document.elementFromPoint(x, y)))
    })
    expect(isSeen, `${name} at ${JSON.stringify(this.page.viewportSize())}`).to.equal(true)
  }

  /** Nothing axe or our own eyes would complain about, at this size and on the narrowest screen, in both languages. */
  async expectInOrder(): Promise<void> {
    const [{ page }, size] = [this, this.page.viewportSize() ?? LANDSCAPE]
    const faults = [...(await accessibilityFaults(page)), ...(await layoutFaults(page))]
    faults.push(...(await languageFaults(page, 'it')))
    expect(await page.locator('h1').count()).to.equal(1)
    expect(await page.title()).not.to.match(/neonat|ritiro|medico/i)
    await page.setViewportSize({ width: 320, height: 800 })
    faults.push(...(await layoutFaults(page)))
    await this.speak('en')
    faults.push(...(await languageFaults(page, 'en')), ...(await layoutFaults(page)))
    await this.speak('it')
    await page.setViewportSize(size)
    expect(faults, `${await this.step()}`).to.deep.equal([])
  }

  async end(): Promise<void> {
    const faults = this.faults.splice(0)
    await this.context.close()
    expect(faults, 'unseen on the kiosk').to.deep.equal([])
  }

  /** A refusal or a server that is away is no fault; a script's error, a breach of the policy, a third party are. */
  private watch(): void {
    const { context, faults } = this
    context.on('weberror', (error) => faults.push(`script error: ${error.error().message}`))
    context.on('console', (message) => {
      const text = message.text()
      if (message.type() === 'error' && !text.startsWith('Failed to load resource')) faults.push(`console: ${text}`)
    })
    context.on('request', (request) => {
      if (!request.url().startsWith(`${this.app.url}/`) && !/^(data|blob):/.test(request.url()))
        faults.push(`third party: ${request.url()}`)
    })
  }
}

export async function pairingCode(manager: StaffClient, site = 'legnano', kind = 'kiosk'): Promise<string> {
  const { status, body } = await manager.post(`/sites/${site}/devices`, { kind })
  expect(status, JSON.stringify(body)).to.equal(201)
  return (body as { pairingCode: string }).pairingCode
}

/** Of two sites, so that a code can be of the other one. */
export const aManager = (app: TestApp): Promise<StaffClient> =>
  signedIn(app, { role: 'manager', sites: ['legnano', 'magenta'] })

/** Numbers that were drawn, as the database has them: `N001 waiting`. */
export async function drawn(app: TestApp): Promise<string[]> {
  const rows = ((await app.database.contents())['ticket'] ?? []) as Record<string, unknown>[]
  return rows
    .map(
      (row) => `${String(row['row_lane'])}${String(row['row_number']).padStart(3, '0')} ${String(row['row_status'])}`,
    )
    .sort()
}
