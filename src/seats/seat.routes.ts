import { zonedIso } from '../kernel/local-day.js'
import type { Api } from '../platform/http/api.js'
import type { SiteDirectory } from '../sites/index.js'
import type { Availability } from './availability.js'
import type { FreeAnswers } from './free-answers.js'
import { daysQuery, type OfferParams, offerParams, slotsQuery } from './seat.forms.js'

interface Deps {
  directory: SiteDirectory
  availability: Availability
  freeAnswers: FreeAnswers
}

/** Public reads of contract.md: the days and slots of a service at a site. */
export function addSeatRoutes(api: Api, { directory, availability, freeAnswers }: Deps): void {
  /** @throws not-found, so that a mistyped id is not taken for "not offered" */
  const known = async ({ site, service }: OfferParams) => {
    await directory.service(service)
    return directory.site(site)
  }

  api.add({
    method: 'get',
    path: '/sites/:site/services/:service/days',
    summary: 'Free seats of every date in [from, to], with the reason where there is none (S7)',
    params: offerParams,
    query: daysQuery,
    answers: { 200: '{ days: [{ date, free, reason }] }', 400: 'invalid', 404: 'unknown-site, unknown-service' },
    read: async ({ params, query, lang, req }) => {
      await known(params)
      const asked = { siteId: params.site, serviceId: params.service, ...query, lang }
      return freeAnswers.make(`${lang} ${req.originalUrl}`, asked, async () => ({
        days: await availability.days(asked),
      }))
    },
  })
  api.add({
    method: 'get',
    path: '/sites/:site/services/:service/slots',
    summary: 'The starts of one day, full ones with free 0',
    params: offerParams,
    query: slotsQuery,
    answers: { 200: '{ slots: [{ start, end, free }], reason }', 400: 'invalid', 404: 'unknown-site, unknown-service' },
    read: async ({ params, query: { date, persons }, lang, req }) => {
      const { timeZone } = await known(params)
      const asked = { siteId: params.site, serviceId: params.service, persons, lang }
      return freeAnswers.make(`${lang} ${req.originalUrl}`, { ...asked, from: date, to: date }, async () => {
        const { slots, reason } = await availability.slots({ ...asked, day: date })
        const iso = (instant: Date) => zonedIso(instant, timeZone)
        const listed = slots.map(({ startsAt, endsAt, free }) => ({ start: iso(startsAt), end: iso(endsAt), free }))
        return { slots: listed, reason }
      })
    },
  })
}
