import { expect } from 'chai'
import { OutboxEntity } from '../../../src/platform/mail/outbox.entity.js'
import { startApp } from '../../support/app.js'
import { visitorOf } from '../../support/builders.js'
import { at, bodyOf, tally } from '../../support/crowd.js'
import { forEachEngine } from '../../support/engines.js'
import { SmtpInbox } from '../../support/smtp.js'
import { House, OPEN, startsOf } from './house.js'

/** One office's mail, with limits; the sender works when the test says so. */
class Post extends House {
  inbox!: SmtpInbox

  mails(to: string) {
    return this.inbox.mails.filter((mail) => mail.to.includes(to))
  }

  rows() {
    return this.app.database.dataSource.manager.find(OutboxEntity)
  }

  /** Booked from somewhere new, and every mail that may go sent. @returns its token and code */
  async booked(email: string, start: string) {
    const visitor = visitorOf(this.person(), { email })
    const { status, body } = await this.book(`${this.network()}.1`, start, { visitor })
    expect(status, JSON.stringify(body)).to.equal(201)
    await this.app.sender.sendDue()
    return body.booking as { token: string; code: string }
  }

  async bookedAndCancelled(email: string, start: string): Promise<void> {
    const { token } = await this.booked(email, start)
    await this.app.api.post(`/bookings/${token}/cancel`, undefined, { 'x-forwarded-for': `${this.network()}.1` })
    await this.app.sender.sendDue()
  }

  async later(minutes: number): Promise<void> {
    this.app.clock.advanceMinutes(minutes)
    await this.app.sender.sendDue()
  }
}

