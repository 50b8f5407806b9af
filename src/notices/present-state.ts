import { type Booking, statusNow } from '../bookings/index.js'
import { type MessageKey, type Translate, translator } from '../messages/index.js'
import type { Site } from '../sites/index.js'
import type { NoticeView } from './notice-view.js'
import { whenWords } from '../platform/pages/when-words.js'

/** A booking of the recipient, as it is when the message is sent. */
export interface StateOfBooking {
  booking: Booking
  site: Site
  link: string
}

export interface PresentState {
  /** Of the one that asked last. */
  lang: Booking['lang']
  bookings: readonly StateOfBooking[]
  bookUrl: string
  now: Date
}

/** Cancelled ones are named while they are few: a hundred of them are somebody's mischief. */
const MOST_NAMED = 5

/** X5: the words of the one message into which others were merged. Greets without a name, and tells how things stand. */
export function presentStateView({ lang, bookings, bookUrl, now }: PresentState): NoticeView {
  const t = translator(lang)
  const active = bookings.filter(({ booking }) => ['confirmed', 'pending'].includes(statusNow(booking, now)))
  const cancelled = bookings.filter(({ booking }) => statusNow(booking, now) === 'cancelled')
  const links = active.map((state) => ({
    label: t(buttonOf(state, now), { when: whenOf(state, t, lang) }),
    url: state.link,
  }))
  return {
    lang,
    subject: t('mail.present-state.subject'),
    greeting: t('mail.greetingNobody'),
    opening: t('mail.present-state.opening'),
    urgent: active.some(({ booking }) => booking.status === 'pending') ? t('mail.present-state.pending') : null,
    facts: [
      {
        label: t('mail.present-state.active'),
        value: active.length > 0 ? String(active.length) : t('mail.present-state.none'),
      },
      ...active.map((state) => ({ label: codeOf(state), value: whereOf(state, t, lang) })),
    ],
    links: links.length > 0 ? links : [{ label: t('mail.buttons.bookAgain'), url: bookUrl }],
    sections: cancelled.length > 0 ? [cancelledOnes(cancelled, t, lang)] : [],
    footer: [t('mail.notMine'), t('mail.automatic')],
    copyLink: t('mail.copyLink'),
  }
}

const codeOf = ({ booking }: StateOfBooking): string => booking.code ?? ''

const whenOf = ({ booking, site }: StateOfBooking, t: Translate, lang: Booking['lang']): string =>
  whenWords(booking.startsAt, site.timeZone, { t, lang })

const whereOf = (state: StateOfBooking, t: Translate, lang: Booking['lang']): string =>
  `${whenOf(state, t, lang)} – ${state.site.name}, ${state.site.address}`

const buttonOf = ({ booking }: StateOfBooking, now: Date): MessageKey =>
  `mail.present-state.${statusNow(booking, now) === 'pending' ? 'confirm' : 'manage'}`

function cancelledOnes(
  cancelled: readonly StateOfBooking[],
  t: Translate,
  lang: Booking['lang'],
): NoticeView['sections'][number] {
  const named = cancelled.slice(0, MOST_NAMED).map((state) => `${codeOf(state)}: ${whenOf(state, t, lang)}`)
  const others = cancelled.length - named.length
  return {
    heading: t('mail.present-state.cancelled'),
    text: null,
    items: others > 0 ? [...named, t('mail.present-state.others', { count: others })] : named,
  }
}
