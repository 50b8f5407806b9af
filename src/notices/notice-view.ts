import { statusNow } from '../bookings/index.js'
import { type KeyOf, type Lang, type MessageKey, type Translate, translator } from '../messages/index.js'
import { thingsToBring } from '../matters/index.js'
import { serviceName, whatToBring } from '../sites/index.js'
import { fullName } from '../visitors/index.js'
import type { NoticeFacts } from './notice.js'
import { dayAndTime, whenWords } from '../platform/pages/when-words.js'

export interface NoticeLink {
  label: string
  url: string
}

/** What a notice says, in words; the text part and views/notices/mail/notice.ejs show the same. */
export interface NoticeView {
  lang: Lang
  subject: string
  greeting: string
  opening: string
  /** What has to be done, or the booking is lost. */
  urgent: string | null
  facts: { label: string; value: string }[]
  /** The first is the main one. */
  links: NoticeLink[]
  sections: { heading: string; text: string | null; items: string[] }[]
  footer: string[]
  /** Before the main address in full, for those whose mail program shows no button. */
  copyLink: string
}

/** The words of one notice. */
export function noticeView(facts: NoticeFacts): NoticeView {
  const { kind, booking, site, now } = facts
  const t = translator(booking.lang)
  const status = statusNow(booking, now)
  const isCancelled = status === 'cancelled'
  return {
    lang: booking.lang,
    subject: t(`mail.${kind}.subject`),
    greeting: greetingOf(facts, t),
    opening: t(`mail.${kind}.opening`),
    urgent:
      status === 'pending' && booking.expiresAt
        ? t(confirmWords(booking), dayAndTime(booking.expiresAt, site.timeZone, booking.lang))
        : null,
    facts: factsOf(facts, t, isCancelled),
    links: isCancelled ? cancelledLinks(facts, t) : [manageLink(facts, t, status === 'pending')],
    sections: isCancelled ? [bookAgain(t)] : [bring(facts, t), cannotCome(t)],
    footer: [
      ...(site.isExample ? [t('mail.example')] : []),
      ...(isCancelled ? [] : [t('mail.notMine'), t('mail.secretLink')]),
      t('mail.automatic'),
    ],
    copyLink: t('mail.copyLink'),
  }
}

/** X1: beyond its limits nobody keeps the place of what is pending. */
const confirmWords = ({ slotCount }: NoticeFacts['booking']): MessageKey =>
  slotCount === 0 ? 'mail.confirmSoon' : 'mail.confirmBy'

/** X6: an address of which nobody has ever read a mail may be a stranger's, and the name a stranger's words to them. */
const greetingOf = ({ booking, isProven }: NoticeFacts, t: Translate): string =>
  isProven ? t('mail.greeting', { name: oneLine(fullName(booking)) }) : t('mail.greetingNobody')

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

function factsOf(facts: NoticeFacts, t: Translate, isCancelled: boolean): NoticeView['facts'] {
  const { booking, site, service } = facts
  const values: [name: KeyOf<'mail.facts'>, value: string | null][] = [
    [isCancelled ? 'whenCancelled' : 'when', whenWords(booking.startsAt, site.timeZone, { t, lang: booking.lang })],
    ['where', `${site.name}, ${site.address}`],
    ['code', booking.code],
    ['service', serviceName(service, booking.lang)],
    ['reason', facts.closureReason && oneLine(facts.closureReason)],
    ['persons', booking.persons > 1 ? String(booking.persons) : null],
    ['phone', site.phone],
  ]
  return values.flatMap(([name, value]) => (value === null ? [] : [{ label: t(`mail.facts.${name}`), value }]))
}

const manageLink = ({ link }: NoticeFacts, t: Translate, isPending: boolean): NoticeLink => ({
  label: t(isPending ? 'mail.buttons.confirm' : 'mail.buttons.manage'),
  url: link,
})

const cancelledLinks = ({ link, bookUrl }: NoticeFacts, t: Translate): NoticeLink[] => [
  { label: t('mail.buttons.bookAgain'), url: bookUrl },
  { label: t('mail.buttons.seeCancelled'), url: link },
]

/** M5 */
const bring = ({ service, matter, booking: { lang } }: NoticeFacts, t: Translate): NoticeView['sections'][number] => ({
  heading: t('mail.bring'),
  text: t('mail.atTheCounter'),
  items: thingsToBring(matter, lang) ?? whatToBring(service, lang),
})

const cannotCome = (t: Translate): NoticeView['sections'][number] => ({
  heading: t('mail.cannotCome.heading'),
  text: t('mail.cannotCome.text'),
  items: [],
})

const bookAgain = (t: Translate): NoticeView['sections'][number] => ({
  heading: t('mail.bookAgain.heading'),
  text: t('mail.bookAgain.text'),
  items: [],
})
