import type { NodemailerError } from 'nodemailer'

const LONGEST = 200
const ADDRESS = /[^\s<>"'(),;:]+@[^\s<>"'(),;:]+/g
/** What the server says of one mail, not of the connection or of us as senders. */
const ABOUT_THE_MAIL = new Set(['RCPT TO', 'DATA'])
/** The server ends the session, whatever was said before (RFC 5321, 3.8). */
const CLOSING = 421

interface Verdict {
  /** Sending it again would be refused again. */
  isPermanent: boolean
  /** The server could not be reached or does not serve us: the next mail would fare no better. */
  isServerAway: boolean
}

/** A mail was not taken over. The message is the server's answer, shortened and without addresses: it may be logged. */
export class MailFailure extends Error {
  constructor(
    answer: string,
    readonly verdict: Verdict,
  ) {
    super(answer)
    this.name = 'MailFailure'
  }
}

/**
 * Reads nodemailer's error. Permanent is a 5xx to RCPT TO or DATA (503 aside), or an address that nodemailer itself
 * refuses. A 5xx to MAIL FROM, AUTH or the greeting is about our settings: tried again, so that mending them is enough.
 */
export function mailFailure(error: unknown, recipient: string): MailFailure {
  if (error instanceof MailFailure) return error
  const { code, command, permanent, responseCode } = error as NodemailerError
  const isAboutMail = responseCode !== undefined && responseCode !== CLOSING && ABOUT_THE_MAIL.has(command ?? '')
  const isOwnRefusal = code === 'EENVELOPE' && command === 'API'
  return new MailFailure(answerOf(error as NodemailerError, recipient), {
    isPermanent: isOwnRefusal || (isAboutMail && permanent === true),
    isServerAway: !isAboutMail && !isOwnRefusal,
  })
}

function answerOf(error: NodemailerError, recipient: string): string {
  if (error.response === undefined) {
    return [error.code, error.originalCode, error.timeoutType].filter(Boolean).join(' ') || error.name
  }
  const localPart = recipient.slice(0, Math.max(0, recipient.lastIndexOf('@')))
  return error.response
    .replaceAll(literally(recipient), '…')
    .replaceAll(literally(localPart), '…')
    .replace(ADDRESS, '…')
    .replace(/\s+/g, ' ')
    .replace(/\p{Cc}/gu, '')
    .slice(0, LONGEST)
}

/** A server may name the mailbox without its domain. The empty text matches nothing. */
const literally = (text: string): RegExp =>
  text === ''
    ? /(?!)/g
    : new RegExp(
        text.replace(/[^\w]/g, (sign) => `\\${sign}`),
        'gi',
      )
