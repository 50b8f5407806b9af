import { shortDayWords, timeWords } from '../platform/pages/when-words.js'
import { addDays, localDay, startOfDay, zonedIso } from '../kernel/local-day.js'
import { type Lang, LANGS, translator } from '../messages/index.js'
import { inOrder } from '../recurrence/index.js'
import { isClosed, opensNext, type QueueFacts } from '../queue/index.js'
import { rule } from './rule.js'
import type { Screen } from './screen.shape.js'

/** `GET /sites/{site}/screen`, and the event `screen` of namespace `/board`. */
export function screen(facts: QueueFacts): Screen {
  const { site, offers } = facts
  const closed = isClosed(facts)
  const opensAt = closed ? opensNext(facts) : null
  return {
    site: site.id,
    name: site.name,
    isExample: site.isExample,
    rule: inBoth((lang) => rule(offers, translator(lang))),
    notices: inBoth((lang) => notices(facts, lang)),
    closed,
    words: closed ? inBoth((lang) => closedWords(facts, opensAt, lang)) : null,
    opensAt: opensAt && zonedIso(opensAt, site.timeZone),
  }
}

const inBoth = <T>(say: (lang: Lang) => T): Record<Lang, T> =>
  Object.fromEntries(LANGS.map((lang) => [lang, say(lang)])) as Record<Lang, T>

function closedWords({ site, day }: QueueFacts, opensAt: Date | null, lang: Lang): { title: string; text: string } {
  const t = translator(lang)
  const title = t('display.screen.closed')
  if (!opensAt) return { title, text: '' }
  const [opensOn, time] = [localDay(opensAt, site.timeZone), timeWords(opensAt, site.timeZone)]
  const key = opensOn === day ? 'display.screen.reopensToday' : 'display.screen.reopens'
  return { title, text: t(key, { day: shortDayWords(opensOn, lang), time }) }
}

/** Days ahead for which a closure is told. */
const TOLD_DAYS = 7

type Closure = QueueFacts['opening']['plans'][number]['closures'][number]

function notices({ opening, day, now, site }: QueueFacts, lang: Lang): string[] {
  const until = addDays(day, TOLD_DAYS)
  // A closure of the whole site stands in each of its calendars.
  const closures = new Map(opening.plans.flatMap(({ closures }) => closures).map((closure) => [closure.id, closure]))
  const told = [...closures.values()].filter(({ isPublic }) => isPublic)
  const near = told.filter(({ fromOn, toOn, fromAt, toAt }) =>
    fromOn !== null && toOn !== null
      ? day < toOn && fromOn <= until
      : fromAt !== null && toAt !== null && now < toAt && localDay(fromAt, site.timeZone) <= until,
  )
  const own = (site.notices ?? []).map((notice) => notice[lang] ?? notice.it)
  return [...own, ...inOrder(near, site.timeZone).map((closure) => closureWords(closure, site.timeZone, lang))]
}

function closureWords({ fromOn, toOn, fromAt, toAt, reason }: Closure, timeZone: string, lang: Lang): string {
  const t = translator(lang)
  const day = (instant: Date) => localDay(instant, timeZone)
  // Whole days, however they were entered; said without the day that is excluded, as people say them.
  const isMidnight = (instant: Date | null) => instant !== null && +startOfDay(day(instant), timeZone) === +instant
  const areDays = isMidnight(fromAt) && isMidnight(toAt)
  const first = fromOn ?? (areDays && fromAt ? day(fromAt) : null)
  const end = toOn ?? (areDays && toAt ? day(toAt) : null)
  const at = (instant: Date | null) =>
    instant
      ? t('display.screen.dayAndTime', { day: shortDayWords(day(instant), lang), time: timeWords(instant, timeZone) })
      : ''
  const from = first === null ? at(fromAt) : shortDayWords(first, lang)
  const to = end === null ? at(toAt) : shortDayWords(addDays(end, -1), lang)
  return t(from === to ? 'display.screen.closureOn' : 'display.screen.closure', { from, to, reason })
}
