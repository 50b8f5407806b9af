import { expect } from 'chai'
import { checkLetter } from '../../../src/visitors/codice-fiscale.js'
import { startApp, type TestApp } from '../../support/app.js'
import { aVisitor, THE_DAY } from '../../support/builders.js'
import { forEachEngine } from '../../support/engines.js'
import { signedIn, type StaffClient } from '../../support/staff.js'
import { at, NEWBORN } from '../queue/room.js'

const PATH = '/sites/legnano/statistics'
const TAX_CODES = ['RSSMRA80A01F205', 'VRDLGU75C15F205', 'BNCLRA85M41F205', 'NREPLA90D12F205', 'GLLSRA70E55F205'].map(
  (base) => `${base}${checkLetter(base)}`,
)

const nothing = { count: 0, mean: null, median: null, p90: null }

forEachEngine((engine) => {
  describe('the figures of a hand-made morning', function () {
    this.timeout(60_000)
    let app: TestApp
    let staff: StaffClient
    let manager: StaffClient
    const codes: string[] = []

    const book = async (number: number, time: string, persons = 1): Promise<void> => {
      const { phone: _, ...visitor } = aVisitor({ taxCode: TAX_CODES[number] ?? '', email: `v${number}@example.org` })
      const start = `${THE_DAY}T${time}:00+01:00`
      const slot = { site: 'legnano', service: 'scelta-revoca', start, persons }
      const { status, body } = await app.api.post('/bookings', { ...slot, visitor })
      expect(status, JSON.stringify(body)).to.equal(201)
      codes.push(body.booking.code as string)
    }
    /** Presses one thing at a time of day. @returns the ticket */
    const press = async (time: string, path: string, body: object = {}): Promise<{ id: string; number: string }> => {
      app.clock.set(at(time))
      const answer = await staff.post(path, body)
      expect(answer.status, `${time} ${path} ${JSON.stringify(answer.body)}`).to.be.within(200, 201)
      return answer.body.ticket
    }
    const arrive = (time: string, number: number) => press(time, '/sites/legnano/check-ins', { code: codes[number] })
    const draw = (time: string, body: object) => press(time, '/sites/legnano/walk-ins', body)
    const next = (time: string, counter: number) => press(time, `/counters/legnano-${counter}/next`)
    const step = (time: string, name: string, { id }: { id: string }, body = {}) =>
      press(time, `/tickets/${id}/${name}`, body)
    const figures = async (from = THE_DAY, to = THE_DAY) => (await manager.get(`${PATH}?from=${from}&to=${to}`)).body

    before(async () => {
      app = await startApp(engine)
      await book(0, '08:30')
      await book(1, '08:30')
      await book(2, '09:00', 3)
      await book(3, '10:00')
      await book(4, '11:00')
      app.clock.set(at('08:24'))
      staff = await signedIn(app)
      const cancelled = await staff.post(`/sites/legnano/bookings/${codes[3]}/cancel`, { reason: 'ha telefonato' })
      expect(cancelled.status).to.equal(200)
      await arrive('08:25', 0)
      await arrive('08:27', 1)
      await draw('08:28', { service: 'accesso-diretto', override: { reason: 'in anticipo' } })
      await press('08:29', '/counters/legnano-1/open')
      await press('08:29', '/counters/legnano-2/open')
      await draw('08:30', { service: 'neonati', newbornTaxCode: NEWBORN })
      const [one, two] = [await next('08:30', 1), await next('08:30', 2)]
      await step('08:31', 'start', one)
      await step('08:41', 'done', one)
      const direct = await next('08:42', 1)
      await step('08:42', 'start', direct)
      await step('08:42', 'done', two)
      await step('08:44', 'transfer', direct, { counter: 'legnano-2' })
      await next('08:45', 2)
      const newborn = await next('08:46', 1)
      await step('08:48', 'missed', newborn)
      await step('08:50', 'done', direct)
      await draw('08:50', { service: 'accesso-diretto' })
      const three = await arrive('08:55', 2)
      await step('08:58', 'left', three)
      const slip = await next('09:00', 1)
      await step('09:00', 'undo', slip)
      manager = await signedIn(app, { role: 'manager' })
    })
    after(() => app.close())

    it('while it goes on', async () => {
      const { days, total, ...about } = await figures()
      expect(about).to.deep.equal({ site: 'legnano', from: THE_DAY, to: THE_DAY })
      const [{ date, ...day }] = days
      expect(date).to.equal(THE_DAY)
      expect(day).to.deep.equal(total)
      expect(total.tickets).to.deep.equal({
        issued: 6,
        walkIns: 3,
        arrived: 3,
        served: 3,
        left: 1,
        missed: 1,
        closed: 0,
        open: 1,
      })
      expect(total.waitMinutes).to.deep.equal({ count: 4, mean: 9.5, median: 9.5, p90: 16 })
      expect(total.serviceMinutes).to.deep.equal({ count: 4, mean: 7.3, median: 7.5, p90: 12 })
      expect(total.bookings).to.deep.equal({ booked: 4, arrived: 3, served: 2, noShow: 0, cancelled: 1 })
      // 16 slots of 3 seats; three persons take two slots.
      expect(total.seats).to.deep.equal({ offered: 48, used: 5, usedPercent: 10.4 })
      const counters = total.counters as { serviceMinutes: object }[]
      expect(counters).to.deep.equal([
        {
          counter: 'legnano-1',
          name: '1',
          calls: 3,
          served: 1,
          serviceMinutes: { count: 2, mean: 6, median: 6, p90: 10 },
        },
        {
          counter: 'legnano-2',
          name: '2',
          calls: 2,
          served: 2,
          serviceMinutes: { count: 2, mean: 8.5, median: 8.5, p90: 12 },
        },
      ])
    })

    it('by lane and service', async () => {
      const { total } = await figures()
      const lanes = Object.fromEntries(total.lanes.map((each: { lane: string }) => [each.lane, each]))
      expect([lanes.P.tickets.issued, lanes.D.tickets.issued, lanes.N.tickets.issued]).to.deep.equal([3, 2, 1])
      expect(lanes.P.waitMinutes).to.deep.equal({ count: 2, mean: 4, median: 4, p90: 5 })
      expect(lanes.D.waitMinutes).to.deep.equal({ count: 1, mean: 14, median: 14, p90: 14 })
      expect(lanes.D.serviceMinutes).to.deep.equal({ count: 2, mean: 3.5, median: 3.5, p90: 5 })
      expect(lanes.N.serviceMinutes).to.deep.equal(nothing)
      expect(lanes.R.waitMinutes).to.deep.equal(nothing)
      const services = Object.fromEntries(total.services.map((each: { service: string }) => [each.service, each]))
      expect(Object.keys(services)).to.deep.equal(['accesso-diretto', 'neonati', 'scelta-revoca'])
      expect(services['scelta-revoca'].bookings).to.deep.equal(total.bookings)
      expect(services.neonati.tickets).to.include({ issued: 1, missed: 1 })
    })

    it('for a spreadsheet: the same numbers, no person in them', async () => {
      const { status, body, headers } = await manager.get(`${PATH}.csv?from=${THE_DAY}&to=${THE_DAY}`)
      expect([status, headers.get('content-type')]).to.deep.equal([200, 'text/csv; charset=utf-8'])
      expect(headers.get('content-disposition')).to.equal(
        `attachment; filename="turno-legnano-${THE_DAY}-${THE_DAY}.csv"`,
      )
      const [head = [], ...rows] = (body as string)
        .trim()
        .split('\r\n')
        .map((line) => line.split(';'))
      const all = rows.find(([date, scope]) => date === 'total' && scope === 'all') ?? []
      const values = Object.fromEntries(head.map((name, i) => [name, all[i]]))
      expect(values).to.include({ issued: '6', waitMean: '9,5', serviceMean: '7,3', seatsUsedPercent: '10,4' })
      for (const personal of [...codes, ...TAX_CODES, 'example.org', 'Rossi', 'anna'])
        expect(body).not.to.include(personal)
    })

    it('on the next day: who still waited has left, who was not served did not come (Q7, K11)', async () => {
      app.clock.set(at('08:00', '2026-11-25'))
      manager = await signedIn(app, { role: 'manager', username: 'mara' })
      const early = (await figures()).total
      expect(early.tickets, 'before any job').to.include({ left: 2, open: 0 })
      await app.jobs.runAll()
      const { total } = await figures()
      expect(total.tickets).to.deep.equal(early.tickets)
      expect(total.bookings).to.deep.equal({ booked: 4, arrived: 2, served: 2, noShow: 2, cancelled: 1 })
      expect(total.seats).to.deep.equal({ offered: 48, used: 5, usedPercent: 10.4 })
    })

    it('a range has every day once, closed ones too, and the sum of all', async () => {
      const { days, total } = await figures('2026-11-20', '2027-01-05')
      expect(days).to.have.length(47)
      const dates = days.map(({ date }: { date: string }) => date) as string[]
      expect(dates.every((date, i) => i === 0 || date > (dates[i - 1] ?? ''))).to.equal(true)
      expect([dates[0], dates.at(-1)]).to.deep.equal(['2026-11-20', '2027-01-05'])
      const of = (day: string) => days.find(({ date }: { date: string }) => date === day)
      expect(of('2026-11-22').seats, 'a Sunday').to.deep.equal({ offered: 0, used: 0, usedPercent: null })
      expect(of('2026-12-08').seats.offered, 'a holiday').to.equal(0)
      expect(total.tickets.issued).to.equal(6)
      const offered = days.reduce((sum: number, day: { seats: { offered: number } }) => sum + day.seats.offered, 0)
      expect(total.seats.offered).to.equal(offered)
    })

    const bad: [query: string, field: string, code: string][] = [
      ['', 'from', 'required'],
      ['?from=2026-11-24', 'to', 'required'],
      ['?from=2026-02-31&to=2026-03-01', 'from', 'day'],
      ['?from=2026-11-25&to=2026-11-24', '', 'order'],
      ['?from=2025-01-01&to=2026-01-02', '', 'too-many-days'],
      ['?from=2026-11-24&to=2026-11-24&site=magenta', 'site', 'unknown-field'],
      ['?from=2026-11-24&from=2026-11-24&to=2026-11-24', 'from', 'type'],
    ]
    for (const [query, field, code] of bad)
      for (const path of [PATH, `${PATH}.csv`])
        it(`${path}${query} is a 400`, async () => {
          const { status, body } = await manager.get(path + query)
          expect(status).to.equal(400)
          expect(body.errors[0]).to.include({ field, code })
        })

    it('a leap year is asked for at once', async () => {
      expect((await manager.get(`${PATH}?from=2028-01-01&to=2028-12-31`)).body.days).to.have.length(366)
    })

    it('are a manager’s, at the own sites; who asks is found out before what is asked', async () => {
      const range = `?from=${THE_DAY}&to=${THE_DAY}`
      const operator = await signedIn(app, { username: 'olga' })
      const admin = await signedIn(app, { role: 'admin' })
      for (const end of [PATH, `${PATH}.csv`]) {
        expect((await app.api.get(`${end}?nonsense`)).status).to.equal(401)
        expect((await operator.get(`${end}?nonsense`)).status).to.equal(403)
        expect((await manager.get(`${end.replace('legnano', 'magenta')}${range}`)).status).to.equal(403)
        expect((await admin.get(`${end.replace('legnano', 'magenta')}${range}`)).status).to.equal(200)
        expect((await admin.get(`${end.replace('legnano', 'nowhere')}${range}`)).status).to.equal(404)
      }
    })
  })
})
