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
    // The parts are 8bit: a server that knows the word is told.
    envelope: { from: from.address, to: [mail.to], use8BitMime: true },
    subject: mail.subject,
    text: wholeLines('text/plain', mail.text),
    html: wholeLines('text/html', mail.html),
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

/** RFC 5322: no line is longer, in bytes. */
const LONGEST_LINE = 998

/**
 * A part in 8bit: as it is, so that a link stays whole on its line for whoever reads the mail raw, forwards it as text or
 * has a program that joins the folded lines of quoted-printable badly. A line beyond what mail may carry is left to
 * nodemailer to fold.
 */
function wholeLines(type: string, text: string): SendMailOptions['text'] {
  const lines = text.split(/\r\n|\r|\n/)
  if (lines.some((line) => Buffer.byteLength(line) > LONGEST_LINE)) return text
  return { raw: [`Content-Type: ${type}; charset=utf-8`, 'Content-Transfer-Encoding: 8bit', '', ...lines].join('\r\n') }
}
