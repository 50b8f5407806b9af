import { READABLE } from '../kernel/readable.js'
import { type Lang, sentences, translator } from '../messages/index.js'
import type { WalkInsNow } from '../queue/index.js'
import { type Site, type SiteFacts, serviceName } from '../sites/index.js'
import type { KioskFacts } from './kiosk.shape.js'

export interface KioskPage {
  title: string
  kiosk: KioskFacts
  /** In both languages: the switch must work while the server is away. */
  words: Record<Lang, Record<string, unknown>>
}

interface Place {
  site: Site
  facts: SiteFacts
  now: WalkInsNow
  startsIn: Lang
}

export function kioskPage({ site, facts: { sites, services, offers }, now, startsIn }: Place): KioskPage {
  const { id, name, timeZone } = site
  const offered = offers.filter(({ siteId }) => siteId === id).map(({ serviceId }) => serviceId)
  return {
    title: `${translator('it')('kiosk.title')} – ${name}`,
    kiosk: {
      site: { id, name, timeZone },
      sites: sites.map((other) => ({ id: other.id, name: other.name, address: other.address })),
      services: Object.fromEntries(
        services.map((service) => [service.id, { it: serviceName(service, 'it'), en: serviceName(service, 'en') }]),
      ),
      checksIn: services.some((service) => service.bookable && offered.includes(service.id)),
      letters: READABLE,
      startsIn,
      now,
    },
    words: { it: wordsIn('it'), en: wordsIn('en') },
  }
}

/** The page's own sentences, and what may be wrong with a codice fiscale. */
const wordsIn = (lang: Lang) => ({ ...sentences(lang, 'kiosk'), taxCode: sentences(lang, 'visitor.taxCode') })
