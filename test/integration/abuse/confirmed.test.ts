import { expect } from 'chai'
import { AuditRecordEntity } from '../../../src/audit/index.js'
import { visitorOf } from '../../support/builders.js'
import { at, bodyOf, expectOrder, freeAt, tally } from '../../support/crowd.js'
import type { Tx } from '../../../src/platform/db/tx.js'
import { forEachEngine, MARIADB } from '../../support/engines.js'
import { describeWith } from '../../support/needs.js'
import { signedIn } from '../../support/staff.js'
import { WebVisit } from '../citizen/web-visit.js'
import { abusedHouse, type House, startsOf } from './house.js'

const statuses = (answers: readonly { body: { booking?: { status: string }; code?: string } }[]) =>
  answers.map(({ body }) => body.booking?.status ?? body.code)

const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value)

/** One after another, each for somebody else. */
async function bookAll(h: House, ip: string, starts: readonly string[], part: Record<string, unknown> = {}) {
  const answers = []
  for (const start of starts) answers.push(await h.book(ip, start, part))
  return answers
}

describe('how much one address may book at once (X2)', () => {
  forEachEngine((engine) => {
    const h = abusedHouse(engine)
    afterEach(() => expectOrder(h.app, { trail: false }))
    const stp = (n: number) => ({ visitor: visitorOf(h.person(), { taxCode: `STP${String(n).padStart(13, '0')}` }) })

    it('six an hour are confirmed, further ones wait for their mail, and an hour later six may again', async () => {
      const [ip, day] = [`${h.network()}.1`, h.day()]
      const made = await bookAll(h, ip, startsOf(day).slice(0, 8))
      expect(statuses(made)).to.deep.equal([...times(6, 'confirmed'), ...times(2, 'pending')])
      const code = String(made[6]?.body.booking.code)
      const { status, body } = await h.confirm(code)
      expect([status, body.booking.status]).to.deep.equal([200, 'confirmed'])
      expect(statuses([await h.book(`${h.network()}.1`, at('11:00', day))]), 'elsewhere').to.deep.equal(['confirmed'])
      h.app.clock.advanceMinutes(61)
      expect(statuses([await h.book(ip, at('11:15', day))])).to.deep.equal(['confirmed'])
    })

    it('what was cancelled meanwhile still counts: to book and cancel gives no more', async () => {
      const [ip, starts] = [`${h.network()}.1`, startsOf(h.day()).slice(0, 8)]
      for (const start of starts.slice(0, 6)) {
        const { body } = await h.book(ip, start)
        await h.app.api.post(`/bookings/${body.booking.token}/cancel`)
      }
      expect(statuses(await bookAll(h, ip, starts.slice(6)))).to.deep.equal(['pending', 'pending'])
    })

    it('twenty a day', async function () {
      this.timeout(20_000)
      const [ip, day] = [`2001:db8:aa:1::7`, h.day()]
      const all: unknown[] = []
      for (let hour = 0; hour < 4; hour++) {
        const starts = startsOf(day).slice(4 * hour, 4 * hour + 3)
        all.push(...statuses(await bookAll(h, ip, [...starts, ...starts])))
        h.app.clock.advanceMinutes(61)
      }
      expect(all).to.deep.equal([...times(20, 'confirmed'), ...times(4, 'pending')])
    })

    it('of codes that anybody can make up two an hour; a codice fiscale may go on', async () => {
      const [ip, starts] = [`${h.network()}.1`, startsOf(h.day())]
      const answers = []
      for (let n = 0; n < 3; n++) answers.push(await h.book(ip, starts[n] as string, stp(n)))
      answers.push(await h.book(ip, starts[3] as string))
      expect(statuses(answers)).to.deep.equal(['confirmed', 'confirmed', 'pending', 'confirmed'])
    })

    it('staff are excepted', async () => {
      const [staff, day] = [await signedIn(h.app, { username: `operator-${engine.name}` }), h.day()]
      const answers = []
      for (const start of startsOf(day).slice(0, 8)) {
        const { site: _, ...body } = bodyOf(0, { start, visitor: visitorOf(h.person()) })
        answers.push(await staff.post('/sites/legnano/bookings', body))
      }
      expect(statuses(answers)).to.deep.equal(times(8, 'confirmed'))
    })

    it('and so are addresses that a manager lists, at that site; the list is audited', async () => {
      const [manager, net] = [
        await signedIn(h.app, { username: `manager-${engine.name}`, role: 'manager' }),
        h.network(),
      ]
      const refused = await manager.patch('/sites/legnano', { trustedAddresses: ['comune.legnano.mi.it'] })
      expect(refused.body.errors).to.deep.include({
        field: 'trustedAddresses[0]',
        code: 'network',
        message: 'Indicare un indirizzo IP o una rete, per esempio 203.0.113.7 oppure 2001:db8:7::/48.',
      })
      const listed = await manager.patch('/sites/legnano', { trustedAddresses: [`${net}.0/28`] })
      expect(listed.body.site.trustedAddresses).to.deep.equal([`${net}.0/28`])
      const starts = startsOf(h.day())
      expect(statuses(await bookAll(h, `${net}.7`, starts.slice(0, 8)))).to.deep.equal(times(8, 'confirmed'))
      const elsewhere = await bookAll(h, `${net}.7`, starts.slice(0, 1), { site: 'magenta' })
      expect(statuses(elsewhere), 'Magenta has not listed it').to.deep.equal(['pending'])
      await manager.patch('/sites/legnano', { trustedAddresses: [] })
      const records = await h.app.database.dataSource.manager.findBy(AuditRecordEntity, { what: 'change-site' })
      expect(records.map(({ who, to }) => [who, to])).to.deep.include([
        `manager-${engine.name}`,
        JSON.stringify({ trustedAddresses: [`${net}.0/28`] }),
      ])
    })

    it('one address never takes more seats without a certain person than it may hold: the rest have none', async () => {
      const [net, day, next] = [h.network(), h.day(), h.day()]
      await bookAll(h, `${net}.1`, startsOf(h.day()).slice(0, 6))
      const made = await bookAll(h, `${net}.1`, [...startsOf(day).slice(0, 9), ...startsOf(next).slice(0, 3)])
      expect(statuses(made)).to.deep.equal(times(12, 'pending'))
      const free = async (starts: readonly string[]) => Promise.all(starts.map((start) => freeAt(h.app, start)))
      expect(await free(startsOf(day).slice(0, 10))).to.deep.equal([...times(9, 1), 2])
      expect(await free(startsOf(next).slice(0, 3)), 'the eleventh and twelfth').to.deep.equal([1, 2, 2])
      const [eleventh, twelfth] = made.slice(10).map(({ body }) => String(body.booking.code)) as [string, string]
      const token = String(made.at(-1)?.body.booking.token)
      const { text } = await new WebVisit(h.app.url).get(`/prenotazione/${token}`)
      expect(text).to.include('non le teniamo il posto').and.include('Non è ancora valida: la confermi entro')
      expect(text, 'what nobody keeps is not given back, and cannot be moved').not.to.match(/torna libero|può spostare/)
      const seated = await h.confirm(eleventh)
      expect([seated.status, seated.body.booking?.status]).to.deep.equal([200, 'confirmed'])
      expect(await freeAt(h.app, startsOf(next)[1])).to.equal(1)
      for (let seat = 0; seat < 2; seat++) await h.book(`${h.network()}.1`, startsOf(next)[2] as string)
      expect((await h.confirm(twelfth)).body).to.include({ status: 409, code: 'slot-full' })
    })

    it('nor by holding first', async () => {
      const [ip, day, next] = [`${h.network()}.1`, h.day(), h.day()]
      await bookAll(h, ip, startsOf(h.day()).slice(0, 6))
      for (const start of [...startsOf(day).slice(0, 9), ...startsOf(next).slice(0, 3)]) {
        const { hold } = (await h.hold(ip, start)).body
        const body = { hold, visitor: visitorOf(h.person()) }
        const made = await h.app.api.post('/bookings', body, { 'x-forwarded-for': ip })
        expect(made.body.booking?.status, JSON.stringify(made.body)).to.equal('pending')
      }
      expect(
        await Promise.all(
          startsOf(next)
            .slice(0, 3)
            .map((start) => freeAt(h.app, start)),
        ),
      ).to.deep.equal([1, 2, 2])
    })

    it('X2: with 32 invented codes one address takes 11 of a day’s 32 seats, and after half an hour has 2', async function () {
      this.timeout(30_000)
      const [ip, day] = [`${h.network()}.1`, h.day()]
      const seats = [...startsOf(day), ...startsOf(day)]
      for (const [n, start] of seats.entries()) await h.book(ip, start, stp(1000 + n))
      const taken = async () => {
        const free = await Promise.all(startsOf(day).map((start) => freeAt(h.app, start)))
        return 32 - free.reduce<number>((sum, count) => sum + (count ?? 0), 0)
      }
      expect(await taken()).to.equal(2 + 9)
      h.app.clock.advanceMinutes(31)
      expect(await taken()).to.equal(2)
    })

    it('twelve at once from one address: six confirmed, six pending', async () => {
      const ip = `${h.network()}.1`
      for (let round = 0; round < 3; round++) {
        const starts = startsOf(h.day()).slice(0, 12)
        const answers = await Promise.all(starts.map((start) => h.book(ip, start)))
        expect(tally(answers)).to.deep.equal({ '201': 12 })
        expect(statuses(answers).filter((status) => status === 'confirmed')).to.have.length(round === 0 ? 6 : 0)
      }
    })
  })
})

describeWith('MariaDB', 'without owning what is counted (X1, X2)', () => {
  const h = abusedHouse(MARIADB)

  it('more are held and confirmed at once than may be', async function () {
    this.timeout(60_000)
    const run = h.app.unitOfWork.run.bind(h.app.unitOfWork)
    const unowned = (work: (tx: Tx) => Promise<unknown>) => run((tx) => work({ ...tx, own: () => Promise.resolve() }))
    Reflect.set(h.app.unitOfWork, 'run', unowned)
    const shows = { held: false, confirmed: false }
    for (let round = 0; round < 10 && !(shows.held && shows.confirmed); round++) {
      const [ip, starts] = [`${h.network()}.1`, [...startsOf(h.day()).slice(0, 9), ...startsOf(h.day()).slice(0, 9)]]
      const held = await Promise.all(starts.map((start) => h.hold(ip, start)))
      shows.held ||= (tally(held)['201'] ?? 0) > 10
      const made = await Promise.all(starts.slice(0, 12).map((start) => h.book(`${ip}00`, start)))
      shows.confirmed ||= statuses(made).filter((status) => status === 'confirmed').length > 6
    }
    expect(shows).to.deep.equal({ held: true, confirmed: true })
  })
})
