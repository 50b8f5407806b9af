import { expect } from 'chai'
import { startApp, type TestApp } from '../../support/app.js'
import { SQLITE } from '../../support/engines.js'
import { describeWith } from '../../support/needs.js'
import { Redis } from '../../support/redis.js'

const HOLD = { site: 'legnano', service: 'scelta-revoca', start: '2026-11-24T09:00:00+01:00' }

describeWith('Redis', 'a Redis that dies takes nothing with it (T21)', () => {
  let redis: Redis
  let app: TestApp
  before(async () => {
    redis = await Redis.create()
    app = await startApp(SQLITE, { settings: { REDIS_URL: redis.url, RATE_LIMITS: 'on' } })
  })
  after(async () => {
    await app.close()
    await redis.remove()
  })

  const ready = async () => (await fetch(`${app.url}/readyz`)).status

  it('bookings go on and are limited by each instance alone; only /readyz says so, at once', async () => {
    expect(await ready()).to.equal(200)
    await redis.kill()
    const startedMs = performance.now()
    expect(await ready()).to.equal(503)
    expect((await app.api.post('/holds', HOLD)).status).to.equal(201)
    expect((await app.api.get('/sites')).status).to.equal(200)
    expect(performance.now() - startedMs).to.be.below(3000)
  })

  it('it is ready again when Redis is', async () => {
    await redis.start()
    for (let tries = 0; tries < 100 && (await ready()) !== 200; tries++)
      await new Promise((done) => setTimeout(done, 100))
    expect(await ready()).to.equal(200)
  })

  it('a start without it says which setting is wrong, and waits for nothing', async () => {
    const failed = await startApp(SQLITE, { settings: { REDIS_URL: 'redis://127.0.0.1:1' } }).catch(
      (error: unknown) => error,
    )
    expect(failed).to.be.instanceOf(Error).with.property('message', 'REDIS_URL: cannot reach Redis at 127.0.0.1:1')
  })
})
