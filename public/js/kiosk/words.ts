import type { Lang } from '../../../src/messages/lang.shape.js'
import { LOCALES, timeOf } from '../kit/clock.js'
import { sentence } from '../kit/words.js'
import { facts } from './place.js'
import { type Key, type Offer, state, type Standing } from './state.js'

/** A sentence of the language that is spoken now: the page has both. */
export const say = (key: Key, values?: object): string => sentence(`${state.lang}.${key}`, values)

/** `martedì 24 novembre`; Italian writes the first of a month as an ordinal. */
export function dayOf(text: string): string {
  const day = new Date(`${text.slice(0, 10)}T12:00:00Z`)
  const words = new Intl.DateTimeFormat(LOCALES[state.lang], {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  }).format(day)
  return state.lang === 'it' ? words.replace(/ 1 /, ' 1º ') : words.replace(',', '')
}

const noonOf = (text: string): number => Date.parse(`${text.slice(0, 10)}T12:00:00Z`)

/** When a service opens next, seen from the server's present day. */
export function opensWords(opensAt: string | null): string {
  if (opensAt === null) return say('opens.unknown')
  const days = Math.round((noonOf(opensAt) - noonOf(state.now.at)) / 86_400_000)
  const key = days === 0 ? 'today' : days === 1 ? 'tomorrow' : 'later'
  return say(`opens.${key}`, { time: timeOf(opensAt), day: dayOf(opensAt) })
}

const BY_LANE = { N: 'newborn', D: 'direct', R: 'pickUp', P: null } as const

/** What people know a service by: the way in, unless the site has two of a kind; then its own name. */
export function offerWords({ id, lane }: Pick<Offer, 'id' | 'lane'>): { name: string; hint: string } {
  const key = lane && BY_LANE[lane]
  const isOnly = state.now.services.filter((service) => service.lane === lane).length === 1
  return key && isOnly
    ? { name: say(`start.${key}`), hint: say(`start.${key}Hint`) }
    : { name: nameIn(id, state.lang) ?? id, hint: say('start.otherHint') }
}

const nameIn = (id: string, lang: Lang): string | undefined => facts.services[id]?.[lang]

/** The lines about a waiting ticket. */
export function standingWords({ position, waitMinutes }: Standing): { ahead: string; wait: string } {
  const ahead = position === 1 ? say('ticket.aheadNone') : say('ticket.ahead', { count: position - 1 })
  const [low, high] = waitMinutes ?? []
  return { ahead, wait: waitMinutes ? say('ticket.wait', { low, high }) : say('ticket.noCounter') }
}
