import { expect } from 'chai'
import { at, booked, freeAt } from '../../support/crowd.js'
import { forEachEngine } from '../../support/engines.js'
import { scene } from './scene.js'

describe('cancelling by the mailed link (K7)', () => {
  forEachEngine((engine) => {
    const s = scene(engine)
    const cancel = (token: string) => s.app.api.post(`/bookings/${token}/cancel`)

    it('H03: gives the seats back at once, one mail, and the link shows it', async () => {
      const start = at('08:30', s.day())
      const { code, token } = await booked(s.app, s.person(), { start, persons: 4 })
      const { status, body } = await cancel(token)
      expect([status, body.booking.status, body.booking.code]).to.deep.equal([200, 'cancelled', code])
      expect(await freeAt(s.app, start)).to.equal(2)
      expect(await freeAt(s.app, start.replace('08:30', '08:45'))).to.equal(2)
      expect(await s.mails(code)).to.deep.equal(['cancelled', 'confirmed'])
      expect((await s.app.api.get(`/bookings/${token}`)).body).to.deep.equal(body)
      expect((await s.row(code)).sequence).to.equal(1) // L5
    })

    it('a second time, also much later, the same answer: no second seat, no second mail', async () => {
      const start = at('08:30', s.day())
      await booked(s.app, s.person(), { start })
      const { code, token } = await booked(s.app, s.person(), { start })
      const first = await cancel(token)
      const second = await cancel(token)
      s.app.clock.set('2027-03-01T09:00:00+01:00')
      const late = await cancel(token)
      for (const again of [second, late]) expect([again.status, again.body]).to.deep.equal([200, first.body])
      expect(await s.mails(code)).to.deep.equal(['cancelled', 'confirmed'])
      s.app.clock.set('2026-11-23T09:00:00+01:00')
      expect(await freeAt(s.app, start)).to.equal(1)
    })

    it('until the slot starts: a second before it is possible, at the start it is too late', async () => {
      const [one, two] = [
        await booked(s.app, s.person(), { start: at('08:30') }),
        await booked(s.app, s.person(), { start: at('08:30') }),
      ]
      s.app.clock.set('2026-11-24T08:29:59+01:00')
      expect((await cancel(one.token)).status).to.equal(200)
      s.app.clock.set('2026-11-24T08:30:00+01:00')
      expect((await cancel(two.token)).body).to.include({ status: 409, code: 'too-late' })
      expect((await s.app.api.get(`/bookings/${two.token}`)).body.booking.status).to.equal('confirmed')
    })

    it('L2, T09: a forged token is a 404 like an unknown one: by case, a space, a letter more or less', async () => {
      const { token } = await booked(s.app, s.person(), { start: at('08:30', s.day()) })
      const before = await s.app.database.contents()
      const forged = [
        token.toUpperCase(),
        token.toLowerCase(),
        `${token}%20`,
        `%20${token}`,
        `${token}A`,
        token.slice(0, -1),
        '0',
        'true',
        '[]',
        '%00',
        'a'.repeat(43),
        'x'.repeat(5000),
      ]
      const bodies = new Set<string>()
      for (const wrong of forged) {
        for (const path of [`/bookings/${wrong}/cancel`, `/bookings/${wrong}/confirm`]) {
          const { status, body } = await s.app.api.post(path)
          expect(status, path.slice(0, 80)).to.equal(404)
          bodies.add(JSON.stringify(body))
        }
        expect((await s.app.api.get(`/bookings/${wrong}`)).status).to.equal(404)
        expect((await s.app.api.get(`/bookings/${wrong}/calendar.ics`)).status).to.equal(404)
      }
      expect(bodies.size).to.equal(1)
      expect(await s.app.database.contents()).to.deep.equal(before)
    })
  })
})
