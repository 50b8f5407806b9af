import { expect } from 'chai'
import { startApp, type TestApp } from '../../support/app.js'
import { forEachEngine } from '../../support/engines.js'
import { signedIn, type StaffClient } from '../../support/staff.js'

forEachEngine((engine) => {
  describe('devices (W6)', () => {
    let app: TestApp
    let manager: StaffClient
    before(async () => {
      app = await startApp(engine)
      manager = await signedIn(app, { role: 'manager' })
    })
    after(() => app.close())
    const invite = (kind = 'kiosk', headers = {}) => manager.post('/sites/legnano/devices', { kind }, headers)
    const pair = (pairingCode: unknown, headers = {}) => app.api.post('/devices/pair', { pairingCode }, headers)
    const actor = (token: string) => app.staff.authenticate({ authorization: `Bearer ${token}` })

    it('are paired by a short code that is told to the manager', async () => {
      const { status, body } = await invite()
      expect(status).to.equal(201)
      expect(body.pairingCode).to.match(/^[34679ACDEFGHJKMNPQRTWXY]{8}$/)
      expect(new Date(body.expiresAt).getTime() - app.clock().getTime()).to.equal(600_000)
      const paired = await pair(`${body.pairingCode.slice(0, 4).toLowerCase()}-${body.pairingCode.slice(4)}`)
      expect([paired.status, paired.body.site, paired.body.kind]).to.deep.equal([201, 'legnano', 'kiosk'])
      expect(await actor(paired.body.token)).to.include({ kind: 'device' })
    })

    it('use a code once, also two at once, but a retry is the same device', async () => {
      const { pairingCode } = (await invite()).body
      const answers = await Promise.all([pair(pairingCode), pair(pairingCode)])
      expect(answers.map(({ status }) => status)).to.have.members([201, 422])
      const other = (await invite()).body.pairingCode
      const [one, again] = [
        await pair(other, { 'idempotency-key': other }),
        await pair(other, { 'idempotency-key': other }),
      ]
      expect(again.body).to.deep.equal(one.body)
    })

    it('must be paired within ten minutes', async () => {
      const { pairingCode } = (await invite()).body
      app.clock.advanceMinutes(10)
      const answer = await pair(pairingCode)
      expect([answer.status, answer.body.code]).to.deep.equal([422, 'pairing-code'])
    })

    for (const wrong of [0, true, [], {}, '%', 'AAAAAAAA']) {
      it(`are not paired by ${JSON.stringify(wrong)} (T09)`, async () =>
        expect((await pair(wrong)).status).to.be.oneOf([400, 422]))
    }

    it('keep neither code nor token at rest', async () => {
      const { pairingCode } = (await invite('display', { 'idempotency-key': 'rest-1' })).body
      const { token } = (await pair(pairingCode, { 'idempotency-key': 'rest-2' })).body
      const rows = JSON.stringify(await app.database.contents())
      expect(rows).not.to.include(pairingCode).and.not.to.include(token)
    })

    it('are revoked at once', async () => {
      const { device, pairingCode } = (await invite()).body
      const { token } = (await pair(pairingCode)).body
      const listed = (await manager.get('/sites/legnano/devices')).body.devices
      expect(listed.map(({ id }: { id: string }) => id)).to.include(device.id)
      expect((await manager.delete(`/sites/legnano/devices/${device.id}`)).status).to.equal(204)
      expect(await actor(token)).to.equal(null)
      expect((await manager.delete(`/sites/legnano/devices/${device.id}`)).status).to.equal(404)
    })

    it('manage nothing: a kiosk’s token opens no manager’s door, with or without a cookie', async () => {
      const { token } = (await pair((await invite()).body.pairingCode)).body
      const headers = { authorization: `Bearer ${token}` }
      expect((await app.api.get('/sites/legnano/devices', headers)).status).to.equal(403)
      expect((await manager.get('/sites/legnano/devices', headers)).status).to.equal(403)
      expect((await manager.get('/sites/legnano/devices', { authorization: 'Bearer x' })).status).to.equal(401)
    })

    it('of another site are another manager’s', async () => {
      expect((await manager.post('/sites/magenta/devices', { kind: 'kiosk' })).status).to.equal(403)
      const admin = await signedIn(app, { role: 'admin' })
      expect((await admin.post('/sites/atlantide/devices', { kind: 'kiosk' })).status).to.equal(404)
      expect((await admin.post('/sites/magenta/devices', { kind: 'kiosk' })).status).to.equal(201)
    })

    it('leave who invited, paired and revoked them in the audit record (A3)', async () => {
      const { device, pairingCode } = (await invite()).body
      await pair(pairingCode)
      await manager.delete(`/sites/legnano/devices/${device.id}`)
      const rows = (await app.database.contents()).audit_record as Record<string, string>[]
      const about = rows.filter((row) => row.row_subject_id === device.id).map((row) => [row.row_who, row.row_what])
      expect(about).to.deep.equal([
        ['manager', 'invite-device'],
        [`kiosk:${device.id}`, 'pair-device'],
        ['manager', 'revoke-device'],
      ])
    })
  })
})
