import type { Translate } from '../messages/index.js'
import { QUEUE_SETTINGS } from '../queue/index.js'
import type { SiteService } from '../sites/index.js'

/** Q1 in plain words, in the order of its classes, as it is at a site. */
export function rule(offers: readonly SiteService[], t: Translate): string[] {
  const { dueMinutes, lateMinutes } = QUEUE_SETTINGS
  const longest = offers.flatMap(({ maxWaitMinutes }) => maxWaitMinutes ?? [])
  const walkIn = t('display.rule.walkIn', { late: lateMinutes })
  const isSeniorFirst = offers.some(({ seniorFirst }) => seniorFirst)
  return [
    t('display.rule.urgent'),
    ...(longest.length > 0 ? [t('display.rule.maxWait', { minutes: Math.min(...longest) })] : []),
    t('display.rule.booked', { due: dueMinutes }),
    isSeniorFirst ? `${walkIn} (${t('display.rule.senior')})` : walkIn,
    t('display.rule.early'),
  ]
}
