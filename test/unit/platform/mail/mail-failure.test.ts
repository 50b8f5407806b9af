import { expect } from 'chai'
import { MailFailure, mailFailure } from '../../../../src/platform/mail/mail-failure.js'

const failureOf = (facts: object, to = 'maria.rossi@example.org') =>
  mailFailure(Object.assign(new Error('x'), facts), to)
const reply = (responseCode: number, command: string, response = `${responseCode} 5.1.1 no`) => ({
  code: command === 'DATA' ? 'EMESSAGE' : 'EENVELOPE',
  responseCode,
  command,
  response,
  permanent: responseCode >= 500 && responseCode !== 503,
})

describe('a failed mail is given up or tried again (T37)', () => {
  const cases: [facts: object, permanent: boolean, away: boolean, title: string][] = [
    [reply(550, 'RCPT TO'), true, false, '550 to the recipient is for good'],
    [reply(554, 'DATA'), true, false, '554 to the message is for good'],
    [reply(450, 'RCPT TO'), false, false, 'greylisting is of this mail and for now'],
    [reply(452, 'DATA'), false, false, 'a full disk is for now'],
    [reply(503, 'DATA'), false, false, '503 is about the session'],
    [reply(421, 'DATA'), false, true, '421 ends the session for every mail'],
    [reply(550, 'MAIL FROM'), false, true, '550 to the sender is about our settings'],
    [reply(535, 'AUTH PLAIN'), false, true, 'a wrong password is about our settings'],
    [{ code: 'ESOCKET', originalCode: 'ECONNREFUSED', command: 'CONN' }, false, true, 'nobody listens'],
    [{ code: 'ETIMEDOUT', timeoutType: 'SOCKET_TIMEOUT', command: 'CONN' }, false, true, 'the server is silent'],
    [{ code: 'EABORT', name: 'AbortError' }, false, true, 'the whole try took too long'],
    [{ code: 'EENVELOPE', command: 'API' }, true, false, 'an address that no server would be asked about'],
  ]
  for (const [facts, isPermanent, isServerAway, title] of cases) {
    it(title, () => expect(failureOf(facts).verdict).to.deep.equal({ isPermanent, isServerAway }))
  }

  it('keeps what it is told by the transport itself', () => {
    const failure = new MailFailure('no', { isPermanent: true, isServerAway: false })
    expect(mailFailure(failure, 'a@b.it')).to.equal(failure)
  })
})

describe("what is kept of the server's answer (A5)", () => {
  const answers: [response: string, kept: string][] = [
    ['550 5.1.1 <maria.rossi@example.org>: no such user', '550 5.1.1 <…>: no such user'],
    ['550 mailbox MARIA.ROSSI unknown', '550 mailbox … unknown'],
    ['550-first line\r\n550 second for maria.rossi=40example.org', '550-first line 550 second for …=40example.org'],
    ['451 try later', '451 try later'],
  ]
  for (const [response, kept] of answers) {
    it(`${kept}`, () => expect(failureOf({ ...reply(550, 'RCPT TO'), response }).message).to.equal(kept))
  }

  it('is short', () => {
    expect(failureOf({ ...reply(550, 'DATA'), response: `550 ${'x'.repeat(500)}` }).message).to.have.length(200)
  })

  it('is the kind of failure when there was no answer', () => {
    expect(failureOf({ code: 'ESOCKET', originalCode: 'ECONNREFUSED' }).message).to.equal('ESOCKET ECONNREFUSED')
    expect(failureOf({ code: 'ETIMEDOUT', timeoutType: 'GREETING_TIMEOUT' }).message).to.equal(
      'ETIMEDOUT GREETING_TIMEOUT',
    )
  })
})
