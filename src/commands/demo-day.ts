import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { DemoClient, playMorning } from '../demo-day/index.js'
import { systemClock } from '../kernel/clock.js'
import { UnitOfWork } from '../platform/db/unit-of-work.js'
import { SiteStore } from '../sites/index.js'
import { openDemoAccount } from '../staff/index.js'
import { withHouse } from './open-house.js'

const USAGE = 'npm run demo:day -- [--speed 10] [--minutes 60] [--seed 1]'

/**
 * `npm run demo:day`: plays a morning at Legnano against the demo that is running with the same settings, for whoever
 * watches the console and the display. Never in production, never at a site that is not an example.
 */
await withHouse(
  process.env,
  async ({ config, dataSource }) => {
    const options = readOptions()
    const { sites } = await new SiteStore(dataSource.manager).loadAll()
    if (!sites.some(({ id, isExample }) => id === 'legnano' && isExample))
      throw new Error('There is no example site Legnano here. Start the demo first: npm start')
    const unitOfWork = new UnitOfWork(dataSource)
    const siteIds = async () => ['legnano']
    const { username, password } = await openDemoAccount({ unitOfWork, clock: systemClock, siteIds })
    const client = new DemoClient(`http://127.0.0.1:${config.port}`)
    await client.signIn(username, password)
    process.stdout.write(`${await whereToLook(client, config.baseUrl)}\n`)
    const startedMs = performance.now()
    const say = (line: string) => {
      const minute = ((performance.now() - startedMs) * options.speed) / 60_000
      process.stdout.write(`${minute.toFixed(1).padStart(6)} min  ${line}\n`)
    }
    await playMorning({ ...options, client, say })
    return 'Play it again as often as you like.'
  },
  ({ production }) => {
    if (production) throw new Error('demo:day makes people up and is refused in production.')
  },
)

async function whereToLook(client: DemoClient, baseUrl: string): Promise<string> {
  const { body } = await client.post<{ pairingCode: string }>('/sites/legnano/devices', { kind: 'kiosk' })
  return [
    `display    ${baseUrl}/display/legnano`,
    `console    ${baseUrl}/operatore`,
    `kiosk      ${baseUrl}/kiosk/legnano   pairing code ${body.pairingCode}, good for ten minutes`,
  ].join('\n')
}

function readOptions(): { speed: number; minutes: number; seed: number } {
  const text = { type: 'string' } as const
  const { values } = parseArgs({ options: { speed: text, minutes: text, seed: text } })
  const read = (name: keyof typeof values, usual: number, most: number) => {
    const value = Number(values[name] ?? usual)
    if (!(value > 0 && value <= most)) throw new Error(`--${name} must be a number up to ${most}: ${USAGE}`)
    return value
  }
  const seed = Math.floor(read('seed', randomInt(1, 1_000_000_000), 1_000_000_000))
  return { speed: read('speed', 10, 1000), minutes: read('minutes', 60, 240), seed }
}
