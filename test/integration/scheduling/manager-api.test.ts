import { expect } from 'chai'
import { startApp, type TestApp } from '../../support/app.js'
import { aRule, aVisitor, aWindow, THE_DAY, visitorOf } from '../../support/builders.js'
import { forEachEngine } from '../../support/engines.js'
import { signedIn, type StaffClient } from '../../support/staff.js'

const CALENDAR = '/sites/legnano/calendars/scelta-revoca'
const calendar = (part: object = {}) => ({
  services: ['scelta-revoca'],
  rules: [aRule()],
  minNoticeMinutes: 60,
  horizonDays: 30,
  ...part,
})

forEachEngine((engine) => {
  describe('a manager’s calendars (contract.md)', () => {
    let app: TestApp
    let manager: StaffClient
    let operator: StaffClient
    beforeEach(async () => {
      app = await startApp(engine)
      manager = await signedIn(app, { role: 'manager' })
      operator = await signedIn(app)
    })
    afterEach(() => app.close())
    const book = async (number: number, time = '08:30') => {
      const { phone: _, ...visitor } = visitorOf(number)
      const answer = await app.api.post('/bookings', {
        site: 'legnano',
        service: 'scelta-revoca',
        start: `${THE_DAY}T${time}:00+01:00`,
        visitor,
      })
      expect(answer.status, JSON.stringify(answer.body)).to.equal(201)
      return answer.body.booking as { code: string; token: string }
    }
    const mails = async (kind: string) =>
      ((await app.database.contents()).outbox as Record<string, unknown>[]).filter((row) => row.row_kind === kind)
        .length

    it('are listed and shown as they were saved', async () => {
      const saved = await manager.put(CALENDAR, calendar({ rules: [aRule({ slotMinutes: 25 })] }))
      expect([saved.status, saved.body.unusedMinutes, saved.body.affected]).to.deep.equal([200, [15], []])
      const shown = { id: 'scelta-revoca', ...calendar({ rules: [aRule({ slotMinutes: 25 })] }) }
      expect((await manager.get(CALENDAR)).body).to.deep.equal({ calendar: shown })
      expect((await manager.get('/sites/legnano/calendars')).body).to.deep.equal({ calendars: [shown] })
    })

    it('are made with 201 and deleted', async () => {
      expect((await manager.delete(CALENDAR)).status).to.equal(204)
      const path = '/sites/legnano/calendars/mattina'
      expect((await manager.put(path, calendar())).status).to.equal(201)
      expect((await manager.put(path, calendar())).status).to.equal(200)
      expect((await manager.delete(path)).status).to.equal(204)
      expect((await manager.delete(path)).status).to.equal(404)
      expect((await manager.get(path)).status).to.equal(404)
    })

    const faults: [string, object, number, string, string][] = [
      ['rules that overlap', { rules: [aRule(), aRule()] }, 422, 'rule-overlap', 'rules[1].from'],
      [
        'a rule that never gives a slot',
        { rules: [aRule({ rrule: 'FREQ=DAILY;UNTIL=20250101' })] },
        422,
        'rule-empty',
        'rules[0].rrule',
      ],
      ['an end before the start', { rules: [aRule({ to: '08:00' })] }, 422, 'rule-times', 'rules[0].to'],
      ['no recurrence', { rules: [aRule({ rrule: 'every day' })] }, 422, 'rule-recurrence', 'rules[0].rrule'],
      ['no seats', { rules: [aRule({ seats: 0 })] }, 422, 'rule-seats', 'rules[0].seats'],
      ['a notice beyond a month', { minNoticeMinutes: 43_201 }, 422, 'invalid', 'minNoticeMinutes'],
      ['a service of nobody', { services: ['massaggi'] }, 422, 'invalid', 'services[0]'],
      ['a service that is not booked', { services: ['scelta-revoca', 'neonati'] }, 422, 'invalid', 'services[1]'],
      [
        'case K05: a notice longer than the horizon',
        { minNoticeMinutes: 43_200, horizonDays: 7 },
        422,
        'rule-empty',
        'minNoticeMinutes',
      ],
      ['seats in words', { rules: [{ ...aRule(), seats: '2' }] }, 400, 'invalid', 'rules[0].seats'],
      ['an unknown field', { version: 7 }, 400, 'invalid', 'version'],
    ]
    for (const [title, part, status, code, field] of faults) {
      it(`refuse ${title}`, async () => {
        const { status: got, body } = await manager.put(CALENDAR, calendar(part))
        expect([got, body.code, body.errors[0].field]).to.deep.equal([status, code, field])
      })
    }

    it('are nobody else’s: operators, other sites’ managers, the public (A1)', async () => {
      const other = await signedIn(app, { role: 'manager', username: 'other', sites: ['magenta'] })
      for (const [method, path] of [
        ['GET', '/sites/legnano/calendars'],
        ['GET', CALENDAR],
        ['PUT', CALENDAR],
        ['DELETE', CALENDAR],
        ['GET', '/sites/legnano/exceptions'],
        ['POST', '/sites/legnano/closures'],
        ['POST', '/sites/legnano/openings'],
        ['PATCH', '/sites/legnano'],
        ['POST', '/sites/legnano/closures/3f0f7f6e-0000-4000-8000-000000000001/resolve'],
      ] as const) {
        const body = method === 'GET' || method === 'DELETE' ? undefined : {}
        const statuses = [
          await operator.call(method, path, body),
          await other.call(method, path, body),
          await app.api.call(method, path),
        ]
        expect(
          statuses.map(({ status }) => status),
          `${method} ${path}`,
        ).to.deep.equal([403, 403, 401])
      }
    })

    it('changed leave every booking, and list those left outside (S8)', async () => {
      const [inside, outside] = [await book(1, '10:00'), await book(2, '08:30')]
      const { body } = await manager.put(CALENDAR, calendar({ rules: [aRule({ from: '09:00' })] }))
      expect(body.affected).to.deep.equal([outside.code])
      for (const { token } of [inside, outside]) {
        expect((await app.api.get(`/bookings/${token}`)).body.booking.status).to.equal('confirmed')
      }
    })

    it('with bookings ahead are not deleted', async () => {
      const { code } = await book(1)
      const answer = await manager.delete(CALENDAR)
      expect([answer.status, answer.body.code, answer.body.affected]).to.deep.equal([409, 'bookings-ahead', [code]])
      expect((await manager.get(CALENDAR)).status).to.equal(200)
      await book(2)
    })

    it('close for days: no slot, the reason for all to read, bookings kept until the closure is resolved (S5, S8)', async () => {
      const booked = await book(1)
      const range = { from: THE_DAY, to: '2026-11-25' }
      const { status, body } = await manager.post('/sites/legnano/closures', {
        ...range,
        reason: 'Assemblea',
        public: true,
      })
      expect([status, body.affected]).to.deep.equal([201, [booked.code]])
      expect(body.closure).to.deep.include({ ...range, reason: 'Assemblea', public: true, calendar: null })
      const { days } = (await app.api.get(`/sites/legnano/services/scelta-revoca/days?from=${THE_DAY}&to=${THE_DAY}`))
        .body
      expect([days[0].free, days[0].reason.code]).to.deep.equal([0, 'closed'])
      expect(days[0].reason.text).to.include('Assemblea')
      const path = `/sites/legnano/closures/${body.closure.id}`
      const resolved = await manager.post(`${path}/resolve`, { action: 'cancel' })
      expect(
        resolved.body.bookings.map((one: { code: string; status: string }) => [one.code, one.status]),
      ).to.deep.equal([[booked.code, 'cancelled']])
      expect((await manager.post(`${path}/resolve`, { action: 'cancel' })).body.bookings).to.deep.equal([])
      expect(await mails('closed-by-site')).to.equal(1)
      expect((await manager.delete(path)).status).to.equal(204)
      expect((await manager.delete(path)).status).to.equal(404)
      await book(2)
    })

    it('close for hours, of one calendar, and touch no booking outside those hours', async () => {
      const [early, late] = [await book(1, '08:30'), await book(2, '10:00')]
      await manager.put(CALENDAR, calendar({ rules: [aRule({ from: '08:30', to: '10:00' })] }))
      const range = { from: `${THE_DAY}T08:00:00+01:00`, to: `${THE_DAY}T09:00:00+01:00` }
      const { body } = await manager.post('/sites/legnano/closures', {
        ...range,
        reason: 'Prova',
        public: false,
        calendar: 'scelta-revoca',
      })
      expect(body.affected).to.deep.equal([early.code])
      expect([body.closure.from, body.closure.to]).to.deep.equal([range.from, range.to])
      await manager.post(`/sites/legnano/closures/${body.closure.id}/resolve`, { action: 'offer-move' })
      expect(await mails('move-offered')).to.equal(1)
      expect((await app.api.get(`/bookings/${late.token}`)).body.booking.status).to.equal('confirmed')
    })

    for (const [title, part, status, code] of [
      ['an end before the start', { to: '2026-11-23' }, 422, 'order'],
      ['a day and an instant', { to: '2026-11-25T00:00:00Z' }, 422, 'both-alike'],
      ['a day that does not exist', { to: '2026-02-31' }, 400, 'instant'],
      ['no reason', { reason: undefined }, 422, 'required'],
    ] as const) {
      it(`do not close for ${title}`, async () => {
        const body = { from: THE_DAY, to: '2026-11-25', reason: 'x', public: true, ...part }
        const answer = await manager.post('/sites/legnano/closures', body)
        expect([answer.status, answer.body.errors[0].code]).to.deep.equal([status, code])
      })
    }

    it('open specially on a day, and give it back (S5)', async () => {
      const booked = await book(1, '10:00')
      const command = { calendar: 'scelta-revoca', date: THE_DAY, rules: [aWindow({ from: '14:00', to: '15:00' })] }
      const { status, body } = await manager.post('/sites/legnano/openings', command)
      expect([status, body.affected]).to.deep.equal([201, [booked.code]])
      expect(body.opening).to.deep.include(command)
      await book(2, '14:00')
      expect((await manager.get('/sites/legnano/exceptions')).body.openings).to.deep.equal([body.opening])
      const removed = await manager.delete(`/sites/legnano/openings/${body.opening.id}`)
      expect([removed.status, removed.body.affected.length]).to.deep.equal([200, 1])
      expect((await manager.delete(`/sites/legnano/openings/${body.opening.id}`)).status).to.equal(404)
    })

    it('stay open on a national holiday where the manager says so (S5)', async () => {
      const path = '/sites/legnano/services/scelta-revoca/days?from=2026-12-08&to=2026-12-08'
      const free = async () => (await app.api.get(path)).body.days[0].free
      expect(await free()).to.equal(0)
      const { status, body } = await manager.patch('/sites/legnano', {
        openOnHolidays: ['2026-12-08'],
        phone: '0331 000000',
      })
      expect([status, body.site.openOnHolidays, body.site.phone]).to.deep.equal([200, ['2026-12-08'], '0331 000000'])
      expect(await free()).to.be.greaterThan(0)
      expect((await manager.patch('/sites/legnano', { openOnHolidays: [] })).status).to.equal(200)
      expect(await free()).to.equal(0)
      expect((await manager.patch('/sites/legnano', { timeZone: 'UTC' })).status).to.equal(400)
    })

    it('leave who changed what in the audit record (A3)', async () => {
      await manager.put(CALENDAR, calendar())
      const { body } = await manager.post('/sites/legnano/closures', {
        from: THE_DAY,
        to: '2026-11-25',
        reason: 'Assemblea',
        public: true,
      })
      await manager.delete(`/sites/legnano/closures/${body.closure.id}`)
      await manager.patch('/sites/legnano', { name: 'Legnano' })
      const rows = (await app.database.contents()).audit_record as Record<string, unknown>[]
      expect(
        rows
          .filter(({ row_who: who }) => who === 'manager')
          .map((row) => [row.row_what, row.row_subject_id, row.row_reason]),
      ).to.deep.equal([
        ['sign-in', 'manager', null],
        ['save-calendar', 'legnano/scelta-revoca', null],
        ['add-closure', body.closure.id, 'Assemblea'],
        ['remove-closure', body.closure.id, null],
        ['change-site', 'legnano', null],
      ])
    })
  })

  describe('bookings at the desk (K10)', () => {
    let app: TestApp
    let operator: StaffClient
    beforeEach(async () => {
      app = await startApp(engine)
      operator = await signedIn(app)
    })
    afterEach(() => app.close())
    const at = (time: string, day = THE_DAY) => `${day}T${time}:00+01:00`
    const visitor = (number: number) => {
      const { phone: _, ...rest } = visitorOf(number)
      return rest
    }
    const book = (part: object = {}) =>
      operator.post('/sites/legnano/bookings', {
        service: 'scelta-revoca',
        start: at('08:30'),
        visitor: visitor(1),
        ...part,
      })
    const outcome = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code]

    it('are made like the public ones, in the operator’s name', async () => {
      const { status, body } = await book({ visitor: { ...aVisitor(), phone: '0331123456' }, notes: 'al telefono' })
      expect([status, body.booking.status]).to.deep.equal([201, 'confirmed'])
      const { bookings } = (await operator.get(`/sites/legnano/bookings?date=${THE_DAY}`)).body
      expect(bookings).to.deep.equal([
        {
          code: body.booking.code,
          site: 'legnano',
          service: 'scelta-revoca',
          start: at('08:30'),
          end: at('08:45'),
          persons: 1,
          people: [{ firstName: 'Maria', matter: null }],
          status: 'confirmed',
          visitor: { firstName: 'Maria', lastName: 'Rossi', email: 'maria.rossi@example.org', phone: '0331123456' },
          messages: [
            { kind: 'confirmed', channel: 'mail', state: 'waiting', cause: null, at: '2026-11-23T09:00:00+01:00' },
          ],
          notes: 'al telefono',
        },
      ])
      const rows = (await app.database.contents()).audit_record as Record<string, unknown>[]
      expect(rows.filter((row) => row.row_what === 'book-slot').map((row) => row.row_who)).to.deep.equal(['operator'])
      expect(JSON.stringify(rows)).not.to.include(aVisitor().taxCode)
    })

    it('keep K5 without a reason, and pass it with one', async () => {
      expect((await book()).status).to.equal(201)
      expect(outcome(await book({ start: at('09:00') }))).to.deep.equal([409, 'already-booked'])
      expect((await book({ start: at('09:00'), reason: 'due figli' })).status).to.equal(201)
      const rows = (await app.database.contents()).audit_record as Record<string, unknown>[]
      expect(rows.filter((row) => row.row_what === 'book-slot').map((row) => row.row_reason)).to.deep.equal([
        null,
        'due figli',
      ])
    })

    it('keep S6 without a reason, and pass it with one', async () => {
      app.clock.set(at('08:20'))
      await operator.signIn('operator')
      const [soon, far] = [{ start: at('08:30') }, { start: at('08:30', '2027-01-12') }]
      for (const when of [soon, far])
        expect(outcome(await book({ ...when, visitor: visitor(2) }))).to.deep.equal([422, 'not-offered'])
      for (const when of [soon, far]) {
        expect((await book({ ...when, visitor: visitor(2), reason: 'urgenza' })).status).to.equal(201)
      }
    })

    it('never pass K1: off the grid, closed, begun, elsewhere or full, whatever the reason', async () => {
      await app.saveCalendar({ rules: [aRule({ seats: 1 })] })
      const withReason = (part: object) => book({ reason: 'ordine del direttore', visitor: visitor(3), ...part })
      expect((await book()).status).to.equal(201)
      expect(outcome(await withReason({}))).to.deep.equal([409, 'slot-full'])
      for (const start of [
        at('08:31'),
        at('07:00'),
        at('08:30', '2026-11-29'),
        at('08:30', '2026-12-08'),
        at('08:45', '2026-11-23'),
      ]) {
        expect(outcome(await withReason({ start })), start).to.deep.equal([422, 'not-offered'])
      }
      expect(outcome(await withReason({ service: 'neonati' }))).to.deep.equal([422, 'not-offered'])
    })

    it('one capacity for the desk and the public: twenty want the last seat (K1, E27)', async () => {
      await app.saveCalendar({ rules: [aRule({ seats: 1 })] })
      const wanted = Array.from({ length: 20 }, (_, i) =>
        i % 2 === 0
          ? book({ visitor: visitor(i), reason: 'telefono' })
          : app.api.post('/bookings', {
              site: 'legnano',
              service: 'scelta-revoca',
              start: at('08:30'),
              visitor: visitor(i),
            }),
      )
      const statuses = (await Promise.all(wanted)).map(({ status }) => status)
      expect(statuses.filter((status) => status === 201)).to.have.length(1)
      expect(statuses.filter((status) => status === 409)).to.have.length(19)
    })

    it('are cancelled with a reason, by code in any case, once', async () => {
      const { code } = (await book()).body.booking
      const path = `/sites/legnano/bookings/${code.toLowerCase()}/cancel`
      expect((await operator.post(path)).status).to.equal(422)
      for (let i = 0; i < 2; i++) {
        const { status, body } = await operator.post(path, { reason: 'ha telefonato' })
        expect([status, body.booking.status]).to.deep.equal([200, 'cancelled'])
      }
      const rows = (await app.database.contents()).audit_record as Record<string, unknown>[]
      expect(
        rows.filter((row) => row.row_what === 'cancel-booking').map((row) => [row.row_who, row.row_reason]),
      ).to.deep.equal([['operator', 'ha telefonato']])
      expect((await book({ visitor: visitor(4) })).status).to.equal(201)
    })

    it('of another site are not this site’s to know', async () => {
      const { code } = (await book()).body.booking
      const other = await signedIn(app, { username: 'other', sites: ['magenta'] })
      expect((await other.post(`/sites/magenta/bookings/${code}/cancel`, { reason: 'x' })).status).to.equal(404)
      expect((await other.get(`/sites/legnano/bookings?date=${THE_DAY}`)).status).to.equal(403)
      expect((await app.api.get(`/sites/legnano/bookings?date=${THE_DAY}`)).status).to.equal(401)
    })
  })
})
