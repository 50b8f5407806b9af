import { expect } from 'chai'
import { startApp, type TestApp } from '../../support/app.js'
import { visitorOf } from '../../support/builders.js'
import { at, booked } from '../../support/crowd.js'
import { forEachEngine } from '../../support/engines.js'
import { signedIn, type StaffClient } from '../../support/staff.js'

forEachEngine((engine) => {
  describe('who the person at the desk is', function () {
    this.timeout(60_000)
    let app: TestApp
    let operator: StaffClient
    let code: string
    const visitor = visitorOf(1, { firstName: 'Nicolò', lastName: "D'Angelo-Müller", phone: '347 1234567' })
    before(async () => {
      app = await startApp(engine, { now: at('07:00') })
      ;({ code } = await booked(app, 1, { start: at('08:30'), visitor }))
      await booked(app, 2, { start: at('09:00'), visitor: visitorOf(2, { firstName: 'Ada', lastName: 'Rossi' }) })
      await booked(app, 3, { start: at('09:15', '2026-11-26') })
      app.clock.set(at('08:31'))
      operator = await signedIn(app)
      await operator.post('/sites/legnano/check-ins', { code })
      await operator.post('/sites/legnano/walk-ins', { service: 'accesso-diretto' })
    })
    after(() => app.close())

    const find = async (q: string, more = '') =>
      (await operator.get(`/sites/legnano/visits?q=${encodeURIComponent(q)}${more}`)).body
    const found = async (q: string, more = '') =>
      (await find(q, more)).visits.map(
        ({ booking, ticket }: Record<string, Record<string, never>>) =>
          `${booking?.['code'] === code} ${ticket?.['number']}`,
      )

    for (const [how, q] of [
      ['name, without marks, apostrophe and hyphen', 'dangelo muller'],
      ['name, as it is written', 'D’Angelo-Müller Nicolò'],
      ['the beginning of a name', 'nico'],
      ['phone, as one reads it aloud', '347 12 34 567'],
      ['phone with the prefix', '+39 347 1234567'],
      ['tax code, in small letters', () => visitor.taxCode.toLowerCase()],
      ['code, with a blank', () => `${code.slice(0, 4)} ${code.slice(4).toLowerCase()}`],
      ['number, without noughts', 'p1'],
    ] as const) {
      it(`by ${how}`, async () => {
        expect(await found(typeof q === 'string' ? q : q())).to.deep.equal(['true P001'])
      })
    }

    it('booking and ticket together, with what staff may see and the messages; never a secret or a tax code', async () => {
      const { visits } = await find(code)
      expect(visits[0].booking).to.deep.include({ code, status: 'arrived' })
      expect(visits[0].booking.messages.map(({ kind }: { kind: string }) => kind)).to.deep.equal(['confirmed'])
      expect(visits[0].ticket).to.include({ number: 'P001', status: 'waiting', day: '2026-11-24' })
      expect(JSON.stringify(visits))
        .to.not.contain(visitor.taxCode)
        .and.not.match(/token|manageUrl/)
    })

    it('all of today without a word; other days when they are asked for', async () => {
      expect(await found('')).to.have.members(['false D001', 'false undefined', 'true P001'])
      expect(await found('', '&from=2026-11-25&to=2026-11-30')).to.deep.equal(['false undefined'])
      expect(await found('nobody of this name')).to.deep.equal([])
      for (const days of ['from=2026-11-30&to=2026-11-01', 'from=2026-01-01&to=2026-11-01'])
        expect((await operator.get(`/sites/legnano/visits?${days}`)).status, days).to.equal(400)
    })

    it('is for staff of the site, and each look is on record without what was typed (A1, A3)', async () => {
      expect((await app.api.get('/sites/legnano/visits?q=rossi')).status).to.equal(401)
      const elsewhere = await signedIn(app, { username: 'altrove', sites: ['magenta'] })
      expect((await elsewhere.get('/sites/legnano/visits?q=rossi')).status).to.equal(403)
      await find(visitor.taxCode)
      const { audit_record: audit } = await app.database.contents()
      const looks = (audit as Record<string, string>[]).filter((row) => row['row_what'] === 'find-visits')
      expect(looks.at(-1)?.['row_to_state']).to.equal('2026-11-24–2026-11-24 by tax-code: 1')
      expect(JSON.stringify(looks)).to.not.match(/angelo|rossi|RSS|347/i)
    })
  })
})
