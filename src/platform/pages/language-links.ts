import type { Lang } from '../../messages/index.js'

/** One of the two languages, as the switch in the header shows it. */
export interface LanguageLink {
  lang: Lang
  name: string
  href: string
  isCurrent: boolean
}

const NAMES: readonly [Lang, string][] = [
  ['it', 'Italiano'],
  ['en', 'English'],
]

/** Links to the same page in both languages. @param address path and query of a page that can be opened by GET */
export function languageLinks(address: string, spoken: Lang): LanguageLink[] {
  const [path = '/', query = ''] = address.split('?')
  const asked = new URLSearchParams(query)
  return NAMES.map(([lang, name]) => {
    asked.set('lang', lang)
    // One slash alone: `//elsewhere` would lead to another host.
    return { lang, name, href: `${path.replace(/^\/+/, '/')}?${asked.toString()}`, isCurrent: lang === spoken }
  })
}
