import { expect } from 'chai'
import { bookingsLeftOutside, makeResolveLeftOutside } from '../../../src/bookings/index.js'
import { makeAddClosure } from '../../../src/scheduling/index.js'
import { startApp, type TestApp } from '../../support/app.js'
import { visitorOf } from '../../support/builders.js'
import { forEachEngine } from '../../support/engines.js'

const SEAT = { siteId: 'legnano', serviceId: 'scelta-revoca', persons: 1 }

forEachEngine((engine) => {
  describe(`a strike closes a morning on ${engine.name} (S5, S8)`, () => {
    let app: TestApp
    before(async () => {
      app = await startApp(engine)
    })
    after(() => app.close())

    const book = (n: number, start: string) =>
      app.unitOfWork.run((tx) =>
        app.bookings.bookSlot(tx, {
          seat: { ...SEAT, startsAt: new Date(start) },
          visitor: visitorOf(n),
          notes: null,
          lang: 'it',
        }),
      )
    const outside = async () => {
      const plan = await app.calendars.planOf(SEAT.siteId, SEAT.serviceId)
      return plan ? bookingsLeftOutside(app.database.dataSource.manager, plan, app.clock()) : []
    }
    const resolve = (codes: string[], action: 'cancel' | 'offer-move') =>
      app.unitOfWork.run((tx) =>
        makeResolveLeftOutside({ ...app.bookingDeps, calendars: app.calendars })(tx, {
          ...SEAT,
          codes,
          action,
          who: 'manager',
          reason: 'sciopero',
        }),
      )

    it('lists who is hit and touches nobody; one confirmed action cancels them with a mail each', async () => {
      const hit = [await book(1, '2026-11-24T09:00:00+01:00'), await book(2, '2026-11-24T09:15:00+01:00')]
      const spared = await book(3, '2026-11-25T09:00:00+01:00')
      expect(await outside()).to.deep.equal([])

      const addClosure = makeAddClosure({ clock: app.clock, events: app.events })
      const range = { fromOn: '2026-11-24', toOn: '2026-11-25' }
      const closure = { siteId: 'legnano', calendarId: null, range, reason: 'sciopero', isPublic: true, who: 'manager' }
      await app.unitOfWork.run((tx) => addClosure(tx, closure))

      const codes = (await outside()).map(({ code }) => String(code))
      expect(codes).to.deep.equal(hit.map(({ code }) => code))
      for (const { id } of hit) expect((await app.bookings.findById(id))?.status).to.equal('confirmed')

      const stale = await resolve(codes.slice(1), 'cancel').catch((error: unknown) => error)
      expect(stale).to.include({ kind: 'conflict', code: 'list-changed' })

      expect(await resolve(codes, 'offer-move')).to.have.length(2)
      expect(await resolve(codes, 'offer-move'), 'asked once, however often').to.have.length(2)
      const cancelled = await resolve(codes, 'cancel')
      expect(cancelled.map(({ status }) => status)).to.deep.equal(['cancelled', 'cancelled'])
      expect((await app.bookings.findById(spared.id))?.status).to.equal('confirmed')
      expect(await outside()).to.deep.equal([])

      const mails = await app.database.dataSource.manager.find('outbox', { select: { kind: true } })
      const kinds = (mails as { kind: string }[]).map(({ kind }) => kind).sort()
      expect(kinds.filter((kind) => kind === 'closed-by-site')).to.have.length(2)
      expect(kinds.filter((kind) => kind === 'move-offered')).to.have.length(2)
    })
  })
})
