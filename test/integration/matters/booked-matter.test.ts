import { expect } from 'chai'
import { MatterStore } from '../../../src/matters/index.js'
import { aMatter, visitorOf } from '../../support/builders.js'
import { at, bodyOf, bodyWithHold, freeAt, held } from '../../support/crowd.js'
import { forEachEngine } from '../../support/engines.js'
import { signedIn } from '../../support/staff.js'
import { scene } from '../bookings/scene.js'

describe('what somebody who books comes for', () => {
  forEachEngine((engine) => {
    const s = scene(engine)
    const book = (part: object, headers?: Record<string, string>) =>
      s.app.api.post('/bookings', bodyOf(s.person(), { start: at('08:30', s.day()), ...part }), headers)

    it('M1: is kept, and told in every answer about the booking', async () => {
      const { status, body } = await book({ persons: 2, matter: 'neonato' })
      const people = [
        { firstName: 'Maria', matter: 'neonato' },
        { firstName: '', matter: null },
      ]
      expect([status, body.booking?.people]).to.deep.equal([201, people])
      const { code, token } = body.booking
      expect((await s.row(code)).matterId).to.equal('neonato')
      const moved = await s.app.api.post(`/bookings/${token}/move`, { start: at('09:00', s.day()) })
      const cancelled = await s.app.api.post(`/bookings/${token}/cancel`)
      const seen = await s.app.api.get(`/bookings/${token}`)
      for (const answer of [moved, cancelled, seen]) expect(answer.body.booking.people).to.deep.equal(people)
    })

    it('M1: is kept with a booking whose seat was held before', async () => {
      const { hold } = await held(s.app, { start: at('08:30', s.day()) })
      const { body } = await s.app.api.post('/bookings', bodyWithHold(s.person(), hold, { matter: 'cambio' }))
      expect(body.booking.people).to.deep.equal([{ firstName: 'Maria', matter: 'cambio' }])
    })

    it('M1: ways only advise: what an online service could settle is booked all the same', async () => {
      expect((await book({ matter: 'esenzione-reddito' })).status).to.equal(201)
    })

    it('M1: one more row may be booked at once, whatever this instance has read before', async () => {
      await s.app.api.get('/matters')
      await s.app.unitOfWork.run(({ em }) => new MatterStore(em).add(aMatter({ id: 'esenzione-patologia' })))
      expect((await book({ matter: 'esenzione-patologia' })).status).to.equal(201)
    })

    for (const matter of ['nessuna', 'NEONATO', 'neonato ', '', 'a'.repeat(41)])
      it(`M1: one that is not in the list, «${matter.slice(0, 12)}», is refused by its field, and no seat goes`, async () => {
        const start = at('08:30', s.day())
        const [italian, english] = [
          await book({ start, matter }),
          await book({ start, matter }, { 'accept-language': 'en' }),
        ]
        expect(italian.body).to.include({ status: 422, code: 'invalid' })
        expect(italian.body.errors).to.have.length(1)
        expect(italian.body.errors[0].field).to.equal('matter')
        expect(english.body.errors[0].message).to.be.a('string').and.not.equal(italian.body.errors[0].message)
        expect(await freeAt(s.app, start)).to.equal(2)
      })

    it('M1: staff say it for whom they book, and read it in the day’s list', async () => {
      const day = s.day()
      const operator = await signedIn(s.app, { role: 'operator' })
      const body = { ...bodyOf(s.person(), { start: at('08:30', day) }), site: undefined }
      const refused = await operator.post('/sites/legnano/bookings', { ...body, matter: 'nessuna' })
      expect([refused.status, refused.body.errors?.[0].field]).to.deep.equal([422, 'matter'])
      const made = await operator.post('/sites/legnano/bookings', { ...body, matter: 'neonato' })
      const people = [{ firstName: 'Maria', matter: 'neonato' }]
      expect(made.body.booking.people).to.deep.equal(people)
      const list = await operator.get(`/sites/legnano/bookings?date=${day}`)
      expect(list.body.bookings[0].people).to.deep.equal(people)
    })

    it('M1, A4: is forgotten with the person', async () => {
      const visitor = visitorOf(s.person())
      const { body } = await book({ visitor, matter: 'neonato' })
      s.app.clock.set('2027-12-01T09:00:00+01:00')
      await s.runJobs()
      const { matterId, firstName } = await s.row(body.booking.code)
      expect([matterId, firstName]).to.deep.equal([null, null])
    })
  })
})
