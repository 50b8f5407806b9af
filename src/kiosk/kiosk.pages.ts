import { READABLE } from '../kernel/readable.js'
import { type Lang, sentences, translator } from '../messages/index.js'
import type { WalkInsNow } from '../queue/index.js'
import { type Site, type SiteFacts, serviceName } from '../sites/index.js'

/** What the kiosk's scripts know of the place they stand in (public/js/kiosk). */
interface KioskFacts {
  site: { id: string; name: string; timeZone: string }
  /** Of every site: a booking may be for another one (W1). */
  sites: { id: string; name: string; address: string }[]
  /** Names of every service by id: the site may come to offer another one while the page is open. */
  services: Record<string, Record<Lang, string>>
  /** The site takes bookings, so there is something to check in. */
  checksIn: boolean
  /** Of codes: what the keys on the screen are. */
  letters: string
  startsIn: Lang
  now: WalkInsNow
}

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
