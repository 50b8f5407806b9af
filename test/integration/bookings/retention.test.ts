import { expect } from 'chai'
import { AuditRecordEntity } from '../../../src/audit/index.js'
import { VISITOR_FIELDS } from '../../../src/kernel/visitor-fields.js'
import { visitorOf } from '../../support/builders.js'
import { startApp, type TestApp } from '../../support/app.js'
import { forEachEngine } from '../../support/engines.js'
import { signedIn } from '../../support/staff.js'

const PERSONAL = [
  ...VISITOR_FIELDS.filter((field) => field !== 'taxCode'),
  ...(['emailKey', 'taxCodeSealed', 'personHash', 'notes'] as const),
]

forEachEngine((engine) => {
  describe(`ninety days after a visit its person is forgotten on ${engine.name} (A4)`, () => {
    let app: TestApp
    before(async () => {
      app = await startApp(engine)
    })
    after(() => app.close())

    it('reasons rest masked beside tickets, calls and counters too (A3)', async () => {
      const admin = await signedIn(app, { role: 'admin', username: 'masks' })
      const [taxCode, reason] = ['RSSMRA85T10A562S', `malore, RSSMRA85T10A562S ${'x'.repeat(175)}`]
      const draw = { service: 'accesso-diretto', override: { reason }, urgent: { reason } }
      const [first, second] = [
        (await admin.post('/sites/legnano/walk-ins', draw)).body.ticket.id,
        (await admin.post('/sites/legnano/walk-ins', { ...draw, urgent: null })).body.ticket.id,
      ]
      await admin.post('/counters/legnano-2/open')
      for (const [path, body] of [
        [`/tickets/${second}/urgent`, { reason }],
        [`/tickets/${first}/call`, { counter: 'legnano-2', reason }],
        [`/tickets/${first}/park`, { reason }],
        ['/counters/legnano-2/pause', { reason }],
      ] as const)
        expect((await admin.post(path, body)).status, path).to.equal(200)
      const all = JSON.stringify(await app.database.contents())
      expect(all).not.to.include(taxCode)
      expect(all.split('malore, [codice fiscale]').length).to.be.above(8)
      await admin.post('/counters/legnano-2/close')
    })

    it('the booking stays and is counted; a day earlier everything is still there', async () => {
      const seat = {
        siteId: 'legnano',
        serviceId: 'scelta-revoca',
        persons: 1,
        startsAt: new Date('2026-11-24T09:00:00+01:00'),
      }
      const command = { seat, visitor: visitorOf(1), notes: 'due figli', lang: 'it' } as const
      const staff = { who: 'anna', reason: 'la signora Rossi, vedova, viene con il figlio' }
      const admin = await signedIn(app, { role: 'admin' })
      const words = 'è svenuta in sala d’attesa'
      const drawn = await admin.post('/sites/legnano/walk-ins', {
        service: 'accesso-diretto',
        override: { reason: words },
      })
      const ticketPath = `/tickets/${drawn.body.ticket.id}`
      await admin.post(`${ticketPath}/urgent`, { reason: words })
      await admin.post('/counters/legnano-1/open')
      await admin.post(`${ticketPath}/call`, { counter: 'legnano-1', reason: words })
      expect((await admin.post(`${ticketPath}/park`, { reason: words })).status).to.equal(200)
      const told = async () => JSON.stringify(await app.database.contents('audit_record')).split(words).length - 1
      expect(await told()).to.be.at.least(3)
      const { id } = await app.unitOfWork.run((tx) => app.bookings.bookSlot(tx, { ...command, staff }))
      const reasons = async () => {
        const em = app.database.dataSource.manager
        const records = await em.findBy(AuditRecordEntity, { subjectKind: 'booking', subjectId: id })
        return records.map(({ who, reason }) => [who, reason]).filter(([who]) => who === 'anna')
      }
      expect(await reasons()).to.deep.equal([['anna', staff.reason]])
      app.clock.set('2027-02-21T09:00:00+01:00')
      await app.jobs.runAll()
      expect((await app.bookings.findById(id))?.lastName).to.equal(visitorOf(1).lastName)
      app.clock.set('2027-02-22T09:16:00+01:00')
      await app.jobs.runAll()
      const kept = await app.bookings.findById(id)
      expect(kept).to.include({ status: 'no-show', siteId: 'legnano' })
      expect(await told(), 'beside tickets and calls').to.equal(0)
      expect(JSON.stringify(await app.database.contents())).not.to.include(words)
      expect(await reasons(), 'what was written about the person').to.deep.equal([['anna', null]])
      for (const name of PERSONAL) expect(kept?.[name], name).to.equal(null)
    })
  })
})
