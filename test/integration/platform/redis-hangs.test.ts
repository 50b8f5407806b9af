import { expect } from 'chai'
import { EventBus } from '../../../src/platform/events.js'
import { makeLimits } from '../../../src/platform/http/limits.js'
import { makeLog } from '../../../src/platform/log.js'
import { openRedis } from '../../../src/platform/redis.js'
import { relayEvents } from '../../../src/platform/relay.js'
import { startApp, type TestApp } from '../../support/app.js'
import { SQLITE } from '../../support/engines.js'
import { describeWith } from '../../support/needs.js'
import { Redis } from '../../support/redis.js'
import { sleep } from '../../support/servers.js'
import { SlowLine } from '../../support/slow-line.js'

const HOLD = { site: 'legnano', service: 'scelta-revoca', start: '2026-11-24T09:00:00+01:00' }

interface Trouble {
  name: string
  begin: (redis: Redis, line: SlowLine) => Promise<void> | void
  end: (redis: Redis, line: SlowLine) => Promise<void> | void
}

const TROUBLES: Trouble[] = [
  { name: 'killed', begin: (redis) => redis.kill(), end: (redis) => redis.start() },
  { name: 'frozen', begin: (redis) => redis.freeze(), end: (redis) => redis.thaw() },
  {
    name: 'slow',
    begin: (_, line) => {
      line.delayMs = 1500
    },
    end: (_, line) => {
      line.delayMs = 0
    },
  },
]

const timed = async <T>(work: Promise<T>): Promise<{ value: T; ms: number }> => {
  const startedMs = performance.now()
  return { value: await work, ms: performance.now() - startedMs }
}

for (const trouble of TROUBLES) {
  describeWith('Redis', `a Redis that is ${trouble.name} (T51)`, () => {
    let redis: Redis
    let line: SlowLine
    let app: TestApp
    const start = async () => {
      const settings = { REDIS_URL: `redis://127.0.0.1:${line.port}`, RATE_LIMITS: 'on' }
      app = await startApp(SQLITE, { settings })
    }
    const status = async (path: string, init?: RequestInit) =>
      (await fetch(app.url + path, { signal: AbortSignal.timeout(20_000), ...init })).status
    const signIn = (username: string) =>
      app.api.post('/session', { username, password: 'none of ours at all' }).then((answer) => answer.status)
    const untilReady = async () => {
      for (let tries = 0; tries < 100 && (await status('/readyz')) !== 200; tries++) await sleep(100)
      return status('/readyz')
    }
    before(async () => {
      redis = await Redis.create()
      line = await SlowLine.to(redis.port)
    })
    after(async () => {
      redis.thaw()
      await app.close()
      await line.close()
      await redis.remove()
    })

    const answersAll = async () => {
      const ready = timed(status('/readyz'))
      const work = [
        timed(status('/')),
        timed(status('/api/v1/sites')),
        timed(app.api.post('/holds', HOLD).then((answer) => answer.status)),
        timed(signIn('somebody')),
      ]
      const answers = await Promise.all(work)
      expect(answers.map(({ value }) => value)).to.deep.equal([200, 200, 201, 401])
      for (const { ms } of answers) expect(ms).to.be.below(5000)
      expect((await ready).value).to.equal(503)
      expect((await ready).ms).to.be.below(2500)
    }

    it('at the start: the app starts without it, outlives what nobody awaits of it, and says so at /readyz (T21)', async () => {
      await trouble.begin(redis, line)
      const { ms } = await timed(start())
      expect(ms).to.be.below(10_000)
      await answersAll()
    })

    it('it is ready by itself when Redis is', async () => {
      await trouble.end(redis, line)
      expect(await untilReady()).to.equal(200)
    })

    it('later: every answer comes, and soon; only /readyz says no', async () => {
      await trouble.begin(redis, line)
      await app.api.call('DELETE', '/holds/none')
      await answersAll()
    })

    it('meanwhile bookings and reads are open, and who signs in is counted by this process alone', async () => {
      // More than anybody may read in a minute; not all at once, which a busy machine would turn away.
      const reads = new Set<number>()
      for (let asked = 0; asked < 320; asked += 40)
        for (const read of await Promise.all(Array.from({ length: 40 }, () => status('/api/v1/sites')))) reads.add(read)
      expect(reads).to.deep.equal(new Set([200]))
      const tries: number[] = []
      for (let attempt = 0; attempt < 12; attempt++) tries.push(await signIn('clerk'))
      expect(tries.slice(0, 3)).to.deep.equal([401, 401, 401])
      expect(tries.at(-1)).to.equal(429)
    })

    it('and again it is ready by itself', async () => {
      await trouble.end(redis, line)
      expect(await untilReady()).to.equal(200)
      expect(await status('/api/v1/sites')).to.equal(200)
    })
  })
}

describeWith('Redis', 'live events of two instances', () => {
  const instance = async (url: string) => {
    const lines: string[] = []
    const log = makeLog('warn', { write: (line) => void lines.push(line) })
    const [events, redis] = [new EventBus(log), await openRedis(url, log)]
    const heard: string[] = []
    relayEvents({ events, redis, log }, ['site.changed'])
    events.on('site.changed', ({ siteId }) => heard.push(siteId))
    return { events, redis, heard, lines }
  }

  it('T51: pass again by themselves after Redis has hung for so long that it was dialled anew', async () => {
    const redis = await Redis.create()
    const [one, two] = await Promise.all([instance(redis.url), instance(redis.url)])
    redis.freeze()
    await sleep(6500)
    redis.thaw()
    for (let tries = 0; tries < 100 && !two.heard.includes('legnano'); tries++) {
      one.events.publish('site.changed', { siteId: 'legnano' })
      await sleep(100)
    }
    expect(two.heard).to.include('legnano')
    const startedMs = performance.now()
    redis.freeze()
    await Promise.all([one.redis.close(), two.redis.close()])
    expect(performance.now() - startedMs).to.be.below(1500)
    await redis.remove()
  })

  it('count the same attempts together, each alone while Redis hangs', async () => {
    const redis = await Redis.create()
    const { redis: link } = await instance(redis.url)
    const [one, two] = [makeLimits(true, link), makeLimits(true, link)]
    const refused = (work: Promise<void>) =>
      work.then(
        () => false,
        () => true,
      )
    for (let n = 0; n < 10; n++) await (n % 2 ? one : two).spend('signInAs', 'somebody')
    expect([
      await refused(one.spend('signInAs', 'somebody')),
      await refused(two.spend('signInAs', 'other')),
    ]).to.deep.equal([true, false])
    redis.freeze()
    expect(await refused(one.spend('signInAs', 'somebody'))).to.equal(false)
    redis.thaw()
    await link.close()
    await redis.remove()
  })

  it('a start without Redis names the setting', async () => {
    const { redis, lines } = await instance('redis://127.0.0.1:1')
    expect(lines.join('')).to.include('REDIS_URL: cannot reach Redis at 127.0.0.1:1')
    await redis.close()
  })
})
