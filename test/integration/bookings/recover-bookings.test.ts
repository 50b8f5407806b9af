import { expect } from 'chai'
import { visitorOf } from '../../support/builders.js'
import { at, bodyOf, booked, tally } from '../../support/crowd.js'
import { forEachEngine } from '../../support/engines.js'
import { scene } from './scene.js'

describe('«Ritrova la prenotazione» (C3)', function () {
  this.timeout(60_000)
  forEachEngine((engine) => {
    const s = scene(engine)
    const ask = (body: object, headers?: Record<string, string>) => s.app.api.post('/recoveries', body, headers)
    const foundAgain = async (code: string) => (await s.mails(code)).filter((kind) => kind === 'found-again').length

    it('what is active at an address is mailed there, each with its link; what is over or cancelled is not', async () => {
      const [person, day] = [s.person(), s.day()]
      const { email } = visitorOf(person)
      const one = await booked(s.app, person, { start: at('08:30', day) })
      const other = await booked(s.app, s.person(), {
        start: at('08:45', day),
        visitor: visitorOf(s.person(), { email }),
      })
      const gone = await booked(s.app, s.person(), {
        start: at('09:00', day),
        visitor: visitorOf(s.person(), { email }),
      })
      await s.app.api.post(`/bookings/${gone.token}/cancel`)
      const stranger = await booked(s.app, s.person(), { start: at('09:15', day) })
      expect((await ask({ email })).status).to.equal(202)
      const counts = await Promise.all([one, other, gone, stranger].map(({ code }) => foundAgain(code)))
      expect(counts).to.deep.equal([1, 1, 0, 0])
    })

    it('three times a day, and the next day again; as typed with other capitals too', async () => {
      const person = s.person()
      const { email } = visitorOf(person)
      const { code } = await booked(s.app, person, { start: at('08:30', s.day()) })
      for (const sent of [1, 2, 3, 3, 3]) {
        expect((await ask({ email: ` ${email.toUpperCase()} ` })).status).to.equal(202)
        expect(await foundAgain(code)).to.equal(sent)
      }
      s.app.clock.advanceMinutes(60 * 16)
      await ask({ email })
      expect(await foundAgain(code)).to.equal(4)
    })

    it('six who ask at once are one another’s: no fourth mail, no error', async () => {
      const person = s.person()
      const { email } = visitorOf(person)
      const { code } = await booked(s.app, person, { start: at('08:30', s.day()) })
      const answers = await Promise.all(Array.from({ length: 6 }, () => ask({ email })))
      expect(tally(answers)).to.deep.equal({ '202': 6 })
      expect(await foundAgain(code)).to.equal(3)
    })

    it('a booking that waits for its confirmation is found too', async () => {
      await s.emailConfirmation(true)
      const person = s.person()
      const { code, status } = await booked(s.app, person, { site: 'magenta', start: at('08:30', s.day()) })
      expect(status).to.equal('pending')
      await ask({ email: visitorOf(person).email })
      expect(await foundAgain(code)).to.equal(1)
      await s.emailConfirmation(false)
    })

    it('the answer is the same for known and unknown: words, status, headers and time', async () => {
      const person = s.person()
      await booked(s.app, person, { start: at('08:30', s.day()) })
      const timed = async (body: object) => {
        const fromMs = performance.now()
        const { status, body: answer, headers } = await ask(body)
        const names = [...headers.keys()].filter((name) => name !== 'date')
        return { tookMs: performance.now() - fromMs, told: { status, answer, names } }
      }
      const known = await timed({ email: visitorOf(person).email })
      const others = [{ email: 'nessuno@example.org' }, { phone: '+39 333 1234567' }]
      for (const body of others) {
        const unknown = await timed(body)
        expect(unknown.told).to.deep.equal(known.told)
        expect(Math.abs(unknown.tookMs - known.tookMs)).to.be.below(250)
      }
      expect(known.tookMs).to.be.above(650)
      const english = { 'accept-language': 'en' }
      expect((await ask({ email: 'nobody@example.org' }, english)).body.message).to.match(/^If there is a booking/)
    })

    it('what is no address is 422 and says so; neither or both is refused', async () => {
      const { status, body } = await ask({ email: 'maria' })
      expect([status, body.errors[0].field, body.errors[0].code]).to.deep.equal([422, 'email', 'email.format'])
      expect((await ask({ phone: 'due' })).status).to.equal(422)
      expect((await ask({})).status).to.equal(422)
      expect((await ask({ email: 'a@example.org', phone: '+393331234567' })).status).to.equal(400)
      expect((await ask({ email: 'a@example.org', more: 1 })).status).to.equal(400)
    })

    it('one who has asked is answered the same with the same key, and mailed once (K9)', async () => {
      const person = s.person()
      const { code } = await booked(s.app, person, { start: at('08:30', s.day()) })
      const { email } = visitorOf(person)
      const key = { 'idempotency-key': `recovery-${code}` }
      const [first, again] = [await ask({ email }, key), await ask({ email }, key)]
      expect(again.body).to.deep.equal(first.body)
      expect(await foundAgain(code)).to.equal(1)
      expect(bodyOf(person).site).to.equal('legnano')
    })
  })
})
