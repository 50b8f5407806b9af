import type { Lang, Translate } from '../messages/index.js'
import { sentences } from '../messages/index.js'
import { board, type QueueFacts } from '../queue/index.js'
import type { Lane } from '../sites/index.js'
import { screen } from './screen.js'
import { type ShownBoard, shownBoard } from './shown-board.js'

/** How one screen is set up: by its address, so that it comes back the same (case I05). */
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
  script: 'display'
  words: object
  bodyClass: string
  site: { id: string; name: string; timeZone: string; isExample: boolean }
  sound: 'on' | 'off'
  release: string
  lanes: { lane: Lane; name: string; waiting: number }[]
  /** As it is now: what stays on the screen where its script cannot run. */
  board: ShownBoard
  /** Q1 in plain words, as it is at this site. */
  rule: string[]
  notices: string[]
  /** Q7: the counters are closed. */
  closed: { title: string; text: string } | null
}

/** More would leave no room for the call. */
const MOST_NOTICES = 4
const LANES: readonly Lane[] = ['P', 'N', 'D', 'R']

/** How much room notices take (public/js/display/screen.ts). */
const noticesClass = (notices: readonly string[]): string =>
  notices.length === 0 ? '' : notices.length > 2 || notices.join('').length > 150 ? ' notices-many' : ' notices-some'

/** @param release fingerprint of what the page is made of */
export function displayPage(
  facts: QueueFacts,
  { lang, theme, hasSound }: DisplaySettings,
  { t, release }: { t: Translate; release: string },
): DisplayPage {
  const { id, name, timeZone, isExample } = facts.site
  const { rule, notices, words: closed } = screen(facts)
  const themeClass = theme ? ` theme-${theme}` : ''
  const shown = shownBoard(board(facts))
  return {
    title: t('display.title', { site: name }),
    sheet: 'display',
    script: 'display',
    words: sentences(lang, 'display.live'),
    bodyClass: `display${themeClass}${closed ? ' is-closed' : ''}${noticesClass(notices[lang].slice(0, MOST_NOTICES))}`,
    site: { id, name, timeZone, isExample },
    sound: hasSound ? 'on' : 'off',
    release,
    lanes: LANES.map((lane) => ({ lane, name: t(`display.lanes.${lane}`), waiting: shown.waiting[lane] })),
    board: shown,
    rule: rule[lang],
    notices: notices[lang].slice(0, MOST_NOTICES),
    closed: closed && closed[lang],
  }
}
