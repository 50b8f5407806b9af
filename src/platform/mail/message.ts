import type { SendMailOptions } from 'nodemailer'
import type { Mail } from './mail.js'
import { isMailAddress } from './mail-address.js'
import { MailFailure } from './mail-failure.js'
import type { MailFrom } from './mail-from.js'

/**
 * The mail in nodemailer's words. The recipient is an object and the envelope explicit, because address parsers have
 * read one text as several recipients (T36). The headers tell out-of-office robots not to answer (RFC 3834).
 * @throws MailFailure when the recipient is not one plain address
 */
export function messageOf(mail: Mail, from: MailFrom): SendMailOptions {
  if (!isMailAddress(mail.to)) {
    throw new MailFailure('not one plain address', { isPermanent: true, isServerAway: false })
  }
  return {
    messageId: mail.messageId,
    date: mail.date,
    from,
    to: { name: '', address: mail.to },
    envelope: { from: from.address, to: [mail.to] },
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'Content-Language': mail.lang,
    },
    xMailer: false,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(mail.calendar && {
      icalEvent: { method: mail.calendar.method, content: mail.calendar.text, filename: mail.calendar.filename },
    }),
  }
}
