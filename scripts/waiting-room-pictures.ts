/**
 * Makes README's pictures of the waiting room: the counter console (docs/console.png) and the display (docs/display.png),
 * from the real app in the middle of a morning. Run: `npx tsx scripts/waiting-room-pictures.ts`.
 */
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Morning } from '../test/e2e/operator/morning.js'
import { DisplayPage } from '../test/e2e/pages/display-page.js'
import { Visit } from '../test/e2e/pages/visit.js'
import { NEWBORN } from '../test/integration/queue/room.js'
import { runAtEnd } from '../test/support/at-end.js'

const DOCS = join(fileURLToPath(new URL('../docs', import.meta.url)))

const morning = await Morning.begin()
const { app, colleague } = morning
const minutes = (count: number) => app.clock.advanceMinutes(count)
const next = (counter: number) => colleague.post(`/counters/legnano-${counter}/next`)

for (const counter of [2, 3]) await colleague.post(`/counters/legnano-${counter}/open`)
const desk = await morning.openConsole('legnano-1')
await morning.arrives(0)
await morning.walksIn('neonati', { newbornTaxCode: NEWBORN })
await morning.walksIn('punto-ritiro', { senior: true })
await next(2)
minutes(2)
await next(3)
await morning.walksIn()
await morning.arrives(1)
await next(2)
minutes(3)
await desk.press('next')
await desk.press('start')
minutes(1)
await morning.arrives(2)
await morning.walksIn('neonati', { newbornTaxCode: NEWBORN })
await morning.arrives(4)
await morning.walksIn('accesso-diretto')
minutes(2)
await next(3)
await next(3)
await sleep(6000)
await desk.page.screenshot({ path: join(DOCS, 'console.png') })
const screen = await new DisplayPage(
  await Visit.begin(app, { viewport: { width: 1920, height: 1080 }, fresh: true }),
).switchOn({ query: '?suono=no' })
await sleep(1500)
await screen.page.screenshot({ path: join(DOCS, 'display.png') })
await morning.end()
await runAtEnd()
