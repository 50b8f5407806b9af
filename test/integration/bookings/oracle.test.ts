import { expect } from 'chai'
import type { EntityManager } from 'typeorm'
import { AuditRecordEntity } from '../../../src/audit/index.js'
import { BookingEntity } from '../../../src/bookings/index.js'
import { OutboxEntity } from '../../../src/platform/mail/outbox.entity.js'
import { SeatClaimEntity, TakenSeatsEntity } from '../../../src/seats/index.js'
import { startApp, type TestApp } from '../../support/app.js'
import { aRule } from '../../support/builders.js'
import { at, booked, held } from '../../support/crowd.js'
import { SQLITE } from '../../support/engines.js'
import { faultsOf } from '../../support/oracle.js'

describe('the oracle of invariants (traps.md) sees', () => {
  let app: TestApp
  beforeEach(async () => {
    app = await startApp(SQLITE)
    await app.saveCalendar({ rules: [aRule({ seats: 1 })] })
    const { token } = await booked(app, 1, { start: at('08:30'), persons: 3 })
    await app.api.post(`/bookings/${token}/move`, { start: at('09:00') })
    const { token: other } = await booked(app, 2, { start: at('10:00') })
    await app.api.post(`/bookings/${other}/cancel`)
    await held(app, { start: at('11:00'), persons: 2 })
  })
  afterEach(() => app.close())

  const faults = () => faultsOf({ dataSource: app.database.dataSource, now: app.clock() })
  const startsAt = new Date(at('09:00'))
  const planted: [title: string, found: RegExp, plant: (em: EntityManager) => Promise<unknown>][] = [
    [
      'a booking nobody counted',
      /I1: 2 of 1.*I2: 1 counted, 2 taken/,
      async (em) => {
        const row = await em.findOneByOrFail(BookingEntity, { status: 'confirmed' })
        await em.insert(BookingEntity, { ...row, id: 'x', code: 'x', tokenHash: 'x' })
      },
    ],
    [
      'a seat too many in the counter',
      /I2: 2 counted, 1 taken/,
      (em) => em.update(TakenSeatsEntity, { startsAt }, { taken: 2 }),
    ],
    [
      'a seat that was forgotten',
      /I2: 0 counted, 1 taken/,
      (em) => em.update(TakenSeatsEntity, { startsAt }, { taken: 0 }),
    ],
    [
      'a claim of nobody',
      /I13: a claim of nobody/,
      (em) => em.createQueryBuilder().update(SeatClaimEntity).set({ holderId: 'nobody' }).execute(),
    ],
    [
      'a hold without its claim',
      /0 claims for 1 slots/,
      (em) => em.createQueryBuilder().delete().from(SeatClaimEntity).execute(),
    ],
    [
      'a change without its audit record',
      /I4: the booking is cancelled .*its record says confirmed/,
      (em) => em.delete(AuditRecordEntity, { what: 'cancel-booking' }),
    ],
    [
      'a change of state that K3 does not know',
      /K3: arrive cancelled>arrived/,
      async (em) => {
        const row = await em.findOneByOrFail(AuditRecordEntity, { what: 'cancel-booking' })
        await em.insert(AuditRecordEntity, {
          ...row,
          id: 900,
          what: 'arrive',
          from: row.to,
          to: (row.to ?? '').replace('cancelled', 'arrived'),
        })
      },
    ],
    ['a mail that was never written', /I7: 0 mails, 1 owed: moved/, (em) => em.delete(OutboxEntity, { kind: 'moved' })],
    [
      'a mail about nothing',
      /I7: 1 mails, 0 owed: cancelled ghost/,
      async (em) => {
        const row = await em.findOneByOrFail(OutboxEntity, { kind: 'cancelled' })
        await em.insert(OutboxEntity, { ...row, id: 'x', subjectId: 'ghost' })
      },
    ],
  ]
  for (const [title, found, plant] of planted) {
    it(title, async () => {
      expect(await faults()).to.deep.equal([])
      await app.unitOfWork.run(({ em }) => plant(em))
      expect((await faults()).join(' ')).to.match(found)
    })
  }
})
