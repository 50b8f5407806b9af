import { expect } from 'chai'
import { BookingEntity, type BookingStatus, mailedToken } from '../../../src/bookings/index.js'
import { fingerprint } from '../../../src/platform/secrets.js'
import { at, bodyWithHold, SERVICE } from '../../support/crowd.js'
import { forEachEngine } from '../../support/engines.js'
import { aBooking, THE_DAY } from '../../support/builders.js'
import { scene } from './scene.js'

const STATUSES: BookingStatus[] = [
  'held',
  'pending',
  'confirmed',
  'arrived',
  'served',
  'no-show',
  'expired',
  'cancelled',
]
type Command = 'release' | 'book' | 'confirm' | 'cancel' | 'move'

/** K3: what each command makes of each state; a state in brackets is the `409 state` that names it. */
const TABLE: Record<Command, Record<BookingStatus, string>> = {
  release: {
    held: '204',
    pending: '[pending]',
    confirmed: '[confirmed]',
    arrived: '[arrived]',
    served: '[served]',
    'no-show': '[no-show]',
    expired: '204',
    cancelled: '[cancelled]',
  },
  book: {
    held: '201',
    pending: '[pending]',
    confirmed: '[confirmed]',
    arrived: '[arrived]',
    served: '[served]',
    'no-show': '[no-show]',
    expired: 'hold-expired',
    cancelled: '[cancelled]',
  },
  confirm: {
    held: '404',
    pending: '200',
    confirmed: '200',
    arrived: '[arrived]',
    served: '[served]',
    'no-show': '[no-show]',
    expired: '[expired]',
    cancelled: '[cancelled]',
  },
  cancel: {
    held: '404',
    pending: '200',
    confirmed: '200',
    arrived: '[arrived]',
    served: '[served]',
    'no-show': '[no-show]',
    expired: '[expired]',
    cancelled: '200',
  },
  move: {
    held: '404',
    pending: '[pending]',
    confirmed: '200',
    arrived: '[arrived]',
    served: '[served]',
    'no-show': '[no-show]',
    expired: '[expired]',
    cancelled: '[cancelled]',
  },
}

describe('the states of a booking (K3)', () => {
  forEachEngine((engine) => {
    const s = scene(engine, { trail: false })

    /** A booking in a state, with its seat as that state has it; `hold` and `token` are its secrets. */
    const planted = async (status: BookingStatus, expiresAt = new Date('2026-11-23T09:10:00+01:00')) => {
      const { secrets, unitOfWork, seats, events } = s.app
      const id = crypto.randomUUID()
      const startsAt = new Date(at('08:30', s.day()))
      const hold = secrets.tokenFor('hold', id)
      const isOpen = status === 'held' || status === 'pending'
      const booking = aBooking({
        id,
        startsAt,
        status,
        code: status === 'held' ? null : id.slice(0, 8).toUpperCase(),
        tokenHash: fingerprint(secrets.tokenFor('booking', id)),
        email: 'planted@example.org',
        holdHash: fingerprint(hold),
        expiresAt: isOpen ? expiresAt : null,
      })
      const token = mailedToken(secrets, booking)
      const now = s.app.clock()
      await unitOfWork.run(async (tx) => {
        await tx.em.insert(BookingEntity, booking)
        const plan = await seats.plan(tx, { siteId: 'legnano', serviceId: SERVICE, startsAt, persons: 1, now })
        if (isOpen) await seats.take(tx, plan, { now, claim: { holderId: id, until: expiresAt } })
        else if (status !== 'expired' && status !== 'cancelled') await seats.take(tx, plan, { now })
      })
      events.publish('outbox.added', {})
      return { id, hold, token, day: startsAt.toISOString().slice(0, 10) }
    }
    type Planted = Awaited<ReturnType<typeof planted>>

    const run = (command: Command, { hold, token, day }: Planted) => {
      if (command === 'release') return s.app.api.delete(`/holds/${hold}`)
      if (command === 'book') return s.app.api.post('/bookings', bodyWithHold(s.person(), hold))
      const body = command === 'move' ? { start: at('10:00', day) } : undefined
      return s.app.api.post(`/bookings/${token}/${command}`, body)
    }

    for (const command of Object.keys(TABLE) as Command[]) {
      for (const status of STATUSES) {
        const expected = TABLE[command][status]
        it(`${command} of what is ${status}: ${expected}`, async () => {
          const booking = await planted(status)
          const before = await s.app.database.contents('job_run')
          const answer = await run(command, booking)
          const said =
            answer.status < 400 || answer.status === 404
              ? `${answer.status}`
              : answer.body.state
                ? `[${answer.body.state}]`
                : answer.body.code
          expect(said, JSON.stringify(answer.body)).to.equal(expected)
          if (answer.status >= 400) expect(await s.app.database.contents('job_run')).to.deep.equal(before)
        })
      }
    }

    for (const status of ['held', 'pending'] as const) {
      it(`K4: what was ${status} and is past its time is expired for every command`, async () => {
        for (const command of Object.keys(TABLE) as Command[]) {
          const booking = await planted(status, new Date('2026-11-23T09:00:00+01:00'))
          const answer = await run(command, booking)
          const asExpired = TABLE[command][status] === '404' ? '404' : TABLE[command].expired
          const said =
            answer.status < 400 || answer.status === 404
              ? `${answer.status}`
              : answer.body.state
                ? `[${answer.body.state}]`
                : answer.body.code
          expect(said, command).to.equal(asExpired)
        }
      })
    }

    it('a command on what changes under its hands loses no change: a cancel cancels what was moved meanwhile', async () => {
      const { token, id } = await planted('confirmed')
      const answers = await Promise.all([
        s.app.api.post(`/bookings/${token}/cancel`),
        s.app.api.post(`/bookings/${token}/move`, { start: at('10:00', THE_DAY) }),
        s.app.api.post(`/bookings/${token}/move`, { start: at('10:15', THE_DAY) }),
        s.app.api.post(`/bookings/${token}/cancel`),
      ])
      for (const { status, body } of answers)
        expect(status === 200 || body.code === 'state', JSON.stringify(body)).to.equal(true)
      const row = await s.app.database.dataSource.manager.findOneByOrFail(BookingEntity, { id })
      expect([answers[0]?.status, answers[3]?.status]).to.deep.equal([200, 200])
      expect(row.status).to.equal('cancelled')
    })
  })
})
