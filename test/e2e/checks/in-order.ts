import { expect } from 'chai'
import type { Page } from 'playwright-core'
import type { CitizenPage } from '../pages/citizen-page.js'
import { accessibilityFaults } from './accessibility.js'
import { languageFaults } from './language.js'
import { layoutFaults } from './layout.js'

const [DESK, PHONE, NARROW] = [1280, 390, 320]

/** WCAG 1.4.4: what no longer fits when text is twice as large. */
async function largeTextFaults(page: Page): Promise<string[]> {
  const size = (percent: string) =>
    page.evaluate((value) => {
      document.documentElement.style.fontSize = value
    }, percent)
  await size('200%')
  const faults = [...(await layoutFaults(page)), ...(await page.evaluate(coveredInHeader))]
  await size('')
  return faults.map((fault) => `text at 200 %, ${fault}`)
}

/** Runs in the page: words of the header that something else lies upon. */
function coveredInHeader(): string[] {
  scrollTo(0, 0)
  return [...document.querySelectorAll('header p, header abbr, header .it-brand-tagline')].flatMap((el) => {
    const { left, right, top, bottom } = el.getBoundingClientRect()
    const isCovered = [top + 4, (top + bottom) / 2, bottom - 4].some((y) => {
      const there = y < innerHeight ? document.elementFromPoint((left + right) / 2, y) : el
      return there === null || !(el.contains(there) || there.contains(el))
    })
    return isCovered ? [`covered: ${el.textContent?.trim().slice(0, 40)}`] : []
  })
}

/**
 * Looked at on the narrowest screen and, in Italian, by axe on a desk and on a phone: English pages are the same but for
 * their words. What folds is unfolded.
 */
export async function expectInOrder(citizenPage: CitizenPage): Promise<void> {
  const { visit, page } = citizenPage
  const width = (px: number) => page.setViewportSize({ width: px, height: 900 })
  const unfold = () =>
    page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)))
  const faults: string[] = []
  if (visit.lang === 'it') {
    await width(DESK)
    await citizenPage.arrive()
    faults.push(...(await layoutFaults(page)))
    for (const px of [DESK, PHONE]) {
      await width(px)
      faults.push(...(await largeTextFaults(page)))
    }
    await width(PHONE)
    await unfold()
    faults.push(...(await accessibilityFaults(page)))
  }
  await width(NARROW)
  await citizenPage.find()
  await unfold()
  faults.push(...(await languageFaults(page, visit.lang)), ...(await layoutFaults(page)))
  expect(faults, page.url()).to.deep.equal([])
}
