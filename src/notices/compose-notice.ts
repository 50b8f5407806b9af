import type { Mail } from '../platform/mail/mail.js'
import type { MailFrom } from '../platform/mail/mail-from.js'
import type { RenderMail } from '../platform/mail/mail-view.js'
import { bookingCalendar } from './booking-calendar.js'
import type { NoticeFacts } from './notice.js'
import { noticeText } from './notice-text.js'
import { type NoticeView, noticeView } from './notice-view.js'

interface Deps {
  render: RenderMail
  organizer: MailFrom
}

/** Everything of a mail but where it goes and its id. */
export type ComposedNotice = Pick<Mail, 'subject' | 'text' | 'html' | 'lang' | 'calendar'>

/** Puts a notice into words, in the language of the booking (L3). Depends on nothing but its arguments. */
export function composeNotice(facts: NoticeFacts, { render, organizer }: Deps): ComposedNotice {
  return composeView(noticeView(facts), { render, calendar: bookingCalendar({ ...facts, organizer }) })
}

/** The two parts of a mail that say the same. */
export const composeView = (
  view: NoticeView,
  { render, calendar }: Pick<Deps, 'render'> & Pick<Mail, 'calendar'>,
): ComposedNotice => ({
  subject: view.subject,
  text: noticeText(view),
  html: render<NoticeView>('notices/mail/notice', view),
  lang: view.lang,
  calendar,
})
