import { describeWith } from '../support/needs.js'

/** A page takes its time where two processors do everything. */
const PATIENCE_MS = 90_000

/** A suite whose tests look at pages in Chromium. */
export function inBrowser(title: string, body: () => void): void {
  describeWith('Chromium', 'in the browser', () => {
    describe(title, function () {
      this.timeout(PATIENCE_MS)
      body()
    })
  })
}
