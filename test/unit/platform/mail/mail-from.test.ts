import { expect } from 'chai'
import { readMailFrom } from '../../../../src/platform/mail/mail-from.js'

describe('MAIL_FROM', () => {
  const read: [text: string, name: string, address: string][] = [
    ['Turno <noreply@localhost>', 'Turno', 'noreply@localhost'],
    ['"ASST Ovest Milanese" <noreply@asst.example>', 'ASST Ovest Milanese', 'noreply@asst.example'],
    ['ASST – Scelta e Revoca <no-reply@asst.example>', 'ASST – Scelta e Revoca', 'no-reply@asst.example'],
    ['noreply@asst.example', '', 'noreply@asst.example'],
    ['<noreply@asst.example>', '', 'noreply@asst.example'],
    ['  Turno  <a@b.it> ', 'Turno', 'a@b.it'],
  ]
  for (const [text, name, address] of read) {
    it(`reads ${text}`, () => expect(readMailFrom(text)).to.deep.equal({ name, address }))
  }

  for (const text of [
    '',
    'Turno',
    'a@b.it, c@d.it',
    'Turno <a@b.it> <c@d.it>',
    'A\r\nBcc: x <a@b.it>',
    'Turno <a b@c.it>',
  ]) {
    it(`refuses ${JSON.stringify(text)}`, () => expect(() => readMailFrom(text)).to.throw('MAIL_FROM must look like'))
  }
})
