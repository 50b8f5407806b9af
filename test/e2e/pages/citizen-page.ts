import { expect } from 'chai'
import type { Locator, Page } from 'playwright-core'
import type { MessageKey } from '../../../src/messages/index.js'
import { accessibilityFaults, accessibilityFaultsWithoutScripts } from '../checks/accessibility.js'
import type { Visit } from './visit.js'

/** What nobody should read over a shoulder or in a history: it tells why somebody comes (domain.md). */
const TELLS_WHY = /scelta|revoca|medico|pediatra|doctor|paediatrician|choice/i

/** A page as its reader meets it; actions return nothing, the journey says which page comes next. */
export abstract class CitizenPage {
  constructor(readonly visit: Visit) {}

  /** Key of the message that is the page's heading. */
  protected abstract readonly heading: MessageKey

  get page(): Page {
    return this.visit.page
  }

  /** Waits for this page and looks at it: axe finds nothing. */
  async arrive(): Promise<this> {
    await this.find()
    const look = this.visit.hasScripts ? accessibilityFaults : accessibilityFaultsWithoutScripts
    expect(await look(this.page), `axe on ${this.page.url()}`).to.deep.equal([])
    return this
  }

  /** Waits for this page; it has one heading, does not tell why somebody comes, and nothing went wrong on the way. */
  async find(): Promise<this> {
    const [{ page }, name] = [this, this.headingText()]
    try {
      await page.locator('h1').filter({ hasText: name }).waitFor({ timeout: 10_000 })
    } catch {
      throw new Error(`not on «${name}» but on ${page.url()}: ${await page.locator('h1').allInnerTexts()}`)
    }
    expect(await page.locator('h1').count(), 'headings of the page').to.equal(1)
    const { pathname, search } = new URL(page.url())
    expect(`${await page.title()} ${pathname}${search}`).not.to.match(TELLS_WHY)
    this.visit.expectNoFaults()
    return this
  }

  /** Waits until the same page is shown again, now with `what` on it. */
  async findAgain(what: Locator): Promise<this> {
    await what.first().waitFor({ timeout: 10_000 })
    return this.find()
  }

  /** The present step's own "continue". */
  async goOn(): Promise<void> {
    await this.test('continue').click()
  }

  /** What the page says above everything else: a refusal, or that something is done. */
  notice(): Locator {
    return this.test('notice')
  }

  errors(): Locator {
    return this.test('errors')
  }

  test(name: string): Locator {
    return this.page.locator(`[data-test="${name}"]`)
  }

  /** What has the focus: its id, else its `data-test`. */
  focused(): Promise<string | null> {
    return this.page.evaluate(() => {
      const { activeElement } = document
      return activeElement?.id || (activeElement?.getAttribute('data-test') ?? null)
    })
  }

  protected headingText(): string {
    return this.visit.t(this.heading)
  }
}
