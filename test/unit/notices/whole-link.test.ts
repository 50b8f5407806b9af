import { randomBytes } from 'node:crypto'
import { expect } from 'chai'
import { createTransport } from 'nodemailer'
import { BOOKING_MAILS } from '../../../src/bookings/booking-mail.js'
import { messageOf } from '../../../src/platform/mail/message.js'
import { aBooking } from '../../support/builders.js'
import { aNotice, compose, ORGANIZER } from './notice-builder.js'

const HOSTS = [
  'https://x.it',
  'https://prenota.example.org',
  'https://prenotazioni.asst-ovest-milanese.example.org:8443',
]

describe('200 mails in raw form (case K17)', () => {
  it('have the link alone on its line, whole, in every kind and language', async () => {
    const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
    for (let i = 0; i < 200; i++) {
      const kind = BOOKING_MAILS[i % BOOKING_MAILS.length] ?? 'confirmed'
      const status = kind === 'cancelled' || kind === 'closed-by-site' ? 'cancelled' : 'confirmed'
      const link = `${HOSTS[i % HOSTS.length]}/prenotazione/${randomBytes(32).toString('base64url')}`
      const person = { firstName: 'Nicolò', lastName: "D'Angelo-Müller", email: 'nicolo@example.org' }
      const booking = aBooking({ ...person, status, lang: i % 3 === 0 ? 'en' : 'it' })
      const mail = compose(aNotice({ kind, booking, link }))
      const sent = { ...mail, messageId: `<${i}@example.org>`, to: 'nicolo@example.org', date: new Date(0) }
      const { message } = await composer.sendMail(messageOf(sent, ORGANIZER))
      const raw = (message as Buffer).toString('latin1')
      expect(raw.split('\r\n'), `${kind} ${link}`).to.include(link)
      const broken = raw.split('\r\n').filter((line) => line.includes('/prenotazione/') && !line.includes(link))
      expect(broken, 'nowhere in pieces').to.deep.equal([])
    }
  })
})
