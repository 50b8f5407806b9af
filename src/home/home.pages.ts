import { RETENTION_DAYS } from '../bookings/index.js'
import { COMUNI } from '../visitors/index.js'
import { bookableSites, districts, type DistrictView } from '../booking-steps/index.js'
import type { NoticeView } from '../platform/pages/told.js'
import { whenWords } from '../platform/pages/when-words.js'
import type { Speech } from '../platform/pages/speech.js'
import type { Availability } from '../seats/index.js'
import { type MatterDirectory, matterName } from '../matters/index.js'
import type { SiteDirectory } from '../sites/index.js'
import { shortTime } from './short-time.js'

export interface HomeDeps {
  directory: SiteDirectory
  availability: Availability
  matters: MatterDirectory
}

export interface HomePage {
  sites: { id: string; name: string; address: string; phone: string; firstFree: string | null; href: string }[]
  /** What people come for, each with its page (M6). */
  matters: { name: string; href: string }[]
  /** The walk-in window of newborns; null where the service is not there. */
  newborn: { from: string; to: string } | null
  pickUp: boolean
  comuniCount: number
  districts: DistrictView[]
  notice: NoticeView | null
}

export class HomePages {
  constructor(private readonly deps: HomeDeps) {}

  async home(speech: Speech, notice: NoticeView | null): Promise<HomePage> {
    const { services } = await this.deps.directory.all()
    const matters = await this.deps.matters.all()
    const newborn = services.find(({ lane }) => lane === 'N')
    const sites = await bookableSites(this.deps, null, 1)
    return {
      sites: sites.map(({ site, firstFree }) => ({
        id: site.id,
        name: site.name,
        address: site.address,
        phone: site.phone ?? speech.t('citizen.layout.toConfigure'),
        firstFree: firstFree && whenWords(firstFree, site.timeZone, speech),
        href: `/prenota?sede=${site.id}`,
      })),
      matters: matters.map((matter) => ({
        name: matterName(matter, speech.lang),
        href: `/informazioni/${matter.id}`,
      })),
      newborn:
        newborn?.walkInFrom && newborn.walkInTo
          ? { from: shortTime(newborn.walkInFrom), to: shortTime(newborn.walkInTo) }
          : null,
      pickUp: services.some(({ lane }) => lane === 'R'),
      comuniCount: COMUNI.length,
      districts: districts(),
      notice,
    }
  }
}

export interface PrivacyPage {
  /** A4's default; the authority may set another. */
  retentionDays: number
}

export const privacyPage: PrivacyPage = { retentionDays: RETENTION_DAYS }
