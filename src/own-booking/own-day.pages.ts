import type { Booking } from '../bookings/index.js'
import { MINUTE_MS } from '../kernel/clock.js'
import { localDay } from '../kernel/local-day.js'
import type { KeyOf } from '../messages/index.js'
import { dayEnd, hoursFor, plansOf, type SiteHours, siteHours } from '../seats/index.js'
import type { Site } from '../sites/index.js'
import type { OwnBookingDeps, OwnNumber } from './own-booking-deps.js'
import { hasUseOfCode, type OwnState, ownState, type TicketState } from './own-day.js'
import { timeWords } from '../platform/pages/when-words.js'
import type { Speech } from '../platform/pages/speech.js'

/** D1: how a booking stands on its page. */
export interface OwnDayView {
  state: OwnState
  text: string
  /** The kiosk has a use for the code: it is shown, first and as a picture too. */
  hasCode: boolean
  /** What the code is good for now. */
  codeText: string
  /** While it is in the queue. */
  number: OwnNumber | null
  /** Local time at which `number` was so. */
  at: string
  /** K5 would let the same person book now, as far as the link's owner may know (X7). */
  mayBookAgain: boolean
}

type Deps = Pick<OwnBookingDeps, 'directory' | 'clock' | 'calendars' | 'bookings' | 'numberOf' | 'lateMinutes'>

/** What the page behind the link says on the day, in agreement with what the kiosk does (D1, W1) and K5. */
export class OwnDayPages {
  constructor(private readonly deps: Deps) {}

  async view(booking: Booking, { t, lang }: Speech): Promise<OwnDayView> {
    const { directory, clock, bookings, lateMinutes } = this.deps
    const site = await directory.site(booking.siteId)
    const [now, opening] = [clock(), await this.hours(site, booking.onDay)]
    const hours = opening && hoursFor(opening, booking)
    const today = localDay(now, site.timeZone)
    const number = booking.onDay === today ? await this.deps.numberOf(booking, lang) : null
    const lateAt = new Date(booking.startsAt.getTime() + lateMinutes * MINUTE_MS)
    const closesAt = booking.onDay === today ? (hours?.closesAt ?? null) : null
    const ticket = number && stateAt(number.status, isOver(hours, now))
    const state = ownState(booking, { now, today, closesAt, lateAt, ticket })
    const clockTime = (at: Date | null) => (at === null ? '' : timeWords(at, site.timeZone))
    const words = {
      until: clockTime(booking.expiresAt),
      late: clockTime(lateAt),
      closes: clockTime(state === 'closed' && opening ? opening.closesAt : closesAt),
      lateMinutes,
    }
    return {
      state,
      text: t(`citizen.booking.text.${textOf(state, { booking, closesAt })}`, words),
      hasCode: hasUseOfCode(state),
      codeText: t(`citizen.booking.${CODE_TEXTS[state] ?? 'codeText'}`),
      number: state === 'arrived' || state === 'missed' ? number : null,
      at: clockTime(now),
      mayBookAgain: OFFERS_AGAIN.includes(state) && (await bookings.mayBookAgain(booking)),
    }
  }

  private async hours(site: Site, day: string): Promise<SiteHours | null> {
    const offers = (await this.deps.directory.all()).offers.filter(({ siteId }) => siteId === site.id)
    return siteHours({ site, offers, plans: await plansOf(this.deps.calendars, offers) }, day)
  }
}

/** Some states are told in more than one way: a site without an end of the day, a place that nobody keeps (X1). */
function textOf(
  state: OwnState,
  { booking, closesAt }: { booking: Booking; closesAt: Date | null },
): KeyOf<'citizen.booking.text'> {
  if (state === 'late' && closesAt === null) return 'lateOpen'
  return state === 'pending' && booking.slotCount === 0 ? 'pendingSeatless' : state
}

const isOver = (hours: SiteHours | null, now: Date): boolean => {
  const end = dayEnd(hours)
  return end !== null && now >= end
}

/** Once the day is over a number says only that somebody came, and whether they were served (Q7). */
const stateAt = (status: TicketState, over: boolean): TicketState => (over && status !== 'done' ? 'closed' : status)

const CODE_TEXTS: Partial<Record<OwnState, KeyOf<'citizen.booking'>>> = {
  arrived: 'codeTextArrived',
  missed: 'codeTextMissed',
  left: 'codeTextLeft',
}

/** Who is expected or waits is not asked to book. */
const OFFERS_AGAIN: readonly OwnState[] = ['cancelled', 'expired', 'late', 'served', 'no-show', 'closed', 'over']
