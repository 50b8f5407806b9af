import { type Booking, type BookingMail, mailedToken, manageUrl } from '../bookings/index.js'
import type { Clock } from '../kernel/clock.js'
import type { MatterDirectory } from '../matters/index.js'
import type { Mail, Untold } from '../platform/mail/mail.js'
import { readMailFrom } from '../platform/mail/mail-from.js'
import type { RenderMail } from '../platform/mail/mail-view.js'
import { PRESENT_STATE } from '../platform/mail/recipients.store.js'
import type { OutboxEntity } from '../platform/mail/outbox.entity.js'
import { fingerprint, type Secrets } from '../platform/secrets.js'
import type { SiteDirectory } from '../sites/index.js'
import { type ComposedNotice, composeNotice, composeView } from './compose-notice.js'
import { isNoticeKind } from './notice.js'
import { isStillTrue } from './notice-rules.js'
import { presentStateView } from './present-state.js'

interface Deps {
  findBooking: (id: string) => Promise<Booking | null>
  /** X6 */
  isProven: (email: string) => Promise<boolean>
  /** The reason of a public closure over a booking's time. */
  closureReason: (booking: Booking, timeZone: string) => Promise<string | null>
  /** X5: what the recipient has booked and is not over, soonest first. */
  bookingsOf: (email: string) => Promise<Booking[]>
  sites: SiteDirectory
  matters: MatterDirectory
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
export function makeWriteNotice(deps: Deps) {
  const { findBooking, clock, baseUrl } = deps
  const { hostname } = new URL(baseUrl)
  const composeOne = makeComposeOne(deps)
  const composeAll = makeComposeAll(deps)
  return async ({ kind, subjectId, occurrence }: OutboxEntity): Promise<Mail | Untold> => {
    const booking = await findBooking(subjectId)
    const now = clock()
    if (!booking || booking.email === null) return 'erased'
    const reached = { ...booking, email: booking.email }
    const about = {
      messageId: `<${messageName({ subjectId, kind, occurrence })}@${hostname}>`,
      to: booking.email,
      date: now,
    }
    if (kind === PRESENT_STATE) return { ...(await composeAll(reached, now)), ...about }
    if (!isNoticeKind(kind)) throw new Error(`no words for a mail of the kind ${kind}`)
    if (!isStillTrue({ kind, occurrence }, booking, now)) return 'superseded'
    return { ...(await composeOne(kind, reached, now)), ...about }
  }
}

/** A booking that has somewhere to write to. */
type Reached = Booking & { email: string }

const makeComposeOne = ({ isProven, closureReason, sites, matters, secrets, render, baseUrl, mailFrom }: Deps) => {
  const organizer = readMailFrom(mailFrom)
  return async (kind: BookingMail, booking: Reached, now: Date): Promise<ComposedNotice> => {
    const site = await sites.site(booking.siteId)
    const isOfClosure = kind === 'closed-by-site' || kind === 'move-offered'
    const facts = {
      kind,
      booking,
      isProven: await isProven(booking.email),
      site,
      closureReason: isOfClosure ? await closureReason(booking, site.timeZone) : null,
      service: await sites.service(booking.serviceId),
      matter: await matters.find(booking.matterId),
      link: manageUrl(baseUrl, mailedToken(secrets, booking)),
      bookUrl: `${baseUrl}/prenota`,
      now,
    }
    return composeNotice(facts, { render, organizer })
  }
}

/** X5: one message instead of many. */
const makeComposeAll =
  ({ bookingsOf, sites, secrets, render, baseUrl }: Deps) =>
  async ({ email, lang }: Reached, now: Date): Promise<ComposedNotice> => {
    const bookings = (await bookingsOf(email)).map(async (booking) => ({
      booking,
      site: await sites.site(booking.siteId),
      link: manageUrl(baseUrl, mailedToken(secrets, booking)),
    }))
    const facts = { lang, bookings: await Promise.all(bookings), bookUrl: `${baseUrl}/prenota`, now }
    return composeView(presentStateView(facts), { render, calendar: null })
  }

/** Of what the mail says, not of its row: after a restore the same mail is made anew, and is seen as the same (L4). */
const messageName = ({
  subjectId,
  kind,
  occurrence,
}: Pick<OutboxEntity, 'subjectId' | 'kind' | 'occurrence'>): string =>
  fingerprint(`${subjectId}/${kind}/${occurrence}`).slice(0, 32)
