import { expect } from 'chai'
import type { CitizenPage } from '../pages/citizen-page.js'
import { accessibilityFaults } from './accessibility.js'
import { languageFaults } from './language.js'
import { layoutFaults } from './layout.js'

const [DESK, PHONE, NARROW] = [1280, 390, 320]

/** Looked at on a desk, on a phone, on the narrowest screen, and with everything that folds unfolded. */
export async function expectInOrder(page: CitizenPage): Promise<void> {
  const { visit } = page
  const width = (px: number) => visit.page.setViewportSize({ width: px, height: 900 })
  await width(DESK)
  await page.arrive()
  await visit.page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)))
  const faults = await languageFaults(visit.page, visit.lang)
  faults.push(...(await layoutFaults(visit.page)))
  await width(PHONE)
  faults.push(...(await accessibilityFaults(visit.page)))
  await width(NARROW)
  faults.push(...(await layoutFaults(visit.page)))
  await width(DESK)
  expect(faults, visit.page.url()).to.deep.equal([])
}
