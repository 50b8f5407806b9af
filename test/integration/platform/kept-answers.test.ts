import { expect } from 'chai'
import { conflict, unavailable } from '../../../src/kernel/app-error.js'
import { KeptAnswerEntity } from '../../../src/platform/db/kept-answer.entity.js'
import { UnitOfWork } from '../../../src/platform/db/unit-of-work.js'
import { KeptAnswers, type OnceRequest } from '../../../src/platform/http/kept-answers.js'
import { JobRunEntity } from '../../../src/platform/jobs/job-run.entity.js'
import { makeSecrets } from '../../../src/platform/secrets.js'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'
import { forEachEngine } from '../../support/engines.js'
import { sleep } from '../../support/servers.js'
import { testClock } from '../../support/test-clock.js'

const secrets = makeSecrets('k'.repeat(32))
const ID = '00000000-0000-4000-8000-000000000001'
const TOKEN = secrets.tokenFor('booking', ID)

describe('answers kept for a key (K9)', () => {
  forEachEngine((engine) => {
    let database: TestDatabase
    const clock = testClock('2026-11-23T08:00:00Z')
    let one: KeptAnswers
    let other: KeptAnswers
    let worked: number
    before(async () => {
      database = await openTestDatabase(engine)
      const { dataSource } = database
      const make = () => new KeptAnswers({ dataSource, unitOfWork: new UnitOfWork(dataSource), clock, secrets })
      one = make()
      other = make() // as on another instance: nothing in memory is shared
    })
    beforeEach(async () => {
      await database.clear()
      clock.set('2026-11-23T08:00:00Z')
      worked = 0
    })
    after(() => database.close())

    const refusal: OnceRequest['refusal'] = (error) => ({ status: 409, body: { code: error.code } })
    /** Leaves a row, so that a second run shows. */
    const request = (part: Partial<OnceRequest> = {}): OnceRequest => ({
      key: 'k-1',
      content: 'POST /x {"a":1}',
      work: async ({ em }) => {
        worked++
        await em.insert(JobRunEntity, { job: `run-${worked}-${performance.now()}`, dueAt: new Date(0) })
        return { status: 201, body: { number: worked, token: TOKEN }, secrets: [{ kind: 'booking', id: ID }] }
      },
      refusal,
      ...part,
    })
    const codeOf = (answer: Promise<unknown>) =>
      answer.then(
        () => 'answered',
        (error: Error) => error.message,
      )
    const done = () => database.dataSource.manager.count(JobRunEntity)

    it('a retry gets the first answer, token included, on this instance and on another', async () => {
      const first = await one.once(request())
      for (const again of [await one.once(request()), await other.once(request())]) {
        expect(again).to.deep.equal({ status: 201, body: first.body })
      }
      expect(first.body).to.deep.equal({ number: 1, token: TOKEN })
      expect(await done()).to.equal(1)
    })

    it('while the first is still running the copies wait for it', async () => {
      const slow = request({
        work: async (tx) => {
          const answer = await request().work(tx)
          await sleep(30)
          return answer
        },
      })
      const answers = await Promise.all(Array.from({ length: 8 }, () => one.once(slow)))
      expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).to.equal(1)
      expect(await done()).to.equal(1)
    })

    it('copies that reach two instances at once are one', async () => {
      for (let round = 0; round < 10; round++) {
        const copies = Array.from({ length: 6 }, (_, copy) =>
          (copy % 2 ? one : other).once(request({ key: `round-${round}` })),
        )
        const answers = await Promise.all(copies)
        expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size, `round ${round}`).to.equal(1)
      }
      expect(await done()).to.equal(10)
    })

    it('the same key with other content is refused, later and while the first runs, and nothing is done', async () => {
      const first = one.once(request())
      const second = codeOf(one.once(request({ content: 'POST /x {"a":2}' })))
      await first
      expect(await second).to.equal('idempotency-key-reused')
      expect(await codeOf(other.once(request({ content: 'POST /y {"a":1}' })))).to.equal('idempotency-key-reused')
      expect(await done()).to.equal(1)
    })

    it('other keys do not mind', async () => {
      await one.once(request())
      await one.once(request({ key: 'k-2', content: 'POST /x {"a":2}' }))
      expect(await done()).to.equal(2)
    })

    it('it is kept 24 hours, then the work is done anew', async () => {
      await one.once(request())
      clock.advanceMinutes(24 * 60 - 1)
      expect((await one.once(request())).body).to.include({ number: 1 })
      clock.advanceMinutes(1)
      expect((await one.once(request())).body).to.include({ number: 2 })
      expect((await other.once(request())).body).to.include({ number: 2 })
      expect(await done()).to.equal(2)
    })

    it('a refusal is an answer too: kept, and what it had written is undone', async () => {
      const refused = request({
        work: async (tx) => {
          await request().work(tx)
          throw conflict('slot-full')
        },
      })
      for (const instance of [one, one, other]) {
        expect(await instance.once(refused)).to.deep.include({ status: 409, body: { code: 'slot-full' } })
      }
      expect([worked, await done()]).to.deep.equal([1, 0])
    })

    it('what is nobody’s answer is not kept: a database that is away, a bug; the retry does the work', async () => {
      for (const error of [unavailable('database-away'), new TypeError('a bug')]) {
        const failing = request({
          work: async (tx) => {
            await request().work(tx)
            throw error
          },
        })
        expect(await codeOf(one.once(failing))).to.equal(error.message)
      }
      expect(await done()).to.equal(0)
      expect((await one.once(request())).status).to.equal(201)
      expect(await done()).to.equal(1)
    })

    it('L1, H17: at rest there is neither the token nor the key, nor the content', async () => {
      const key = 'a-key-somebody-chose'
      await one.once(request({ key, content: 'POST /x {"taxCode":"RSSMRA85T10A562S"}' }))
      const text = JSON.stringify(await database.dataSource.manager.find(KeptAnswerEntity))
      expect(text).to.include('"body":"sealed:')
      for (const secret of [TOKEN, ID, key, 'RSSMRA85T10A562S']) expect(text).not.to.include(secret)
    })

    it('an answer without a body comes back without one', async () => {
      const empty = request({ work: () => Promise.resolve({ status: 204 }) })
      expect([(await one.once(empty)).body, (await other.once(empty)).body]).to.deep.equal([undefined, undefined])
    })
  })
})
