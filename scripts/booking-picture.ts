/**
 * Makes the pictures of README: the step of day and time at Legnano, on a desk (docs/booking-page.png) and on a phone
 * (docs/booking-page-phone.png), from the real app with its example data. Run: `npx tsx scripts/booking-picture.ts`.
 */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { at, bookElsewhere } from '../test/e2e/bookings.js'
import { TimePage } from '../test/e2e/pages/booking-steps.js'
import { Shortcut } from '../test/e2e/pages/shortcut.js'
import { Visit } from '../test/e2e/pages/visit.js'
import { type TestApp, startApp } from '../test/support/app.js'
import { runAtEnd } from '../test/support/at-end.js'
import { visitorOf } from '../test/support/builders.js'
import { SQLITE } from '../test/support/engines.js'

const DOCS = join(fileURLToPath(new URL('../docs', import.meta.url)))

/** A Tuesday early in a month with holidays; people come on Thursday. */
const NOW = '2026-12-01T09:00:00+01:00'
const DAY = '2026-12-03'

/** Times that others have booked, so that the page looks as on a working day. */
const TAKEN = [
  '08:30',
  '08:30',
  '08:30',
  '08:45',
  '08:45',
  '09:15',
  '09:30',
  '09:30',
  '10:00',
  '10:00',
  '10:00',
  '11:15',
]

async function picture(app: TestApp, file: string, size: { width: number; height: number }): Promise<void> {
  const visit = await Visit.begin(app, { viewport: size, fresh: true })
  await new Shortcut(visit).toTimes()
  await visit.open(`/prenota/data-e-orario?giorno=${DAY}`)
  const time = await new TimePage(visit).find()
  await time.time(at('09:45', DAY)).check({ force: true })
  await visit.page.evaluate(async () => {
    await document.fonts.ready
    ;(document.activeElement as HTMLElement | null)?.blur()
  })
  const main = await visit.page.locator('main').boundingBox()
  const clip = { x: 0, y: 0, width: size.width, height: Math.ceil((main?.y ?? 0) + (main?.height ?? 0)) }
  await visit.page.screenshot({ path: join(DOCS, file), fullPage: true, clip })
  await visit.end()
}

const app = await startApp(SQLITE, { now: NOW })
for (const [number, time] of TAKEN.entries())
  await bookElsewhere(app, { start: at(time, DAY), visitor: visitorOf(number) })
await picture(app, 'booking-page.png', { width: 1280, height: 800 })
await picture(app, 'booking-page-phone.png', { width: 390, height: 844 })
await app.close()
await runAtEnd()
