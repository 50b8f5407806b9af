import { Writable } from 'node:stream'
import { expect } from 'chai'
import { pino } from 'pino'
import { Registry } from 'prom-client'
import { mailedToken } from '../../../src/bookings/index.js'
import { makeMailMetrics } from '../../../src/platform/mail/mail-metrics.js'
import type { Mail, MailTransport } from '../../../src/platform/mail/mail.js'
import { addToOutbox } from '../../../src/platform/mail/outbox.js'
import { OutboxStore } from '../../../src/platform/mail/outbox.store.js'
import { forEachEngine } from '../../support/engines.js'
import { sleep } from '../../support/servers.js'
import type { SmtpBehaviour } from '../../support/smtp.js'
import { MailHouse, SHORT } from './mail-house.js'

/** A transport that waits for the test before it hands over. */
function gated(transport: MailTransport) {
  let open: () => void = () => undefined
  let arrived: () => void = () => undefined
  const gate = new Promise<void>((resolve) => {
    open = resolve
  })
  const waiting = new Promise<void>((resolve) => {
    arrived = resolve
  })
  const send = async (mail: Mail) => {
    arrived()
    await gate
    await transport.send(mail)
  }
  return { transport: { send, close: () => transport.close() }, open, waiting }
}

describe('the outbox is sent by SMTP (L4)', () => {
  forEachEngine((engine) => {
    let house: MailHouse
    before(async function () {
      this.timeout(60_000)
      house = await MailHouse.open(engine)
    })
    beforeEach(() => house.reset())
    after(() => house.close())

    it('each mail once, to its one recipient, with a stable Message-ID', async () => {
      const booking = await house.book()
      await house.queue(booking)
      const sender = house.sender()
      await sender.sendDue()
      await sender.sendDue()
      const row = await house.row()
      expect([row.state, row.attempts, row.leasedUntil, row.cause]).to.deep.equal(['sent', 1, null, null])
      expect(row.sentAt).to.deep.equal(house.clock())
      const [mail, ...more] = house.inbox.mails
      expect(more).to.have.length(0)
      expect(mail?.to).to.deep.equal([booking.email])
      expect(mail?.from).to.equal('noreply@example.org')
      // Of booking, kind and occurrence, not of the row: a restored backup makes the same mail anew (docs/decisions/022).
      expect(mail?.parsed.messageId).to.match(/^<[0-9a-f]{32}@prenota\.example\.org>$/)
      expect(mail?.parsed.subject).to.equal('Prenotazione confermata')
      const link = `https://prenota.example.org/prenotazione/${mailedToken(house.secrets, booking)}`
      expect(mail?.parsed.text).to.include(link).and.to.include('Buongiorno,\n')
      expect(mail?.parsed.html).to.include(link)
    })

    const later: [behaviour: SmtpBehaviour, error: RegExp][] = [
      ['later-451', /^451 /],
      ['hang', /^ETIMEDOUT SOCKET_TIMEOUT$/],
      ['drop', /^ECONNECTION$/],
    ]
    for (const [behaviour, error] of later) {
      it(`a server that answers ${behaviour} is asked again after 1, 5, 15 and 60 minutes`, async function () {
        this.timeout(40_000)
        await house.queue(await house.book({ startsAt: new Date('2026-11-24T12:00:00+01:00') }))
        const sender = house.sender({ transport: house.smtp(SHORT) })
        house.inbox.behaviour = behaviour
        for (const [tries, pause] of [1, 5, 15, 60, 60].entries()) {
          await sender.sendDue()
          const row = await house.row()
          expect([row.state, row.attempts, row.leasedUntil]).to.deep.equal(['waiting', tries + 1, null])
          expect(row.cause).to.match(error)
          expect(row.dueAt.getTime() - house.clock().getTime()).to.equal(pause * 60_000)
          house.clock.advanceMinutes(pause - 1)
          await sender.sendDue()
          expect(house.inbox.attempts).to.equal(tries + 1)
          house.clock.advanceMinutes(1)
        }
        house.inbox.behaviour = 'accept'
        await house.sender().sendDue()
        expect((await house.row()).state).to.equal('sent')
        expect(house.inbox.mails).to.have.length(1)
      })
    }

    it('550 is final: failed at once, the answer kept without the address, never tried again', async () => {
      await house.queue(await house.book())
      house.inbox.behaviour = 'refuse-550'
      const sender = house.sender()
      await sender.sendDue()
      const row = await house.row()
      expect([row.state, row.attempts]).to.deep.equal(['failed', 1])
      expect(row.cause).to.match(/^550 /).and.not.to.include('@')
      house.inbox.behaviour = 'accept'
      house.clock.advanceMinutes(600)
      await sender.sendDue()
      expect([house.inbox.attempts, house.inbox.mails.length]).to.deep.equal([1, 0])
    })

    it('an address that no server could be asked about fails at once and stops nobody else', async () => {
      await house.queue(await house.book({ email: 'a@x.it, spy@evil.it' }))
      await house.queue(await house.book())
      await house.sender().sendDue()
      expect((await house.rows()).map(({ state }) => state).sort()).to.deep.equal(['failed', 'sent'])
      expect(house.inbox.mails).to.have.length(1)
    })

    it('two days of trying are enough', async () => {
      const startsAt = new Date('2026-11-30T08:30:00+01:00')
      await house.queue(await house.book({ startsAt }))
      house.inbox.behaviour = 'later-451'
      const sender = house.sender()
      for (let tries = 0; tries < 60 && (await house.row()).state === 'waiting'; tries++) {
        await sender.sendDue()
        house.clock.set((await house.row()).dueAt)
      }
      const row = await house.row()
      expect(row.state).to.equal('failed')
      expect(row.cause).to.match(/^451/)
      expect(row.attempts).to.be.within(45, 55)
    })

    it('while nobody answers at all, one round asks only a few times, and the rest keep their turn (H13)', async () => {
      for (let i = 0; i < 20; i++) await house.queue(await house.book())
      house.inbox.behaviour = 'drop'
      const sender = house.sender()
      await sender.sendDue()
      expect(house.inbox.attempts).to.be.at.most(8)
      house.inbox.behaviour = 'accept'
      await sender.sendDue()
      house.clock.advanceMinutes(1)
      await sender.sendDue()
      expect(house.inbox.mails).to.have.length(20)
    })

    it('nothing is sent for what was rolled back', async () => {
      const booking = await house.book()
      const event = { kind: 'confirmed', subjectId: booking.id, occurrence: '0', dueAt: house.clock() }
      const work = house.database.unitOfWork.run(async (tx) => {
        await addToOutbox(tx, event)
        throw new Error('rolled back')
      })
      await work.catch(() => undefined)
      await house.sender().sendDue()
      expect([await house.rows(), house.inbox.mails]).to.deep.equal([[], []])
    })

    it('one event is one mail: the same a second time is refused (I7)', async () => {
      const booking = await house.book()
      await house.queue(booking)
      const again = await house.queue(booking).then(
        () => 'kept',
        () => 'refused',
      )
      expect(again).to.equal('refused')
    })

    it('a crash between sending and noting it: another instance sends again with the same Message-ID', async () => {
      await house.queue(await house.book())
      let crashed = false
      const smtp = house.smtp()
      const transport = {
        close: () => undefined,
        send: async (mail: Mail) => {
          await smtp.send(mail)
          crashed = true
        },
      }
      const { unitOfWork } = house.database
      const run: typeof unitOfWork.run = (work) =>
        crashed ? Promise.reject(new Error('the process is gone')) : unitOfWork.run(work)
      const end = await house
        .sender({ transport, unitOfWork: { run } })
        .sendDue()
        .catch((error: Error) => error.message)
      expect(end).to.equal('the process is gone')

      const other = house.sender()
      house.clock.advanceMinutes(1)
      await other.sendDue()
      expect(house.inbox.mails).to.have.length(1)
      house.clock.advanceMinutes(1)
      await other.sendDue()
      expect(house.inbox.mails).to.have.length(2)
      expect(new Set(house.inbox.mails.map(({ parsed }) => parsed.messageId)).size).to.equal(1)
      expect([(await house.row()).state, (await house.row()).attempts]).to.deep.equal(['sent', 2])
    })

    it('an instance that was away so long that its row was taken over does not undo what the other noted', async () => {
      await house.queue(await house.book())
      const slow = gated(house.smtp())
      const first = house.sender({ transport: slow.transport }).sendDue()
      await slow.waiting
      house.clock.advanceMinutes(3)
      await house.sender().sendDue()
      const noted = await house.row()
      house.inbox.behaviour = 'refuse-550'
      slow.open()
      await first
      expect(await house.row()).to.deep.equal(noted)
      expect(noted.state).to.equal('sent')
    })

    it('two senders at one outbox send each mail once, 20 rounds', async function () {
      this.timeout(60_000)
      const senders = [house.sender(), house.sender(), house.sender()]
      for (let round = 0; round < 20; round++) {
        await Promise.all(Array.from({ length: 6 }, async () => house.queue(await house.book())))
        await Promise.all(senders.map((sender) => sender.sendDue()))
      }
      await senders[0]?.sendDue()
      const ids = house.inbox.mails.map(({ parsed }) => parsed.messageId)
      expect(ids).to.have.length(120)
      expect(new Set(ids).size).to.equal(120)
      expect((await house.rows()).map(({ state, attempts }) => `${state} ${attempts}`)).to.deep.equal(
        Array(120).fill('sent 1'),
      )
    })

    it('no "confirmed" after "cancelled": what waited is skipped', async () => {
      const booking = await house.book()
      await house.queue(booking)
      house.inbox.behaviour = 'later-451'
      const sender = house.sender()
      await sender.sendDue()
      house.inbox.behaviour = 'accept'
      await house.queue(await house.change(booking, { status: 'cancelled', sequence: 1 }), 'cancelled')
      house.clock.advanceMinutes(1)
      await sender.sendDue()
      expect(house.subjects()).to.deep.equal(['Prenotazione annullata'])
      const states = (await house.rows()).map(({ kind, state }) => `${kind} ${state}`)
      expect(states.sort()).to.deep.equal(['cancelled sent', 'confirmed skipped'])
    })

    it('no "cancelled" overtakes a "confirmed" that is on its way, on any instance', async () => {
      const booking = await house.book()
      await house.queue(booking)
      const slow = gated(house.smtp())
      const first = house.sender({ transport: slow.transport }).sendDue()
      await slow.waiting
      await house.queue(await house.change(booking, { status: 'cancelled', sequence: 1 }), 'cancelled')
      const other = house.sender()
      await other.sendDue()
      expect(house.subjects()).to.deep.equal([])
      slow.open()
      await first
      await other.sendDue()
      expect(house.subjects()).to.deep.equal(['Prenotazione confermata', 'Prenotazione annullata'])
    })

    it('mails about one booking never travel side by side, whoever sends them', async function () {
      this.timeout(60_000)
      const travelling = new Set<string>()
      let sideBySide = 0
      const transport: MailTransport = {
        close: () => undefined,
        send: async ({ to }) => {
          if (travelling.has(to)) sideBySide += 1
          travelling.add(to)
          await sleep(5)
          travelling.delete(to)
        },
      }
      const senders = [house.sender({ transport }), house.sender({ transport })]
      for (let round = 0; round < 20; round++) {
        const booking = await house.book()
        await Promise.all(['confirmed', 'link-again'].map((kind) => house.queue(booking, kind, '0')))
        await Promise.all(senders.map((sender) => sender.sendDue()))
      }
      expect(sideBySide).to.equal(0)
      await senders[0]?.sendDue()
      expect((await house.rows()).filter(({ state }) => state === 'sent')).to.have.length(40)
    })

    it('after several moves only the last place and time are told', async () => {
      let booking = await house.book()
      await house.queue(booking)
      for (const sequence of [1, 2]) {
        const startsAt = new Date(`2026-11-24T1${sequence}:00:00+01:00`)
        booking = await house.change(booking, { startsAt, sequence })
        await house.queue(booking, 'moved')
      }
      await house.sender().sendDue()
      expect(house.subjects()).to.deep.equal(['Prenotazione spostata'])
      expect(house.inbox.mails[0]?.parsed.text).to.include('ore 12:00')
    })

    it('what is erased is not written to (A4)', async () => {
      const booking = await house.book({ email: null })
      await house.queue(booking)
      await house.queue({ ...booking, id: 'nobody' })
      await house.sender().sendDue()
      expect((await house.rows()).map(({ state }) => state)).to.deep.equal(['skipped', 'skipped'])
      expect(house.inbox.attempts).to.equal(0)
    })

    it('a mail nobody has words for is kept, tried later, and stops nobody else', async () => {
      await house.queue(await house.book(), 'strange')
      await house.queue(await house.book())
      await house.sender().sendDue()
      expect(house.inbox.mails).to.have.length(1)
      const strange = (await house.rows()).find(({ kind }) => kind === 'strange')
      expect([strange?.state, strange?.cause]).to.deep.equal(['waiting', 'internal error'])
    })

    it('is woken by the announcement of a commit, and stops after what is on its way', async () => {
      const slow = gated(house.smtp())
      const sender = house.sender({ transport: slow.transport })
      sender.start()
      await sleep(50)
      await house.queue(await house.book())
      house.events.publish('outbox.added', {})
      await slow.waiting
      const stopped = sender.stop()
      slow.open()
      await stopped
      expect((await house.row()).state).to.equal('sent')
      await house.queue(await house.book())
      house.events.publish('outbox.added', {})
      await sleep(100)
      expect(house.inbox.mails).to.have.length(1)
    })

    it('does not wait at the end for a server that hangs: the mail stays due', async function () {
      this.timeout(15_000)
      await house.queue(await house.book())
      house.inbox.behaviour = 'hang'
      const sender = house.sender()
      sender.start()
      while (house.inbox.attempts === 0) await sleep(10)
      const startedMs = performance.now()
      await sender.stop()
      expect(performance.now() - startedMs).to.be.below(6000)
      expect((await house.row()).state).to.equal('waiting')
    })

    it('its log names rows and kinds, never a person, an address or a secret (A5)', async () => {
      const lines: string[] = []
      const sink = new Writable({
        write(chunk: Buffer, _encoding, done) {
          lines.push(chunk.toString())
          done()
        },
      })
      const booking = await house.book()
      await house.queue(booking)
      await house.queue(await house.book({ email: 'canary@x.it, spy@evil.it' }))
      const sender = house.sender({ log: pino({ level: 'trace' }, sink) })
      house.inbox.behaviour = 'refuse-550'
      await sender.sendDue()
      const text = lines.join('')
      expect(text).to.include((await house.rows())[0]?.id)
      for (const canary of [
        'visitor-',
        'canary',
        '@',
        'Nicol',
        'Angelo',
        house.secrets.tokenFor('booking', booking.id),
      ])
        expect(text).not.to.include(canary)
    })

    it('shows the backlog and the outcomes to Prometheus (H13)', async () => {
      const registry = new Registry()
      const backlog = () => new OutboxStore(house.database.dataSource.manager).backlog()
      const count = makeMailMetrics({ registry, clock: house.clock, backlog })
      await house.queue(await house.book())
      house.clock.advanceMinutes(2)
      await house.queue(await house.book())
      count('failed', 'confirmed')
      const text = await registry.metrics()
      expect(text).to.match(/turno_mail_waiting 2\n/)
      expect(text).to.match(/turno_mail_failed 0\n/)
      expect(text).to.match(/turno_mail_oldest_waiting_seconds 120\n/)
      expect(text).to.include('turno_mail_tries_total{outcome="failed",kind="confirmed"} 1')
    })
  })
})
