import type { Service, Site } from './site.js'
import type { SiteFacts } from './site.store.js'

/** Addresses as published; everything else about these sites is example data, and is shown as such (domain.md). */
const SITES: [id: string, name: string, address: string][] = [
  ['legnano', 'Legnano – Casa di Comunità', 'Via Candiani 2, 20025 Legnano (MI)'],
  ['magenta', 'Magenta', 'Via al Donatore di Sangue 50, 20013 Magenta (MI)'],
  ['abbiategrasso', 'Abbiategrasso', 'Piazza Mussi 1, 20081 Abbiategrasso (MI)'],
  ['cuggiono', 'Cuggiono', 'Via Rossetti 3, 20012 Cuggiono (MI)'],
  ['castano-primo', 'Castano Primo', 'Via Moroni 12, 20022 Castano Primo (MI)'],
]

const exampleSite = ([id, name, address]: (typeof SITES)[number], position: number): Site => ({
  id,
  name,
  address,
  timeZone: 'Europe/Rome',
  phone: null,
  emailConfirmation: false,
  trustedAddresses: null,
  openOnHolidays: [],
  notices: null,
  isExample: true,
  position,
})

const SERVICES: Omit<Service, 'position'>[] = [
  {
    id: 'scelta-revoca',
    nameIt: 'Scelta / Revoca / Cambio del medico',
    nameEn: 'Choice / revocation / change of doctor',
    bookable: true,
    walkInFrom: null,
    walkInTo: null,
    lane: 'P',
    bringIt:
      'Documento di identità valido\nTessera sanitaria o codice fiscale\nPer un’altra persona: delega firmata e copia del suo documento',
    bringEn:
      'A valid identity document\nHealth card or codice fiscale\nFor somebody else: a signed proxy and a copy of their document',
  },
  {
    id: 'neonati',
    nameIt: 'Prima iscrizione del neonato',
    nameEn: 'First registration of a newborn',
    bookable: false,
    walkInFrom: '08:30',
    walkInTo: '12:30',
    lane: 'N',
    bringIt: 'Codice fiscale del bambino\nDocumento di identità di un genitore',
    bringEn: 'The child’s codice fiscale\nIdentity document of a parent',
  },
  {
    id: 'accesso-diretto',
    nameIt: 'Accesso diretto',
    nameEn: 'Direct access',
    bookable: false,
    walkInFrom: '08:30',
    walkInTo: '12:30',
    lane: 'D',
    bringIt: 'Documento di identità valido\nTessera sanitaria o codice fiscale',
    bringEn: 'A valid identity document\nHealth card or codice fiscale',
  },
  {
    id: 'punto-ritiro',
    nameIt: 'Punto di ritiro',
    nameEn: 'Pick-up point',
    bookable: false,
    walkInFrom: '08:30',
    walkInTo: '12:30',
    lane: 'R',
    bringIt: 'Documento di identità valido',
    bringEn: 'A valid identity document',
  },
]

/** The five demo sites, each offering every service. */
export function exampleSites(): SiteFacts {
  const services = SERVICES.map((service, position) => ({ ...service, position }))
  const sites = SITES.map(exampleSite)
  const offers = sites.flatMap((site) =>
    services.map(({ id, lane, walkInFrom, walkInTo }) => ({
      siteId: site.id,
      serviceId: id,
      personsPerSlot: 2,
      maxWaitMinutes: null,
      dailyQuota: null,
      walkInFrom,
      walkInTo,
      seniorFirst: lane === 'R',
    })),
  )
  return { sites, services, offers }
}
