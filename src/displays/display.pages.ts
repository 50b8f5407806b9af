import type { Lang, Translate } from '../messages/index.js'
import { sentences } from '../messages/index.js'
import type { Lane, Site, SiteService } from '../sites/index.js'
import { rule } from './rule.js'

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
