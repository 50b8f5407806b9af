import { addDays } from '../../../src/kernel/local-day.js'
import { BookingEntity, mailedToken } from '../../../src/bookings/index.js'
import { startApp, type TestApp } from '../../support/app.js'
import { aRule, THE_DAY, visitorOf } from '../../support/builders.js'
import { at, bodyOf, SERVICE } from '../../support/crowd.js'
import type { Engine } from '../../support/engines.js'

/** Between THE_DAY and the spring clock change. */
const HOLIDAYS = new Set(['2026-12-08', '2026-12-25', '2026-12-26', '2027-01-01', '2027-01-06'])

/** Legnano as strangers reach it: limits on, one proxy, 2 seats to each 15 minutes of 08:30–12:30, every day. */
export class House {
  app!: TestApp
  private lastDay = THE_DAY
  private lastPerson = 0
  private lastNetwork = 0

  day(): string {
    do this.lastDay = addDays(this.lastDay, 1)
    while (HOLIDAYS.has(this.lastDay))
    return this.lastDay
  }

  person(): number {
    this.lastPerson += 1
    return this.lastPerson
  }

  /** A /24 that nobody has used: its addresses are `${network}.1` and so on. */
  network(): string {
    this.lastNetwork += 1
    return `100.${64 + Math.floor(this.lastNetwork / 256)}.${this.lastNetwork % 256}`
  }

  hold(ip: string, start: string, headers: Record<string, string> = {}) {
    const body = { site: 'legnano', service: SERVICE, start }
    return this.app.api.post('/holds', body, { 'x-forwarded-for': ip, ...headers })
  }

  book(ip: string, start: string, part: Record<string, unknown> = {}) {
    const visitor = visitorOf(this.person())
    return this.app.api.post('/bookings', bodyOf(0, { start, visitor, ...part }), { 'x-forwarded-for': ip })
  }

  row(code: string): Promise<BookingEntity> {
    return this.app.database.dataSource.manager.findOneByOrFail(BookingEntity, { code })
  }

  async confirm(code: string) {
    return this.app.api.post(`/bookings/${mailedToken(this.app.secrets, await this.row(code))}/confirm`)
  }
}

export const OPEN = { rules: [aRule({ rrule: 'FREQ=DAILY' })], minNoticeMinutes: 0, horizonDays: 365 }

/** Local times of a day's sixteen slots. */
export const TIMES = Array.from({ length: 16 }, (_, n) => {
  const minutes = 8 * 60 + 30 + 15 * n
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
})

export const startsOf = (day: string): string[] => TIMES.map((time) => at(time, day))

/** Declares the hooks in the present suite. */
export function abusedHouse(engine: Engine, settings: Record<string, string> = {}): House {
  const it = new House()
  before(async function () {
    this.timeout(60_000)
    it.app = await startApp(engine, { settings: { RATE_LIMITS: 'on', TRUST_PROXY: '1', ...settings } })
    for (const siteId of ['legnano', 'magenta']) await it.app.saveCalendar({ siteId, ...OPEN })
  })
  after(() => it.app.close())
  return it
}
