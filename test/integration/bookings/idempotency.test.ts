import { createHash, createHmac } from 'node:crypto'
import { expect } from 'chai'
import { KeptAnswerEntity } from '../../../src/platform/db/kept-answer.entity.js'
import { visitorOf } from '../../support/builders.js'
import { at, bodyOf, booked, freeAt, SERVICE, tally } from '../../support/crowd.js'
import { forEachEngine } from '../../support/engines.js'
import { scene } from './scene.js'

describe('Idempotency-Key on every POST (K9, contract.md)', () => {
  forEachEngine((engine) => {
    const s = scene(engine)
    let keys = 0
    const key = () => ({ 'idempotency-key': `key-${++keys}` })
    const post = (path: string, body: unknown, headers: Record<string, string>) => s.app.api.post(path, body, headers)

    const posts: [title: string, call: () => Promise<[path: string, body: unknown]>, status: number][] = [
      ['POST /holds', async () => ['/holds', { site: 'legnano', service: SERVICE, start: at('08:30', s.day()) }], 201],
      ['POST /bookings', async () => ['/bookings', bodyOf(s.person(), { start: at('08:30', s.day()) })], 201],
      [
        '…/cancel',
        async () => [
          `/bookings/${(await booked(s.app, s.person(), { start: at('08:30', s.day()) })).token}/cancel`,
          undefined,
        ],
        200,
      ],
      [
        '…/confirm',
        async () => [
          `/bookings/${(await booked(s.app, s.person(), { start: at('08:30', s.day()) })).token}/confirm`,
          {},
        ],
        200,
      ],
      [
        '…/move',
        async () => [
          `/bookings/${(await booked(s.app, s.person(), { start: at('08:30', s.day()) })).token}/move`,
          { start: at('09:00', s.day()) },
        ],
        200,
      ],
      ['a refusal', async () => ['/bookings', bodyOf(s.person(), { start: at('08:31', s.day()) })], 422],
    ]
    for (const [title, call, status] of posts) {
      it(`${title}: the same key gives the same answer, at once and later, and changes nothing more`, async () => {
        const [[path, body], headers] = [await call(), key()]
        const answers = await Promise.all([1, 2, 3].map(() => post(path, body, headers)))
        const before = await s.app.database.contents()
        s.app.clock.advanceMinutes(23 * 60)
        answers.push(await post(path, body, headers))
        s.app.clock.advanceMinutes(-23 * 60)
        expect(answers.map((answer) => answer.status)).to.deep.equal([status, status, status, status])
        expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).to.equal(1)
        expect(await s.app.database.contents()).to.deep.equal(before)
      })
    }

    it('a double submit: one booking, one seat, one mail, the same token for both', async () => {
      const [body, headers, start] = [bodyOf(s.person(), { start: at('08:30', s.day()) }), key(), at('08:30', s.day())]
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => post('/bookings', { ...body, start }, headers)),
      )
      expect(tally(answers)).to.deep.equal({ '201': 10 })
      expect(new Set(answers.map((answer) => answer.body.booking.token)).size).to.equal(1)
      expect(await freeAt(s.app, start)).to.equal(1)
      expect(await s.mails(answers[0]?.body.booking.code)).to.deep.equal(['confirmed'])
    })

    it('the order of the fields and how the instant is written make no other content', async () => {
      const [person, headers, start] = [s.person(), key(), at('08:30', s.day())]
      const first = await post('/bookings', bodyOf(person, { start }), headers)
      const reordered = Object.fromEntries(
        Object.entries(bodyOf(person, { start: start.replace('08:30:00+01:00', '07:30:00Z') })).reverse(),
      )
      const second = await post('/bookings', reordered, headers)
      expect(second.body).to.deep.equal(first.body)
    })

    it('other content is refused: another visitor, another slot, another address of the API', async () => {
      const [person, headers, start] = [s.person(), key(), at('08:30', s.day())]
      await post('/bookings', bodyOf(person, { start }), headers)
      const others: [string, unknown][] = [
        ['/bookings', bodyOf(person, { start, visitor: visitorOf(s.person()) })],
        ['/bookings', bodyOf(person, { start: at('08:45', s.day()) })],
        ['/holds', { site: 'legnano', service: SERVICE, start }],
      ]
      const before = await s.app.database.contents()
      for (const [path, body] of others) {
        const { status, body: problem } = await post(path, body, headers)
        expect([status, problem.code], path).to.deep.equal([422, 'idempotency-key-reused'])
      }
      expect(await s.app.database.contents()).to.deep.equal(before)
    })

    it('after 24 hours it is a new key', async () => {
      const [headers, start] = [key(), at('08:30', s.day())]
      const first = await post('/holds', { site: 'legnano', service: SERVICE, start }, headers)
      s.app.clock.advanceMinutes(24 * 60)
      const second = await post(
        '/holds',
        { site: 'legnano', service: SERVICE, start: start.replace('08:30', '09:30') },
        headers,
      )
      expect([second.status, second.body.hold === first.body.hold]).to.deep.equal([201, false])
    })

    const bad: [title: string, key: string][] = [
      ['empty', ''],
      ['of 256 characters', 'k'.repeat(256)],
      ['with a space', 'a b'],
      ['with a tab', 'a\tb'],
      ['beyond ASCII', 'chiave-à'],
    ]
    for (const [title, wrong] of bad) {
      it(`a key ${title} is a 400`, async () => {
        const { status, body } = await post(
          '/holds',
          { site: 'legnano', service: SERVICE, start: at('08:30', s.day()) },
          { 'idempotency-key': wrong },
        )
        expect([status, body.code]).to.deep.equal([400, 'idempotency-key'])
      })
    }

    it('255 visible ASCII characters are a key', async () => {
      const { status } = await post(
        '/holds',
        { site: 'legnano', service: SERVICE, start: at('08:30', s.day()) },
        { 'idempotency-key': '~!'.repeat(127) + 'k' },
      )
      expect(status).to.equal(201)
    })

    it('what is malformed is said each time, not kept: the corrected request goes through with its key', async () => {
      const [headers, person, start] = [key(), s.person(), at('08:30', s.day())]
      expect((await post('/bookings', bodyOf(person, { start, x: 1 }), headers)).status).to.equal(400)
      expect((await post('/bookings', bodyOf(person, { start }), headers)).status).to.equal(201)
    })

    it('L1: kept bodies hold no token, no code of a hold, no name', async () => {
      const person = s.person()
      const { body } = await post('/bookings', bodyOf(person, { start: at('08:30', s.day()) }), key())
      const hold = await post('/holds', { site: 'legnano', service: SERVICE, start: at('08:30', s.day()) }, key())
      const kept = JSON.stringify(await s.app.database.dataSource.manager.find(KeptAnswerEntity))
      for (const secret of [body.booking.token, hold.body.hold, 'Maria', visitorOf(person).taxCode])
        expect(kept).not.to.include(secret)
    })

    it('what earlier versions kept is found: their form of the key, bodies in the order they came', async () => {
      const { secrets, database } = s.app
      const written = key()
      const start = at('08:30', s.day())
      const body = bodyOf(s.person(), { start })
      const first = await post('/bookings', body, written)
      const fingerprint = (text: string) => createHash('sha256').update(text).digest('hex')
      const keyHash = fingerprint(`api:${written['idempotency-key']}`)
      const contentHash = createHmac('sha256', secrets.keyFor('kept-answers'))
        .update(`POST /api/v1/bookings ${JSON.stringify({ ...body, start: new Date(start), notes: null })}`)
        .digest('hex')
      const row = { keyHash: fingerprint(`api::${written['idempotency-key']}`) }
      await s.app.unitOfWork.run(({ em }) => em.update(KeptAnswerEntity, row, { keyHash, contentHash }))
      const before = await database.contents()
      const again = await post('/bookings', body, written)
      expect([again.status, again.body]).to.deep.equal([201, first.body])
      expect((await post('/bookings', { ...body, notes: 'x' }, written)).body.code).to.equal('idempotency-key-reused')
      expect(await database.contents()).to.deep.equal(before)
    })
  })
})
