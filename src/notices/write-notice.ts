import { type Booking, mailedToken, manageUrl } from '../bookings/index.js'
import type { Clock } from '../kernel/clock.js'
import type { Mail, Untold } from '../platform/mail/mail.js'
import { readMailFrom } from '../platform/mail/mail-from.js'
import type { RenderMail } from '../platform/mail/mail-view.js'
import type { OutboxEntity } from '../platform/mail/outbox.entity.js'
import type { Secrets } from '../platform/secrets.js'
import type { SiteDirectory } from '../sites/index.js'
import { composeNotice } from './compose-notice.js'
import { isNoticeKind } from './notice.js'
import { isStillTrue } from './notice-rules.js'

interface Deps {
  findBooking: (id: string) => Promise<Booking | null>
  /** X6 */
  isProven: (email: string) => Promise<boolean>
  /** The reason of a public closure over a booking's time. */
  closureReason: (booking: Booking, timeZone: string) => Promise<string | null>
  sites: SiteDirectory
  secrets: Secrets
  clock: Clock
  render: RenderMail
  /** BASE_URL, without a trailing slash. */
  baseUrl: string
  /** MAIL_FROM. */
  mailFrom: string
}

/**
 * The mail of an outbox row, as things stand now. Or why there is nothing to say any more: the booking has changed
 * since, or its personal data is erased. @throws Error for a kind of mail that is not of this room
 */
export function makeWriteNotice({
  findBooking,
  isProven,
  closureReason,
  sites,
  secrets,
  clock,
  render,
  baseUrl,
  mailFrom,
}: Deps) {
  const organizer = readMailFrom(mailFrom)
  const { hostname } = new URL(baseUrl)
  return async ({ id, kind, subjectId, occurrence }: OutboxEntity): Promise<Mail | Untold> => {
    if (!isNoticeKind(kind)) throw new Error(`no words for a mail of the kind ${kind}`)
    const booking = await findBooking(subjectId)
    const now = clock()
    if (!booking || booking.email === null) return 'erased'
    if (!isStillTrue({ kind, occurrence }, booking, now)) return 'superseded'
    const site = await sites.site(booking.siteId)
    const isOfClosure = kind === 'closed-by-site' || kind === 'move-offered'
    const facts = {
      kind,
      booking,
      isProven: await isProven(booking.email),
      site,
      closureReason: isOfClosure ? await closureReason(booking, site.timeZone) : null,
      service: await sites.service(booking.serviceId),
      link: manageUrl(baseUrl, mailedToken(secrets, booking)),
      bookUrl: `${baseUrl}/prenota`,
      now,
    }
    return {
      ...composeNotice(facts, { render, organizer }),
      messageId: `<${id}@${hostname}>`,
      to: booking.email,
      date: now,
    }
  }
}
