import { expect } from 'chai'
import { LANGS } from '../../../src/messages/index.js'
import { BOOKING_MAILS } from '../../../src/bookings/booking-mail.js'
import { aBooking, aSite } from '../../support/builders.js'
import { aNotice, compose, LINK } from './notice-builder.js'

const PERSON = {
  firstName: 'Nicolò',
  lastName: "D'Angelo-Müller",
  email: 'nico@example.org',
  taxCode: 'RSSMRA85T10A562S',
}
const GONE = ['cancelled', 'closed-by-site']

const statusOf = (kind: string) => (GONE.includes(kind) ? 'cancelled' : kind === 'pending' ? 'pending' : 'confirmed')

const noticeOf = (kind: (typeof BOOKING_MAILS)[number], lang: 'it' | 'en') =>
  aNotice({
    kind,
    booking: aBooking({
      firstName: PERSON.firstName,
      lastName: PERSON.lastName,
      email: PERSON.email,
      lang,
      status: statusOf(kind),
      expiresAt: kind === 'pending' ? new Date('2026-11-23T09:30:00+01:00') : null,
    }),
  })

describe('the mail of a booking (L3)', () => {
  for (const kind of BOOKING_MAILS) {
    for (const lang of LANGS) {
      describe(`${kind}, ${lang}`, () => {
        const facts = noticeOf(kind, lang)
        const mail = compose(facts)

        it('has a neutral subject: no service, no person, no code (A5)', () => {
          expect(mail.subject).to.have.length.greaterThan(5)
          const private_ = [
            facts.service.nameIt,
            facts.service.nameEn,
            'Nicolò',
            'Angelo',
            'ABCD2345',
            'medico',
            'doctor',
          ]
          for (const word of private_) expect(mail.subject.toLowerCase()).not.to.include(word.toLowerCase())
          expect(mail.subject).not.to.match(/mail\.|\{\{/)
        })

        it('says when, where, the code and the link, in both parts', () => {
          const day = lang === 'it' ? 'martedì 24 novembre 2026, ore 8:30' : 'Tuesday 24 November 2026, 8:30'
          for (const part of [mail.text, mail.html]) {
            for (const fact of [day, 'Via Candiani 2, 20025 Legnano (MI)', 'ABCD2345', LINK])
              expect(part).to.include(fact)
            expect(part).not.to.match(/\{\{|undefined|\bnull\b|mail\.[a-z]/)
          }
        })

        it('says what to bring while there is something to come for', () => {
          const bring = lang === 'it' ? 'Tessera sanitaria' : 'Health card'
          expect(mail.text.includes(bring)).to.equal(!GONE.includes(kind))
          expect(mail.html.includes(bring)).to.equal(!GONE.includes(kind))
        })

        it('has a calendar entry, named in its language', () => {
          expect(mail.calendar?.filename).to.equal(lang === 'it' ? 'prenotazione.ics' : 'booking.ics')
          expect(mail.calendar?.method).to.equal(GONE.includes(kind) ? 'CANCEL' : 'PUBLISH')
        })

        it('loads nothing and runs nothing', () => {
          expect(mail.html).to.include(`<html lang="${lang}">`)
          expect(mail.html).not.to.match(/<(script|img|link|iframe|form)\b|url\(/i)
        })
      })
    }
  }

  it('"pending" says in its subject that it must be confirmed, and until when in its text', () => {
    const mail = compose(noticeOf('pending', 'it'))
    expect(mail.subject).to.equal('Prenotazione da confermare')
    expect(mail.text).to.include('entro le ore 9:30 di lunedì 23 novembre 2026')
    expect(compose(noticeOf('pending', 'en')).html).to.include('by 9:30 on Monday 23 November 2026')
  })

  it('"cancelled" and "closed-by-site" say how to book again and ask for nothing else', () => {
    for (const kind of ['cancelled', 'closed-by-site'] as const) {
      const { text, html } = compose(noticeOf(kind, 'it'))
      expect(text).to.include('https://prenota.example.org/prenota\n')
      expect(html).to.include('href="https://prenota.example.org/prenota"')
      expect(text).not.to.include('Se non può venire')
    }
  })

  it('asks to cancel what is not needed, because another person can have it', () => {
    expect(compose(aNotice()).text).to.match(/Annulli o sposti la prenotazione[^]*un’altra persona/)
  })

  it('says how many persons only when there are several, and labels example data', () => {
    expect(compose(aNotice()).text).not.to.include('Persone')
    expect(compose(aNotice({ booking: aBooking({ persons: 3 }) })).text).to.include('Persone: 3')
    expect(compose(aNotice()).text).to.include('Dati di esempio')
    expect(compose(aNotice({ site: aSite({ isExample: false }) })).text).not.to.include('Dati di esempio')
  })

  const zones: [instant: string, zone: string, words: string][] = [
    ['2026-03-30T06:30:00Z', 'Europe/Rome', 'lunedì 30 marzo 2026, ore 8:30'],
    ['2026-03-27T07:30:00Z', 'Europe/Rome', 'venerdì 27 marzo 2026, ore 8:30'],
    ['2026-12-31T23:30:00Z', 'Europe/Rome', 'venerdì 1º gennaio 2027, ore 0:30'],
    ['2026-03-30T06:30:00Z', 'America/New_York', 'lunedì 30 marzo 2026, ore 2:30'],
  ]
  for (const [instant, timeZone, words] of zones) {
    it(`says ${words} for ${instant} in ${timeZone}`, () => {
      const facts = aNotice({ booking: aBooking({ startsAt: new Date(instant) }), site: aSite({ timeZone }) })
      expect(compose(facts).text).to.include(`Quando: ${words}`)
    })
  }
})

describe('what a visitor or a manager has typed stays text', () => {
  it("Nicolò D'Angelo-Müller is greeted as himself", () => {
    const { text, html } = compose(noticeOf('confirmed', 'it'))
    expect(text).to.include("Buongiorno Nicolò D'Angelo-Müller,")
    expect(html).to.include('Buongiorno Nicolò D&#39;Angelo-Müller,')
  })

  it('X6: where nobody has ever read a mail of ours, nobody is greeted by a name', () => {
    const booking = aBooking({ firstName: 'Chiami', lastName: 'Subito Zio Paolo' })
    const { text, html } = compose(aNotice({ booking, isProven: false }))
    for (const part of [text, html]) expect(part).not.to.match(/Chiami|Zio Paolo/)
    expect(text).to.include('Buongiorno,\n')
  })

  const names = [
    '<b>x</b>',
    '<%= subject %>',
    '{{lastName}}',
    '$t(mail.automatic)',
    '"><script>alert(1)</script>',
    '&amp;',
  ]
  for (const firstName of names) {
    it(`a first name of ${firstName}`, () => {
      const { text, html, subject } = compose(aNotice({ booking: aBooking({ firstName, lastName: 'R' }) }))
      expect(text).to.include(`Buongiorno ${firstName} R,`)
      expect(html).not.to.match(/<b>|<script|Questo messaggio è automatico: non risponda a questo indirizzo. R/)
      expect(subject).to.equal('Prenotazione confermata')
    })
  }

  it('a name over several lines stays on one, so that it cannot add sentences of its own', () => {
    const booking = aBooking({ firstName: 'A\r\nBcc: spy@evil.example', lastName: 'R' })
    expect(compose(aNotice({ booking })).text).to.include('Buongiorno A Bcc: spy@evil.example R,')
  })

  it("a site's name with signs of HTML", () => {
    const { html, text } = compose(aNotice({ site: aSite({ name: 'Casa <i>di</i> "Comunità"' }) }))
    expect(html).to.include('Casa &lt;i&gt;di&lt;/i&gt; &#34;Comunità&#34;')
    expect(text).to.include('Casa <i>di</i> "Comunità"')
  })
})
