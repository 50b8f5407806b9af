import { expect } from 'chai'
import type { CitizenPage } from '../pages/citizen-page.js'
import { accessibilityFaults } from './accessibility.js'
import { languageFaults } from './language.js'
import { layoutFaults } from './layout.js'

const [DESK, PHONE, NARROW] = [1280, 390, 320]

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
