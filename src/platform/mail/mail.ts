import type { Lang } from '../../messages/index.js'

/** A calendar entry that travels with a mail (RFC 5546). */
export interface MailCalendar {
  method: 'PUBLISH' | 'CANCEL'
  /** The whole .ics file. */
  text: string
  filename: string
}

/** One mail to one person, ready to be sent. */
export interface Mail {
  /** With angle brackets; the same at every try, so that a mail sent twice is seen as one (L4). */
  messageId: string
  /** One plain address, without a name. */
  to: string
  subject: string
  text: string
  html: string
  lang: Lang
  calendar: MailCalendar | null
  date: Date
}

/** Why there is no mail any more: a later change has mails of its own, or the personal data is erased (A4). */
export type Untold = 'superseded' | 'erased'

/** Where mail goes: an SMTP server, or files in demo. */
export interface MailTransport {
  /** Resolves when the mail is taken over. @throws MailFailure, or another Error that counts as temporary */
  send(mail: Mail): Promise<void>
  /** Ends its connections; a mail still on its way fails. */
  close(): void
}