describe('how many messages one recipient gets (X5)', () => {
  forEachEngine((engine) => {
    const h = new Post()
    before(async function () {
      this.timeout(60_000)
      h.inbox = await SmtpInbox.create()
      const mail = { SMTP_URL: h.inbox.url, MAIL_FROM: 'Turno <turno@example.org>' }
      h.app = await startApp(engine, { settings: { RATE_LIMITS: 'on', TRUST_PROXY: '1', ...mail } })
      await h.app.saveCalendar({ siteId: 'legnano', ...OPEN })
    })
    after(async () => {
      await h.app.close()
      await h.inbox.close()
    })

    it('case K08: booked and cancelled 100 times: at most 6 messages in an hour, 12 in a day, and the last state is told', async function () {
      this.timeout(120_000)
      const [email, day] = ['bombed@example.org', h.day()]
      for (let time = 0; time < 60; time++) await h.bookedAndCancelled(email, at('08:30', day))
      expect(h.mails(email)).to.have.length(6)
      for (let hour = 0; hour < 10; hour++) {
        await h.later(60)
        const before = h.mails(email).length
        for (let time = 0; time < 4; time++) await h.bookedAndCancelled(email, at('08:45', day))
        expect(h.mails(email).length - before, `hour ${hour}`).to.be.at.most(6)
      }
      expect(h.mails(email)).to.have.length(12)
      const { code } = await h.booked(email, at('10:00', day))
      await h.later(14 * 60)
      await h.later(60)
      const last = h.mails(email).at(-1)?.parsed
      expect(last?.subject).to.equal('Le sue prenotazioni')
      expect(last?.text).to.include('Prenotazioni valide o da confermare: 1').and.to.include(code)
      expect(last?.text).to.match(/e altre \d+/)
      const waiting = (await h.rows()).filter(({ state }) => state === 'waiting')
      expect(waiting, 'nothing is left to say').to.deep.equal([])
    })

    it('what is merged is marked as superseded; others are written to at once', async () => {
      const [email, starts] = ['merged@example.org', startsOf(h.day())]
      for (const start of starts.slice(0, 4)) await h.bookedAndCancelled(email, start)
      expect(h.mails(email)).to.have.length(6)
      const ofRecipient = (await h.rows()).filter(({ cause }) => cause === 'superseded')
      expect(ofRecipient.length).to.be.at.least(2)
      await h.booked('other@example.org', starts[5] as string)
      expect(h.mails('other@example.org')).to.have.length(1)
      await h.later(61)
      const last = h.mails(email).at(-1)?.parsed
      expect(h.mails(email)).to.have.length(7)
      expect(last?.text).to.include('Prenotazioni valide o da confermare: nessuna')
      expect(last?.text, 'X6').not.to.include('Maria')
    })

    it('+tag and capitals make no other recipient, but nobody reads of another’s bookings', async () => {
      const starts = startsOf(h.day())
      for (const [n, start] of starts.slice(0, 3).entries()) await h.booked(`one+${n}@example.org`, start)
      for (const start of starts.slice(6, 9)) await h.bookedAndCancelled('One+x@example.org', start)
      const all = h.inbox.mails.filter(({ to }) => to.some((address) => address.startsWith('one+')))
      expect(all).to.have.length(6)
      await h.later(61)
      const digests = h.inbox.mails.filter(
        ({ to, parsed }) => to[0] === 'one+x@example.org' && parsed.subject === 'Le sue prenotazioni',
      )
      expect(digests).to.have.length(1)
      expect(digests[0]?.parsed.text).to.include('da confermare: nessuna')
    })

    it('two senders at once count together', async () => {
      const [email, starts] = ['twice@example.org', startsOf(h.day())]
      const visitor = () => visitorOf(h.person(), { email })
      for (const start of starts.slice(0, 5)) {
        const { body } = await h.book(`${h.network()}.1`, start, { visitor: visitor() })
        await h.app.api.post(`/bookings/${body.booking.token}/cancel`)
      }
      for (const start of starts.slice(5, 10)) await h.book(`${h.network()}.1`, start, { visitor: visitor() })
      await Promise.all([h.app.sender.sendDue(), h.app.sender.sendDue(), h.app.sender.sendDue()])
      expect(h.mails(email)).to.have.length(6)
      expect(
        (await h.rows()).filter(({ kind, state }) => kind === 'present-state' && state === 'waiting'),
      ).to.have.length(1)
    })

    it('whoever it was, is forgotten after a day', async () => {
      await h.later(25 * 60)
      await h.later(25 * 60)
      await h.app.jobs.runAll()
      expect((await h.rows()).filter(({ recipientHash, state }) => recipientHash && state === 'sent')).to.deep.equal([])
    })

    it('one booking is moved five times a day by its link; the sixth is 429 until tomorrow, and staff’s hands are free', async () => {
      const day = h.day()
      const starts = startsOf(day)
      const { token } = await h.booked('mover@example.org', starts[0] as string)
      const move = (start: string) =>
        h.app.api.post(`/bookings/${token}/move`, { start }, { 'x-forwarded-for': `${h.network()}.1` })
      const answers = []
      for (const start of starts.slice(1, 7)) answers.push(await move(start))
      expect(tally(answers)).to.deep.equal({ '200': 5, '429 too-many-moves': 1 })
      const seconds = Number(answers[5]?.headers.get('retry-after'))
      expect(seconds).to.be.within(1, 24 * 3600)
      h.app.clock.advanceMinutes(Math.ceil(seconds / 60))
      expect((await move(starts[8] as string)).status).to.equal(200)
      await h.app.sender.sendDue()
    })

    it('X6: a stranger is greeted without a name until a link that was mailed to them is used', async () => {
      const [email, starts] = ['stranger@example.org', startsOf(h.day())]
      const visitor = visitorOf(h.person(), { email, firstName: 'Hai', lastName: 'Vinto un premio' })
      const { body } = await h.app.api.post('/bookings', bodyOf(0, { start: starts[0], visitor }), {
        'x-forwarded-for': `${h.network()}.1`,
      })
      const texts = () => h.mails(email).map(({ parsed }) => parsed.text ?? '')
      await h.app.sender.sendDue()
      await h.app.api.post(`/bookings/${body.booking.token}/move`, { start: starts[1] })
      await h.app.sender.sendDue()
      expect(texts()).to.have.length(2)
      for (const text of texts()) expect(text).not.to.match(/Hai|premio/)
      const mailed = /prenotazione\/(\S+)/.exec(texts()[0] ?? '')?.[1]
      await h.app.api.post(`/bookings/${mailed}/move`, { start: starts[2] })
      await h.app.sender.sendDue()
      expect(texts().at(-1)).to.include('Buongiorno Hai Vinto un premio,')
    })
  })
})
