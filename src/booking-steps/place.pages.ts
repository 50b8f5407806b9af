import { MOST_PERSONS } from '../kernel/party.js'
import { serviceName, type Site } from '../sites/index.js'
import type { Draft } from './booking-draft.js'
import type { StepsDeps } from './steps-deps.js'
import type { Shown } from '../citizen/index.js'
import type { StepPage, StepPages } from './step.pages.js'
import { whenWords } from '../platform/pages/when-words.js'
import type { Speech } from '../platform/pages/speech.js'

export interface PlacePage extends StepPage {
  services: { id: string; name: string; checked: boolean }[]
  persons: { value: number; label: string; selected: boolean }[]
  sites: { id: string; name: string; address: string; checked: boolean; free: boolean; firstFree: string }[]
}

/** A site where a service can be booked, with its first free start. */
export interface BookableSite {
  site: Site
  serviceId: string
  firstFree: Date | null
}

/** Sites that take bookings, each with the moment from which there is room. */
export async function bookableSites(
  { directory, availability }: Pick<StepsDeps, 'directory' | 'availability'>,
  serviceId: string | null,
  persons: number,
): Promise<BookableSite[]> {
  const { sites, services, offers } = await directory.all()
  const bookable = services.filter((service) => service.bookable)
  const chosen = bookable.filter(({ id }) => serviceId === null || id === serviceId)
  const at = (site: Site) => chosen.find(({ id }) => offers.some((o) => o.siteId === site.id && o.serviceId === id))
  const found = sites.flatMap((site) => {
    const service = at(site)
    return service ? [{ site, serviceId: service.id }] : []
  })
  return Promise.all(
    found.map(async (place) => ({
      ...place,
      firstFree: await availability.firstFree(place.site.id, place.serviceId, persons),
    })),
  )
}

export class PlacePages {
  constructor(
    private readonly deps: Pick<StepsDeps, 'directory' | 'availability'>,
    private readonly steps: StepPages,
  ) {}

  async place(draft: Draft, speech: Speech, shown: Shown = {}): Promise<PlacePage> {
    const { t, lang } = speech
    const { services, offers } = await this.deps.directory.all()
    const bookable = services.filter(({ id, bookable }) => bookable && offers.some(({ serviceId }) => serviceId === id))
    const serviceId = draft.serviceId ?? bookable[0]?.id ?? null
    const sites = await bookableSites(this.deps, bookable.length > 1 ? null : serviceId, draft.persons)
    return {
      ...(await this.steps.base(draft, speech, { ...shown, step: 'place' })),
      services: bookable.map((service) => ({
        id: service.id,
        name: serviceName(service, lang),
        checked: service.id === serviceId,
      })),
      persons: Array.from({ length: MOST_PERSONS }, (_, i) => ({
        value: i + 1,
        label: t('citizen.layout.persons', { count: i + 1 }),
        selected: draft.persons === i + 1,
      })),
      sites: sites.map(({ site, firstFree }) => ({
        id: site.id,
        name: site.name,
        address: site.address,
        checked: site.id === draft.siteId,
        free: firstFree !== null,
        firstFree: firstFree
          ? t('citizen.choose.place.firstFree', { when: whenWords(firstFree, site.timeZone, speech) })
          : t('citizen.choose.place.none'),
      })),
    }
  }
}
