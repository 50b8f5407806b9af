import { expect } from 'chai'
import { startApp, type TestApp } from '../../support/app.js'
import { SQLITE } from '../../support/engines.js'
import { freshGet } from '../../support/raw-client.js'
import { sleep } from '../../support/servers.js'
import { type StaffClient, signedIn } from '../../support/staff.js'

const CALENDAR = '/sites/legnano/calendars/scelta-revoca'
const DAYS = '/sites/legnano/services/scelta-revoca/days'

/** Half a second on a machine of its own; here app, client and others share two processors. */
const PATIENCE_MS = 1200

const fifty = (rrule: (n: number) => string) =>
  Array.from({ length: 50 }, (_, n) => ({ ...aRule(rrule(n + 1)), seats: n + 1 }))
const aRule = (rrule: string) => ({
  rrule,
  startsOn: '1970-01-01',
  from: '00:00',
  to: '24:00',
  slotMinutes: 1,
  seats: 5,
})

describe('plans that are much work', () => {
  let app: TestApp
  let admin: StaffClient
  before(async () => {
    app = await startApp(SQLITE)
    admin = await signedIn(app, { role: 'admin' })
  })
  after(() => app.close())

  const put = (rules: object[]) =>
    admin.put(CALENDAR, { services: ['scelta-revoca'], rules, minNoticeMinutes: 0, horizonDays: 365 })
  /** @returns the longest that a newcomer waited for /healthz meanwhile */
  const meanwhile = async (work: Promise<unknown>): Promise<number> => {
    let [isDone, longestMs] = [false, 0]
    const end = work.finally(() => {
      isDone = true
    })
    do {
      longestMs = Math.max(longestMs, (await freshGet(app.url, '/healthz')).ms)
      await sleep(5)
    } while (!isDone)
    await end
    return longestMs
  }

  it('fifty rules with BYSETPOS from 1970, saved four times at once, keep nobody waiting', async () => {
    const weeks = (n: number) => `FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=${(n % 7) + 1},-${(n % 5) + 1}`
    const years = (n: number) => `FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=${n},-${n}`
    const saved = Promise.all([weeks, years, weeks, years].map(async (rrule) => (await put(fifty(rrule))).status))
    expect(await meanwhile(saved)).to.be.below(PATIENCE_MS)
    for (const status of await saved) expect(status).to.be.oneOf([200, 422])
  })

  it('a slot for every minute of two months, and hundreds of closures that miss or meet them', async () => {
    expect((await put([aRule('FREQ=DAILY')])).status).to.equal(200)
    for (let n = 0; n < 100; n++) {
      const [from, to] = [`2027-0${(n % 3) + 1}-01T0${n % 9}:00:00+01:00`, `2126-12-01T10:00:${10 + (n % 50)}+01:00`]
      const { status } = await admin.post('/sites/legnano/closures', { from, to, reason: 'lavori', public: true })
      expect(status).to.equal(201)
    }
    const months = [1, 2, 3, 4, 5, 6].map((persons) =>
      app.api.get(`${DAYS}?from=2026-11-24&to=2027-01-24&persons=${persons}`),
    )
    expect(await meanwhile(Promise.all(months))).to.be.below(PATIENCE_MS)
    const before = process.cpuUsage()
    const again = await app.api.get(`${DAYS}?from=2026-11-24&to=2027-01-24&persons=1`)
    expect(process.cpuUsage(before).user / 1000).to.be.below(60)
    expect(again.body.days[0].free).to.equal(7200)
  })
})
