import { zonedIso } from '../kernel/local-day.js'
import { type Lang, sentences, type Translate, translator } from '../messages/index.js'
import { timeWords } from '../platform/pages/when-words.js'
import type { FollowedTicket } from '../queue/index.js'
import type { Site } from '../sites/index.js'

/** What the page behind a ticket's QR code shows: a number and how it stands, never a name or what somebody comes for. */
export interface TicketPage {
  title: string
  /** Path of the page, `/numero/{token}`. */
  path: string
  number: string
  status: FollowedTicket['status']
  heading: string
  text: string
  /** The counter's name, while it is called or served. */
  counter: string | null
  /** How many are before it, in words; null when it does not wait. */
  ahead: string | null
  /** How long it may take, in words; null when it does not wait. */
  wait: string | null
  site: { name: string; address: string; timeZone: string }
  /** When it was so: the page's clock goes on from here. */
  at: string
  /** Q7: nobody is called any more. */
  isClosed: boolean
  mayLeave: boolean
  /** Ten more minutes can be asked for (Q9). */
  mayGiveWay: boolean
  /** Browsers without scripts open the page again: `20; url=/numero/…`; null once nothing more can happen. */
  refresh: string | null
  notice: { kind: 'success' | 'warning'; title: string; text: string } | null
  /** For the page's script (public/js/ticket.ts). */
  words: Record<string, unknown>
}

/** Seconds after which a browser without scripts asks again. */
const REFRESH_S = 20
const OVER: readonly FollowedTicket['status'][] = ['done', 'left', 'closed']

interface Asked {
  token: string
  site: Site
  now: Date
  lang: Lang
  /** False on pages that must stay as they are: a question, or because somebody has stopped it (WCAG 2.2.1). */
  refreshes?: boolean
  /** What has just been done, or why it was not. */
  said?: Said | null
}

export type Said = 'left' | 'state' | 'gaveWay' | 'noWay'

export function ticketPage(ticket: FollowedTicket, asked: Asked): TicketPage {
  const { token, site, now, lang, refreshes = true, said = null } = asked
  const t = translator(lang)
  const { number, status, givesWayUntil } = ticket
  const counter = ticket.counterName ?? ticket.counter ?? ''
  const path = `/numero/${token}`
  const heading = t(`ticket.status.${status}.title`, { counter })
  const isOver = OVER.includes(status)
  const time = givesWayUntil ? timeWords(new Date(givesWayUntil), site.timeZone) : ''
  return {
    title: isOver || status === 'waiting' ? t('ticket.title', { number }) : `${heading} – ${number}`,
    path,
    number,
    status,
    heading,
    text: givesWayUntil ? t('ticket.giveWay.text', { time }) : t(`ticket.status.${status}.text`, { counter }),
    counter: status === 'called' || status === 'serving' ? counter : null,
    ...expectation(ticket, t),
    site: { name: site.name, address: site.address, timeZone: site.timeZone },
    at: zonedIso(now, site.timeZone),
    isClosed: ticket.reason === 'closed',
    mayLeave: status === 'waiting',
    mayGiveWay: ticket.mayGiveWay === true,
    refresh: isOver || !refreshes ? null : `${REFRESH_S}; url=${path}`,
    notice: said && (said !== 'gaveWay' || givesWayUntil) ? notice(said, { now: heading, time }, t) : null,
    words: sentences(lang, 'ticket'),
  }
}

/** Q6: a range in whole minutes; without an open counter there is none, and that is said. */
function expectation(
  { position, waitMinutes }: FollowedTicket,
  t: Translate,
): { ahead: string | null; wait: string | null } {
  if (position === null) return { ahead: null, wait: null }
  const isCalledSoon = waitMinutes !== null
  const nobody = () => t(isCalledSoon ? 'ticket.ahead.next' : 'ticket.ahead.none')
  const ahead = position === 1 ? nobody() : t('ticket.ahead.people', { count: position - 1 })
  if (!isCalledSoon) return { ahead, wait: t('ticket.wait.none') }
  const [low, high] = waitMinutes
  return { ahead, wait: t('ticket.wait.range', { low, high }) }
}

const notice = (said: Said, facts: { now: string; time: string }, t: Translate): NonNullable<TicketPage['notice']> => ({
  kind: said === 'left' || said === 'gaveWay' ? 'success' : 'warning',
  title: t(`ticket.said.${said}.title`),
  text: t(`ticket.said.${said}.text`, facts),
})
