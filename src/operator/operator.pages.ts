import type { Counter } from '../counters/index.js'
import { localDay } from '../kernel/local-day.js'
import { MOST_PERSONS } from '../kernel/party.js'
import { type Lang, sentences } from '../messages/index.js'
import type { LanguageLink } from '../platform/pages/language-links.js'
import type { Speech } from '../platform/pages/speech.js'
import type { Standing, Ticket } from '../queue/index.js'
import { type Service, serviceName, type Site, type SiteFacts, type SiteService } from '../sites/index.js'
import { COMUNI, visitorInputs } from '../visitors/index.js'
import type { ConsoleFacts, ConsoleService } from './console.shape.js'

/** What the head of every page of this room shows. */
interface StaffPage {
  title: string
  username: string
  languages: LanguageLink[]
  /** For `X-CSRF-Token`; signing out needs it too. */
  csrfToken: string
  /** A backup was restored, and mail waits for this account's word (docs/decisions/022). */
  isMailHeld: boolean
}

/** views/operator/choose.ejs */
export interface ChoosePage extends StaffPage {
  sites: { id: string; name: string; counters: { name: string; href: string; state: string; isOpen: boolean }[] }[]
}

/** A counter of today: `openOn` is null unless it is open now. */
export function chooseSite(site: Site, counters: readonly Counter[], { t }: Speech): ChoosePage['sites'][number] {
  return {
    id: site.id,
    name: site.name,
    counters: counters.map(({ id, name, openOn, operator }) => ({
      name,
      href: counterPath(id),
      isOpen: openOn !== null,
      state: openOn === null ? t('operator.choose.closed') : t('operator.choose.open', { operator }),
    })),
  }
}

export const counterPath = (counterId: string): string => `/operatore/sportello/${counterId}`

/** views/operator/console.ejs; `console` is read by public/js/operator. */
export interface ConsolePage extends StaffPage {
  site: { id: string; name: string }
  counter: { id: string; name: string }
  comuni: { value: string; label: string; selected: boolean }[]
  visitorInputs: ReturnType<typeof visitorInputs>
  /** How many may come together (K2). */
  persons: number[]
  services: ConsoleService[]
  words: object
  console: ConsoleFacts
}

interface Asked {
  site: Site
  counter: Pick<Counter, 'id' | 'name'>
  facts: SiteFacts
  staff: Omit<StaffPage, 'title'>
  now: Date
}

export function consolePage({ site, counter, facts, staff, now }: Asked, { lang, t }: Speech): ConsolePage {
  const services = servicesOf(site.id, facts, lang)
  const { id, name } = counter
  const { username, csrfToken } = staff
  const today = localDay(now, site.timeZone)
  return {
    ...staff,
    title: t('operator.console.title', { counter: name }),
    site: { id: site.id, name: site.name },
    counter: { id, name },
    visitorInputs: visitorInputs(),
    persons: Array.from({ length: MOST_PERSONS }, (_, index) => index + 1),
    comuni: COMUNI.map((comune) => ({ value: comune.istat, label: comune.name, selected: false })),
    services,
    words: sentences(lang, 'operator.script'),
    console: {
      site: site.id,
      timeZone: site.timeZone,
      today,
      counter: { id, name },
      username,
      csrfToken,
      services,
    },
  }
}

/** In the order of the services. */
function servicesOf(siteId: string, { services, offers }: SiteFacts, lang: Lang): ConsoleService[] {
  const offered = new Map(offers.filter((offer) => offer.siteId === siteId).map((offer) => [offer.serviceId, offer]))
  return services.flatMap((service) => {
    const offer = offered.get(service.id)
    return offer ? [consoleService(service, offer, lang)] : []
  })
}

const consoleService = (service: Service, offer: SiteService, lang: Lang): ConsoleService => ({
  id: service.id,
  name: serviceName(service, lang),
  lane: service.lane,
  bookable: service.bookable,
  window: offer.walkInFrom && offer.walkInTo ? `${clock(offer.walkInFrom)}–${clock(offer.walkInTo)}` : null,
  isNewborn: service.lane === 'N',
  seniorFirst: offer.seniorFirst,
})

/** `08:30` → `8:30` */
const clock = (time: string): string => time.replace(/^0(?=\d:)/, '')

/** views/operator/ticket.ejs: what is printed at the desk. Nothing of the person. */
export interface TicketPage {
  title: string
  siteName: string
  number: string
  ahead: string
  estimate: string
  /** The phone page, as a picture. */
  qr: string
}

interface PrintedTicket {
  ticket: Ticket
  number: string
  site: Site
  standing: Standing | null
  qr: string
}

export function ticketPage({ number, site, standing, qr }: PrintedTicket, { t }: Speech): TicketPage {
  const [low, high] = standing?.waitMinutes ?? []
  return {
    title: t('operator.ticket.title', { number }),
    siteName: site.name,
    number,
    ahead: standing ? t('operator.ticket.ahead', { count: standing.position - 1 }) : '',
    estimate: low === undefined ? t('operator.ticket.noEstimate') : t('operator.ticket.estimate', { low, high }),
    qr,
  }
}
