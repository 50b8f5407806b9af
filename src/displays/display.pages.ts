import type { Lang, Translate } from '../messages/index.js'
import { sentences } from '../messages/index.js'
import { QUEUE_SETTINGS } from '../queue/index.js'
import type { Lane, Site, SiteService } from '../sites/index.js'

/** How one screen is set up: by its address, so that it comes back the same (I05). */
export interface DisplaySettings {
  lang: Lang
  /** null: as the device prefers. */
  theme: 'dark' | 'light' | null
  hasSound: boolean
}

/** `/display/{site}?lang=en&tema=scuro|chiaro&suono=no`; what else is asked is as if it were not. */
export const displaySettings = ({ lang, tema, suono }: Record<string, unknown>): DisplaySettings => ({
  // Italian on every device, whatever its browser was installed in.
  lang: lang === 'en' ? 'en' : 'it',
  theme: tema === 'scuro' ? 'dark' : tema === 'chiaro' ? 'light' : null,
  hasSound: suono !== 'no',
})

export interface DisplayPage {
  title: string
  sheet: 'display'
  script: 'display/display'
  words: object
  bodyClass: string
  site: { id: string; name: string; timeZone: string; isExample: boolean }
  sound: 'on' | 'off'
  release: string
  lanes: { lane: Lane; name: string }[]
  /** Q1 in plain words, as it is at this site. */
  rule: string[]
}

interface Shown {
  site: Site
  offers: readonly SiteService[]
  release: string
}

const LANES: readonly Lane[] = ['P', 'N', 'D', 'R']

export function displayPage({ site, offers, release }: Shown, settings: DisplaySettings, t: Translate): DisplayPage {
  const { lang, theme, hasSound } = settings
  return {
    title: t('display.title', { site: site.name }),
    sheet: 'display',
    script: 'display/display',
    words: sentences(lang, 'display.live'),
    bodyClass: `display${theme ? ` theme-${theme}` : ''}`,
    site: { id: site.id, name: site.name, timeZone: site.timeZone, isExample: site.isExample },
    sound: hasSound ? 'on' : 'off',
    release,
    lanes: LANES.map((lane) => ({ lane, name: t(`display.lanes.${lane}`) })),
    rule: rule(offers, t),
  }
}

/** In the order of Q1's classes. */
function rule(offers: readonly SiteService[], t: Translate): string[] {
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
