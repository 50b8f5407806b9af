import { type Booking, bookingToken, type FoundByLink, seatsGivenUp, statusNow } from '../bookings/index.js'
import { thingsToBring } from '../matters/index.js'
import { serviceName, whatToBring } from '../sites/index.js'
import type { LocalDay } from '../kernel/local-day.js'
import type { CalendarAddress, CalendarPages, CalendarQuery, CalendarView, TimesAnswer } from '../citizen/index.js'
import type { OwnBookingDeps } from './own-booking-deps.js'
import type { FieldError, NoticeView } from '../platform/pages/told.js'
import type { OwnDayPages, OwnDayView } from './own-day.pages.js'
import { dayWords, timeWords, whenWords } from '../platform/pages/when-words.js'
import type { Speech } from '../platform/pages/speech.js'

/** A booking as its owner reads it. */
export interface BookingView extends OwnDayView {
  code: string
  /** With spaces between, so that screen readers spell it. */
  codeSpelled: string
  day: string
  time: string
  endTime: string
  when: string
  site: { id: string; name: string; address: string; phone: string }
  service: string
  serviceId: string
  persons: string
  personsCount: number
  /** First name and the surname's first letter: whoever holds the link needs no more to tell bookings apart. */
  forWhom: string
  email: string
  /** For what one comes for; where that was not said, for the service (M5). */
  bring: string[]
  /** X1: pending, and nobody keeps its place meanwhile. */
  isSeatless: boolean
  /** What to bring is of use while one is expected. */
  isAwaited: boolean
  /** Until when a pending one may be confirmed, local time. */
  until: string
  mayConfirm: boolean
  mayMove: boolean
  mayCancel: boolean
  /** Of the page behind the link. */
  path: string
}

export interface ManagePage {
  booking: BookingView
  notice: NoticeView | null
}

export interface MovePage {
  booking: BookingView
  calendar: CalendarView
  errors: FieldError[]
  notice: NoticeView | null
}

interface Asked extends CalendarAddress {
  chosen?: string | null
  errors?: FieldError[]
  notice?: NoticeView | null
}

/** A booking and the link it was opened by; the links and forms of its pages lead back through the same one. */
export interface Opened extends FoundByLink {
  link: string
}

export class ManagePages {
  constructor(
    private readonly deps: Pick<OwnBookingDeps, 'directory' | 'matters' | 'clock' | 'secrets'>,
    private readonly calendar: CalendarPages,
    private readonly ownDay: OwnDayPages,
  ) {}

  async booking({ booking, isProven, link }: Opened, speech: Speech): Promise<BookingView> {
    const { t, lang } = speech
    const [site, service, matter] = await this.factsOf(booking)
    const [now, zone, code] = [this.deps.clock(), site.timeZone, booking.code ?? '']
    const day = await this.ownDay.view(booking, speech)
    return {
      ...day,
      ...abilities(booking, now),
      isAwaited: day.hasCode || day.state === 'pending',
      isSeatless: booking.slotCount === 0 && statusNow(booking, now) === 'pending',
      mayConfirm: statusNow(booking, now) === 'pending' && isProven,
      code,
      codeSpelled: [...code].join(' '),
      day: dayWords(booking.onDay, lang),
      time: timeWords(booking.startsAt, zone),
      endTime: timeWords(booking.endsAt, zone),
      when: whenWords(booking.startsAt, zone, speech),
      site: {
        id: site.id,
        name: site.name,
        address: site.address,
        phone: site.phone ?? t('citizen.layout.toConfigure'),
      },
      service: serviceName(service, lang),
      serviceId: service.id,
      persons: t('citizen.layout.persons', { count: booking.persons }),
      personsCount: booking.persons,
      forWhom: booking.firstName
        ? `${booking.firstName} ${initial(booking.lastName)}`.trim()
        : (booking.lastName ?? ''),
      email: booking.email ?? '',
      bring: thingsToBring(matter, lang) ?? whatToBring(service, lang),
      until: booking.expiresAt ? timeWords(booking.expiresAt, zone) : '',
      path: `/prenotazione/${link}`,
    }
  }

  private async factsOf({ siteId, serviceId, matterId }: Booking) {
    const { directory, matters } = this.deps
    return Promise.all([directory.site(siteId), directory.service(serviceId), matters.find(matterId)])
  }

  async manage(opened: Opened, speech: Speech, notice: NoticeView | null): Promise<ManagePage> {
    return { booking: await this.booking(opened, speech), notice }
  }

  /** For who has just made it, and has no link yet. */
  async made(booking: Booking, speech: Speech): Promise<BookingView> {
    return this.booking({ booking, isProven: false, link: bookingToken(this.deps.secrets, booking) }, speech)
  }

  /** The calendar of the booking's own site (K8). */
  async move(opened: Opened, speech: Speech, asked: Asked): Promise<MovePage> {
    return {
      booking: await this.booking(opened, speech),
      calendar: await this.calendar.show(await this.query(opened.booking, speech, asked), speech),
      errors: asked.errors ?? [],
      notice: asked.notice ?? null,
    }
  }

  /** The times of one day for who has this booking. */
  async times({ booking }: Opened, speech: Speech, day: LocalDay): Promise<TimesAnswer> {
    return this.calendar.times({ ...(await this.query(booking, speech, {})), day }, speech.lang)
  }

  private async query(booking: Booking, { t }: Speech, asked: Asked): Promise<CalendarQuery> {
    const { siteId, serviceId, persons, startsAt } = booking
    const { timeZone } = await this.deps.directory.site(siteId)
    const own = { startsAt, text: t('citizen.booking.move.same'), mayChoose: false, seats: seatsGivenUp(booking) }
    const { mese: month = null, giorno: day = null, chosen = null } = asked
    const base = { siteId, serviceId, timeZone, persons, month, day, chosen }
    return { ...base, own: abilities(booking, this.deps.clock()).mayMove ? own : null }
  }
}

const initial = (name: string | null): string => (name ? `${[...name][0]}.` : '')

/** L2: after the start the link only shows. */
function abilities(booking: Booking, now: Date): Pick<BookingView, 'mayMove' | 'mayCancel'> {
  const status = statusNow(booking, now)
  const ahead = booking.startsAt > now
  return {
    mayMove: status === 'confirmed' && ahead,
    mayCancel: (status === 'confirmed' || status === 'pending') && ahead,
  }
}
