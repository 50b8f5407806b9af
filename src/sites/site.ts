import type { Lang } from '../messages/index.js'
import type { Lane } from './lane.shape.js'

/** A sede: a place with counters. Everything about it is edited by its manager. */
export interface Site {
  /** kebab-case, in URLs */
  id: string
  name: string
  address: string
  /** IANA name; every local time of this site is meant in it */
  timeZone: string
  phone: string | null
  /** K4: bookings start as `pending` until confirmed from the mailed link. */
  emailConfirmation: boolean
  /** X2: addresses and networks of those who book for others here – a town hall, a patronato – without its limits. */
  trustedAddresses: string[] | null
  /** National holidays on which this site opens as usual (S5), local days. */
  openOnHolidays: string[]
  /** What the manager says on the waiting room's screens; null: nothing. */
  notices: SiteNotice[] | null
  /** Shown with the words "dati di esempio": nothing official is known of it (domain.md). */
  isExample: boolean
  position: number
}

/** A line for the screens; without English the Italian one is shown. */
export interface SiteNotice {
  it: string
  en: string | null
}

/** A servizio: what people come for. */
export interface Service {
  id: string
  nameIt: string
  nameEn: string
  bookable: boolean
  /** Local times of the walk-in window (W3), or null when there is none. */
  walkInFrom: string | null
  walkInTo: string | null
  lane: Lane
  /** What to bring, one thing a line. */
  bringIt: string
  bringEn: string
  position: number
}

/** A service at a site. */
export interface SiteService {
  siteId: string
  serviceId: string
  /** How many persons one slot serves (K2). */
  personsPerSlot: number
  /** Q1: who has waited so long comes before everybody but the urgent; null: no such limit. */
  maxWaitMinutes: number | null
  /** W3: walk-ins a day; null: as many as come. */
  dailyQuota: number | null
  /** Local times of the walk-in window here (W3), or null when nobody is taken without a booking. */
  walkInFrom: string | null
  walkInTo: string | null
  /** Q1: who is under 65 comes after everybody else (pick-up points). */
  seniorFirst: boolean
}

export const serviceName = (service: Service, lang: Lang): string => (lang === 'en' ? service.nameEn : service.nameIt)

export const whatToBring = (service: Service, lang: Lang): string[] =>
  (lang === 'en' ? service.bringEn : service.bringIt).split('\n').filter((line) => line !== '')
