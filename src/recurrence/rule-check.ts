import { atOnce, type Steps } from '../kernel/in-turns.js'
import { isLocalDay } from '../kernel/local-day.js'
import type { OpeningRule } from './calendar-plan.js'
import { LAST_DAY } from './day-set.js'
import { firstOccurrence, firstShared } from './occurrences.js'
import { RecurrenceFault } from './recurrence-parts.js'
import { checkWindow, type RuleFault, shareTime } from './window-check.js'

/**
 * S4: everything that keeps these rules from being saved, each with the path of its field (`rules[1].from`); empty when
 * all is well. Overlaps are looked for among the rules that have no other fault, the earliest for each rule. Fifty rules
 * are more than one turn's work: a step is one rule.
 */
export function* ruleFaults(rules: readonly OpeningRule[]): Steps<RuleFault[]> {
  const faults: RuleFault[] = []
  const sound: Numbered[] = []
  for (const [index, rule] of rules.entries()) {
    const own = [...checkWindow(rule, `rules[${index}]`), ...checkDays(rule, `rules[${index}]`)]
    if (own.length === 0) sound.push({ rule, index })
    faults.push(...own)
    yield
  }
  for (const [place, one] of sound.entries()) {
    faults.push(...firstOverlap(one, sound.slice(0, place)))
    yield
  }
  return faults
}

/** The same, all at once. */
export const checkRules = (rules: readonly OpeningRule[]): RuleFault[] => atOnce(ruleFaults(rules))

function checkDays(rule: OpeningRule, path: string): RuleFault[] {
  if (!isLocalDay(rule.startsOn) || rule.startsOn > LAST_DAY) {
    return [{ code: 'rule-recurrence', field: `${path}.startsOn`, params: { piece: 'startsOn' } }]
  }
  try {
    return firstOccurrence(rule) === null ? [{ code: 'rule-empty', field: `${path}.rrule` }] : []
  } catch (error) {
    if (!(error instanceof RecurrenceFault)) throw error
    return [{ code: 'rule-recurrence', field: `${path}.rrule`, params: { piece: error.piece } }]
  }
}

interface Numbered {
  rule: OpeningRule
  index: number
}

/** Wall time decides: a clock change moves both rules alike. */
function firstOverlap(one: Numbered, others: readonly Numbered[]): RuleFault[] {
  const [earliest] = others
    .filter((other) => shareTime(one.rule, other.rule))
    .map((other) => ({ other, day: firstShared(one.rule, other.rule) }))
    .filter((shared): shared is { other: Numbered; day: string } => shared.day !== null)
    .sort((shared, next) => (shared.day < next.day ? -1 : 1))
  if (!earliest) return []
  const params = { first: nameOf(earliest.other), second: nameOf(one), day: earliest.day }
  return [{ code: 'rule-overlap', field: `rules[${one.index}].from`, params }]
}

/** As people count: the first rule is 1. */
const nameOf = ({ rule, index }: Numbered): string => `${index + 1} (${rule.from}–${rule.to})`
