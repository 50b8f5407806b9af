import { expect } from 'chai'
import { startApp, type TestApp } from '../../support/app.js'
import { SQLITE } from '../../support/engines.js'
import { signedIn, type StaffClient } from '../../support/staff.js'
import { at } from './room.js'

/** Well-formed, and nobody's. */
const wrongCode = (n: number) => `ACDE${String(n).padStart(4, '2').replaceAll('0', '9').replaceAll('1', '8')}`

describe('how fast one kiosk may go (X8, D6)', function () {
  this.timeout(120_000)
  let app: TestApp
  let manager: StaffClient
  const begin = async (RATE_LIMITS: string) => {
    app = await startApp(SQLITE, { now: at('09:00'), settings: { RATE_LIMITS } })
    manager = await signedIn(app, { role: 'manager' })
  }
  afterEach(() => app.close())

  const paired = async () => {
    const { body } = await manager.post('/sites/legnano/devices', { kind: 'kiosk' })
    const { body: device } = await app.api.post('/devices/pair', { pairingCode: body.pairingCode })
    return { authorization: `Bearer ${device.token}` }
  }
  const tryCode = async (code: string, kiosk: Record<string, string>) => {
    const startedMs = performance.now()
    const { status } = await app.api.post('/sites/legnano/check-ins', { code }, kiosk)
    return { status, ms: performance.now() - startedMs }
  }
  const booked = async () => {
    app.clock.set(at('07:00'))
    const visitor = {
      firstName: 'Maria',
      lastName: 'Rossi',
      taxCode: 'RSSMRA85T10A562S',
      email: 'maria@example.org',
      comune: '015118',
    }
    const start = at('09:00').toISOString()
    const { body } = await app.api.post('/bookings', { site: 'legnano', service: 'scelta-revoca', start, visitor })
    app.clock.set(at('09:00'))
    return body.booking as { code: string; token: string }
  }

  it('case K22: after five wrong codes each waits, at this kiosk alone; the next right code still works', async () => {
    await begin('on')
    const { code, token } = await booked()
    const [kiosk, other] = [await paired(), await paired()]
    for (let n = 0; n < 5; n += 1) {
      const { status, ms } = await tryCode(wrongCode(n), kiosk)
      expect([status, ms < 700], `${n}: ${ms} ms`).to.deep.equal([404, true])
    }
    for (let n = 5; n < 8; n += 1) {
      const { status, ms } = await tryCode(wrongCode(n), kiosk)
      expect([status, ms >= 990], `${n}: ${ms} ms`).to.deep.equal([404, true])
    }
    expect((await tryCode(token, kiosk)).ms, 'a link is not guessed').to.be.below(700)
    expect((await tryCode(wrongCode(9), other)).ms).to.be.below(700)
    expect((await app.api.post('/sites/legnano/check-ins', { code: wrongCode(10) }, kiosk)).status).to.equal(404)
    const right = await tryCode(code, kiosk)
    expect([right.status, right.ms < 2500]).to.deep.equal([200, true])
  })

  it('X8: 240 numbers a minute; then 429 with Retry-After, for this kiosk alone, and staff goes on', async () => {
    await begin('on')
    const [kiosk, other] = [await paired(), await paired()]
    const draw = (headers: Record<string, string>) =>
      app.api.post('/sites/legnano/walk-ins', { service: 'accesso-diretto' }, headers)
    for (let drawn = 0; drawn < 240; drawn += 20) {
      const answers = await Promise.all(Array.from({ length: 20 }, () => draw(kiosk)))
      expect(answers.map(({ status }) => status)).to.deep.equal(Array(20).fill(201))
    }
    const { status, headers, body } = await draw(kiosk)
    expect([status, body.code]).to.deep.equal([429, 'too-many-requests'])
    expect(Number(headers.get('retry-after'))).to.be.within(1, 60)
    expect((await draw(other)).status).to.equal(201)
    expect((await manager.post('/sites/legnano/walk-ins', { service: 'accesso-diretto' })).status).to.equal(201)
  })

  it('RATE_LIMITS=off lifts both', async () => {
    await begin('off')
    const kiosk = await paired()
    for (let n = 0; n < 40; n += 1) {
      const { status, ms } = await tryCode(wrongCode(n), kiosk)
      expect([status, ms < 900], `${n}: ${ms} ms`).to.deep.equal([404, true])
    }
  })
})
