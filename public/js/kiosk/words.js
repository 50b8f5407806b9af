import { say as sentence } from '../words.js'
import { facts } from './place.js'
import { state } from './state.js'

const LOCALES = { it: 'it-IT', en: 'en-GB' }

/** A sentence of the language that is spoken now. */
export const say = (key, values) => sentence(`${state.lang}.${key}`, values)

/** `9:20` of an RFC 3339 text, which carries the site's own time. */
export const timeOf = (text) => text.slice(11, 16).replace(/^0/, '')

/** `martedì 24 novembre`; Italian writes the first of a month as an ordinal. */
export function dayOf(text) {
  const day = new Date(`${text.slice(0, 10)}T12:00:00Z`)
  const words = new Intl.DateTimeFormat(LOCALES[state.lang], {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  }).format(day)
  return state.lang === 'it' ? words.replace(/ 1 /, ' 1º ') : words.replace(',', '')
}

/** When a service opens next, seen from the server's present day. */
export function opensWords(opensAt) {
  if (opensAt === null) return say('opens.unknown')
  const [today, that] = [state.now.at, opensAt].map((text) => Date.parse(`${text.slice(0, 10)}T12:00:00Z`))
  const days = Math.round((that - today) / 86_400_000)
  const key = days === 0 ? 'today' : days === 1 ? 'tomorrow' : 'later'
  return say(`opens.${key}`, { time: timeOf(opensAt), day: dayOf(opensAt) })
}

const BY_LANE = { N: 'newborn', D: 'direct', R: 'pickUp' }

/** What people know a service by: the way in, unless the site has two of a kind; then its own name. */
export function offerWords({ id, lane }) {
  const key = BY_LANE[lane]
  const isOnly = state.now.services.filter((service) => service.lane === lane).length === 1
  return key && isOnly
    ? { name: say(`start.${key}`), hint: say(`start.${key}Hint`) }
    : { name: facts.services[id]?.[state.lang] ?? id, hint: say('start.otherHint') }
}

/** The lines about a waiting ticket. */
export function standingWords({ position, waitMinutes }) {
  const ahead = position === 1 ? say('ticket.aheadNone') : say('ticket.ahead', { count: position - 1 })
  const [low, high] = waitMinutes ?? []
  return { ahead, wait: waitMinutes ? say('ticket.wait', { low, high }) : say('ticket.noCounter') }
}
