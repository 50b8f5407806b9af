import { expect } from 'chai'
import { simpleParser } from 'mailparser'
import { createTransport } from 'nodemailer'
import type { Mail } from '../../../../src/platform/mail/mail.js'
import { messageOf } from '../../../../src/platform/mail/message.js'
import { readEml } from '../../../../src/platform/mail/read-eml.js'

const FROM = { name: 'ASST – Sportello', address: 'noreply@example.org' }
const ICS = 'BEGIN:VCALENDAR\r\nMETHOD:PUBLISH\r\nLOCATION:Comunità\r\nEND:VCALENDAR\r\n'

const aMail = (part: Partial<Mail> = {}): Mail => ({
  messageId: '<row-1@example.org>',
  to: 'maria.rossi@example.org',
  subject: 'Prenotazione confermata',
  text: 'Buongiorno Nicolò,\n\nperché = così…\n.\nfine\n',
  html: '<p>Buongiorno Nicolò</p>',
  lang: 'it',
  calendar: { method: 'PUBLISH', text: ICS, filename: 'prenotazione.ics' },
  date: new Date('2026-11-23T08:00:00Z'),
  ...part,
})

const bytesOf = async (mail: Mail): Promise<{ bytes: Buffer; envelope: unknown }> => {
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  const { message, envelope } = await composer.sendMail(messageOf(mail, FROM))
  return { bytes: message as Buffer, envelope }
}

describe('a mail as it leaves the house', () => {
  it('has text, HTML and the calendar entry, one recipient and its own Message-ID', async () => {
    const { bytes, envelope } = await bytesOf(aMail())
    const parsed = await simpleParser(bytes)
    expect(envelope).to.include({ from: 'noreply@example.org' })
    expect(envelope).to.deep.include({ to: ['maria.rossi@example.org'] })
    expect(parsed.messageId).to.equal('<row-1@example.org>')
    expect(parsed.date).to.deep.equal(new Date('2026-11-23T08:00:00Z'))
    expect(parsed.text).to.include('perché = così…')
    expect(parsed.html).to.equal('<p>Buongiorno Nicolò</p>')
    const types = parsed.attachments.map(({ contentType, filename }) => [contentType, filename])
    expect(types).to.deep.include(['application/ics', 'prenotazione.ics'])
    expect(bytes.toString()).to.match(/text\/calendar; charset=utf-8; method=PUBLISH/)
  })

  it('a line that no mail may carry is folded, and reads the same', async () => {
    const text = `perché ${'a'.repeat(1200)}`
    const { bytes } = await bytesOf(aMail({ text }))
    expect(
      Math.max(
        ...bytes
          .toString('latin1')
          .split('\r\n')
          .map(({ length }) => length),
      ),
    ).to.be.at.most(998)
    expect((await simpleParser(bytes)).text?.trim()).to.equal(text)
  })

  it('asks robots not to answer', async () => {
    const { headers } = await simpleParser((await bytesOf(aMail())).bytes)
    expect(headers.get('auto-submitted')).to.equal('auto-generated')
  })

  const recipients = [
    'cit@x.it, spy@evil.it',
    'cit@x.it;spy@evil.it',
    'cit@x.it\r\nBcc: spy@evil.it',
    'cit@x.it\nRCPT TO:<spy@evil.it>',
    '"spy@evil.it" <cit@x.it>',
    '"a b"@x.it',
    'cit@x.it (spy@evil.it)',
    'group: cit@x.it, spy@evil.it;',
    'cit@@x.it',
    'cìt@x.it',
    'cit@x.it ',
    '',
    `${'a'.repeat(65)}@x.it`,
    `a@${'x'.repeat(250)}.it`,
  ]
  for (const to of recipients) {
    it(`refuses ${JSON.stringify(to.slice(0, 40))} as a recipient for good (T36)`, () =>
      expect(() => messageOf(aMail({ to }), FROM)).to.throw('not one plain address'))
  }

  for (const subject of ['Ciao\r\nBcc: spy@evil.it', 'Ciao\nX-Evil: 1', 'Ciao\r\n\r\n<b>corpo</b>']) {
    it(`keeps ${JSON.stringify(subject)} inside the subject`, async () => {
      const parsed = await simpleParser((await bytesOf(aMail({ subject }))).bytes)
      expect([...parsed.headers.keys()]).not.to.include.members(['bcc'])
      expect([...parsed.headers.keys()]).not.to.include.members(['x-evil'])
      expect(parsed.text).to.include('Buongiorno')
      expect(parsed.subject).to.match(/^Ciao/)
    })
  }
})

describe('a file of the mail folder is read as a mail program reads it', () => {
  const subjects = ['Prenotazione confermata', 'È così: “Müller” – annullata', 'à'.repeat(120), '_=?utf-8?Q?x?= a_b']
  for (const subject of subjects) {
    it(`with the subject ${subject.slice(0, 30)}`, async () => {
      const { bytes } = await bytesOf(aMail({ subject }))
      const [own, other] = [readEml(bytes), await simpleParser(bytes)]
      expect(own.subject).to.equal(other.subject).and.to.equal(subject)
      expect(own.to).to.equal('maria.rossi@example.org')
      expect(own.from).to.equal('ASST – Sportello <noreply@example.org>')
      expect(own.text.replaceAll('\r\n', '\n').trim()).to.equal(aMail().text.trim())
      expect(own.html.trim()).to.equal(aMail().html)
      expect(own.calendar.trim()).to.equal(ICS.trim())
    })
  }

  it('without a calendar, and when it is no mail at all', async () => {
    expect(readEml((await bytesOf(aMail({ calendar: null }))).bytes)).to.include({
      calendar: '',
      subject: 'Prenotazione confermata',
    })
    expect(readEml(Buffer.from('nonsense'))).to.include({ subject: '', html: '' })
  })
})
