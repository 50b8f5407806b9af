import { expect } from 'chai'
import type { Locator, Page } from 'playwright-core'
import type { Visit } from './visit.js'

interface Options {
  site?: string
  query?: string
}

/** A screen of a waiting room, as who sits before it sees it. */
export class DisplayPage {
  readonly page: Page

  constructor(readonly visit: Visit) {
    this.page = visit.page
  }

  /** Switches it on and waits until it knows the board. */
  async switchOn({ site = 'legnano', query = '' }: Options = {}): Promise<this> {
    await this.page.addInitScript(watchAnnouncements)
    await this.visit.open(`/display/${site}${query}`)
    await this.isOn()
    return this
  }

  async isOn(): Promise<void> {
    await this.part('waiting-for-word').waitFor({ state: 'hidden', timeout: 20_000 })
  }

  /** The call of the moment: `P001 3`; null when there is none. */
  async call(): Promise<string | null> {
    if (!(await this.part('call').isVisible())) return null
    return `${await this.part('number').innerText()} ${await this.part('counter').innerText()}`
  }

  async shows(call: string, timeout = 5000): Promise<void> {
    const [number = '', counter = ''] = call.split(' ')
    const panel = this.part('call').filter({ has: this.page.getByText(number, { exact: true }) })
    await panel.filter({ has: this.page.locator('[data-part="counter"]', { hasText: counter }) }).waitFor({ timeout })
  }

  /** The last calls beside it, newest first: `P001 3`. */
  async others(): Promise<string[]> {
    const rows = await this.page.locator('[data-part="row"]:visible').all()
    return Promise.all(
      rows.map(async (row) =>
        (await Promise.all(['number', 'counter'].map((cell) => row.locator(`[data-cell="${cell}"]`).innerText()))).join(
          ' ',
        ),
      ),
    )
  }

  async waiting(): Promise<Record<string, number>> {
    const places = await this.page.locator('[data-lane]').all()
    const pairs = places.map(async (lane) => [await lane.getAttribute('data-lane'), Number(await lane.innerText())])
    return Object.fromEntries(await Promise.all(pairs)) as Record<string, number>
  }

  /** What was announced since it was switched on or `forget` was said, in order, with the time each had the screen. */
  announced(): Promise<{ number: string; ms: number | null }[]> {
    return this.page.evaluate(() => (globalThis as Announced).announced ?? [])
  }

  async numbersAnnounced(): Promise<string[]> {
    return (await this.announced()).map(({ number }) => number)
  }

  stale(): Locator {
    return this.part('stale')
  }

  part(name: string): Locator {
    return this.page.locator(`[data-part="${name}"]`)
  }

  /** Nothing lies outside of the screen, and nothing on another thing. */
  async expectToFit(): Promise<void> {
    const outside = await this.page.evaluate(() => {
      const shown = [...document.querySelectorAll('main *')].filter(
        (el) => el.checkVisibility() && !el.closest('.visually-hidden') && el.getBoundingClientRect().width > 0,
      )
      const name = (el: Element) => `<${el.tagName} ${el.className}> ${el.textContent?.trim().slice(0, 30)}`
      const isOut = (el: Element) => {
        const { top, left, right, bottom } = el.getBoundingClientRect()
        return top < -8 || left < -8 || right > innerWidth + 8 || bottom > innerHeight + 1
      }
      // Letters stand out of narrow lines without being cut: boxes are what counts.
      const isCut = (el: Element) => {
        const panel = el.closest('main > *')?.getBoundingClientRect()
        const { top, left, right, bottom } = el.getBoundingClientRect()
        const isBox = getComputedStyle(el).display !== 'inline'
        return (
          isBox &&
          panel &&
          (bottom > panel.bottom + 2 || top < panel.top - 2 || right > panel.right + 2 || left < panel.left - 2)
        )
      }
      const cut = shown.filter(isCut)
      return [...shown.filter(isOut).map((el) => `outside: ${name(el)}`), ...cut.map((el) => `cut: ${name(el)}`)]
    })
    expect(outside, `${JSON.stringify(this.page.viewportSize())}`).to.deep.equal([])
  }
}

interface Announced {
  announced?: { number: string; ms: number | null }[]
}

/** Runs in the page before its scripts: notes each call that gets the screen, and for how long. */
function watchAnnouncements(): void {
  const list: { number: string; ms: number | null }[] = []
  ;(globalThis as Announced).announced = list
  let since = 0
  let last = ''
  document.addEventListener('DOMContentLoaded', () => {
    const panel = document.querySelector('[data-part="panel"]')
    if (!panel) return
    new MutationObserver(() => {
      const number = document.querySelector('[data-part="number"]')?.textContent ?? ''
      const times = document.querySelector('[data-part="times"]')?.textContent ?? ''
      const now = panel.classList.contains('calling') ? `${number} ${times}`.trim() : ''
      if (now === last) return
      const before = list.at(-1)
      if (before && last !== '') before.ms = performance.now() - since
      if (now !== '') list.push({ number: now, ms: null })
      ;[last, since] = [now, performance.now()]
    }).observe(panel, { subtree: true, childList: true, attributes: true, characterData: true })
  })
}
