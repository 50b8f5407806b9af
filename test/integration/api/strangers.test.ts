import { expect } from 'chai'
import { startApp, type TestApp } from '../../support/app.js'
import { bodyOf } from '../../support/crowd.js'
import { forEachEngine } from '../../support/engines.js'
import { signedIn } from '../../support/staff.js'

forEachEngine((engine) => {
  describe('what strangers are not told (A4, A5)', function () {
    this.timeout(60_000)
    let app: TestApp
    before(async () => {
      app = await startApp(engine, { settings: { TRUST_PROXY: '1' } })
    })
    after(() => app.close())

    const from = (address: string, key: string) => ({ 'x-forwarded-for': address, 'idempotency-key': key })

    it('the same key and content from another address is no retry: no answer with somebody’s link in it (K9)', async () => {
      const first = await app.api.post('/bookings', bodyOf(1), from('198.51.100.7', 'one'))
      expect(first.status).to.equal(201)
      const again = await app.api.post('/bookings', bodyOf(1), from('198.51.100.7', 'one'))
      expect(again.body).to.deep.equal(first.body)
      const stranger = await app.api.post('/bookings', bodyOf(1), from('203.0.113.9', 'one'))
      expect([stranger.status, stranger.body.code]).to.deep.equal([409, 'already-booked'])
      expect(JSON.stringify(stranger.body)).not.to.include(first.body.booking.token)
      const key = await app.api.post('/bookings', bodyOf(2), from('203.0.113.9', 'one two'.replace(' ', '-')))
      expect(key.status).to.equal(201)
    })

    it('an address of the same /64 is the same asker', async () => {
      const first = await app.api.post('/bookings', bodyOf(3), from('2001:db8:1:2::1', 'six'))
      const again = await app.api.post('/bookings', bodyOf(3), from('2001:db8:1:2:aaaa::9', 'six'))
      expect([first.status, again.status]).to.deep.equal([201, 201])
      expect(again.body).to.deep.equal(first.body)
    })

    it('behind a proxy the figures are for whoever has the token alone', async () => {
      expect((await fetch(`${app.url}/metrics`)).status).to.equal(404)
    })

    it('whether a password would do is not judged for an account one may not change', async () => {
      await signedIn(app, { username: 'capo', role: 'admin' })
      const manager = await signedIn(app, { role: 'manager' })
      const weak = await manager.patch('/staff/capo', { password: 'short' })
      expect([weak.status, weak.body.code]).to.deep.equal([403, 'forbidden'])
      const good = await manager.patch('/staff/capo', { password: 'una password lunga abbastanza' })
      expect(good.status).to.equal(403)
    })
  })
})
