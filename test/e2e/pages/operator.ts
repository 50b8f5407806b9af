import { expect } from 'chai'
import type { Locator, Page } from 'playwright-core'
import type { KeyOf } from '../../../src/messages/index.js'
import { accessibilityFaults } from '../checks/accessibility.js'
import { languageFaults } from '../checks/language.js'
import { layoutFaults } from '../checks/layout.js'
import type { Visit } from './visit.js'

type Action =
  | 'next'
  | 'recall'
  | 'start'
  | 'done'
  | 'missed'
  | 'park'
  | 'transfer'
  | 'undo'
  | 'counter'
  | 'code'
  | 'ticket'
  | 'bookings'
  | 'pause'
  | 'reopen'
  | 'came'

/** How long a press may take where two processors do everything. */
const SOON_MS = 10_000

/** The counter console as its operator meets it: keys, the present visit, the list, what is said. */
export class Console {
  constructor(readonly visit: Visit) {}

  get page(): Page {
    return this.visit.page
  }

  async find(): Promise<this> {
    await this.test('counter').waitFor({ timeout: SOON_MS })
    return this
  }

  test(name: string, inside: Page | Locator = this.page): Locator {
    return inside.locator(`[data-test="${name}"]`)
  }

  word(key: KeyOf<'operator.script'>, values: Record<string, unknown> = {}): string {
    return this.visit.t(`operator.script.${key}`, values)
  }

  /** Presses the letter that is written on the button; nothing else. */
  async press(action: Action): Promise<void> {
    await this.rest()
    await this.page.keyboard.press(this.word(`keys.${action}`).toLowerCase())
  }

  /** Until no press is on its way. */
  async rest(): Promise<void> {
    await this.page.waitForFunction(() => document.body.dataset.busy !== 'true')
  }

  /** Waits until this is what is said of the last press. */
  async said(key: KeyOf<'operator.script.said'>, values: Record<string, unknown> = {}): Promise<void> {
    await this.says(this.word(`said.${key}`, values))
  }

  async says(text: string): Promise<void> {
    await this.sees(this.test('said'), text)
  }

  /** Waits until a place of the page holds a text. */
  async sees(place: Locator, text: string | RegExp): Promise<void> {
    try {
      await place.filter({ hasText: text }).first().waitFor({ timeout: SOON_MS })
    } catch {
      const found = (await place.allInnerTexts()).join(' | ')
      throw new Error(`«${text}» does not come; there is: ${found}; said: ${await this.test('said').innerText()}`)
    }
  }

  /** Waits until this number is at the counter. */
  async has(number: string): Promise<void> {
    await this.sees(this.test('number'), number)
  }

  async hasNobody(): Promise<void> {
    await this.test('nobody').waitFor({ timeout: SOON_MS })
  }

  row(number: string): Locator {
    return this.test(`row-${number}`)
  }

  /** The numbers of a list from the top. */
  async numbers(list: 'waiting' | 'parked' | 'missed' = 'waiting'): Promise<string[]> {
    return this.test(`list-${list}`).locator('.line-number').allInnerTexts()
  }

  /** Waits until the list is this. */
  async lists(numbers: string[], list: 'waiting' | 'parked' | 'missed' = 'waiting'): Promise<void> {
    const until = performance.now() + SOON_MS
    while (JSON.stringify(await this.numbers(list)) !== JSON.stringify(numbers) && performance.now() < until)
      await this.page.waitForTimeout(50)
    expect(await this.numbers(list), list).to.deep.equal(numbers)
  }

  /** Actions of the counter that may be pressed now. */
  async allowed(): Promise<string[]> {
    await this.rest()
    return this.page
      .locator('#actions [data-test]:not([aria-disabled=true])')
      .evaluateAll((all) => all.map((el) => el.getAttribute('data-test') ?? '').filter((name) => name !== 'undo-left'))
  }

  /** One of a row's buttons; the others are behind "more". */
  async onRow(number: string, action: 'call' | 'park' | 'transfer' | 'urgent' | 'left' | 'return'): Promise<void> {
    const row = this.row(number)
    if (action !== 'call' && action !== 'return') await this.test('more', row).click()
    await this.test(action, row).click()
  }

  /** Answers the question that is open with a reason. */
  async because(reason: string): Promise<void> {
    await this.test('reason').fill(reason)
    await this.page.keyboard.press('Enter')
  }

  /** Axe, layout and language, at the desk's sizes and on small screens. */
  async inOrder(widths: readonly number[] = [1280, 768, 320]): Promise<void> {
    const faults: string[] = []
    for (const width of widths) {
      await this.page.setViewportSize({ width, height: 800 })
      const found = [...(await layoutFaults(this.page)), ...(await languageFaults(this.page, this.visit.lang))]
      if (width !== 768) found.push(...(await accessibilityFaults(this.page)))
      faults.push(...found.map((fault) => `${width}: ${fault}`))
    }
    await this.page.setViewportSize({ width: 1280, height: 800 })
    expect(faults, this.page.url()).to.deep.equal([])
    this.visit.expectNoFaults()
  }
}
