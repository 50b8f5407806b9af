import { seatsGivenUp, statusNow } from '../bookings/index.js'
import { notFound } from '../kernel/app-error.js'
import type { LocalDay } from '../kernel/local-day.js'
import type { Draft } from './booking-draft.js'
import type {
  CalendarAddress,
  CalendarPages,
  CalendarQuery,
  CalendarView,
  Shown,
  TimesAnswer,
} from '../citizen/index.js'
import type { StepsDeps } from './steps-deps.js'
import { bookableSites } from './place.pages.js'
import type { StepPage, StepPages } from './step.pages.js'
import { whenWords } from '../platform/pages/when-words.js'
import type { Speech } from '../platform/pages/speech.js'

export interface SlotPage extends StepPage {
  site: { id: string; name: string; address: string }
  service: string
  persons: string
  personsCount: number
  calendar: CalendarView
  /** Offered when nothing is free here: where else, soonest first. */
  others: { id: string; name: string; when: string }[]
}

interface Asked extends CalendarAddress, Shown {
  /** RFC 3339, of a form that is shown again. */
  chosen?: string | null
}

export class SlotPages {
  constructor(
    private readonly deps: Pick<StepsDeps, 'directory' | 'availability' | 'bookings' | 'clock'>,
    private readonly steps: StepPages,
    private readonly calendar: CalendarPages,
  ) {}

  /** The draft has a site and a service. @throws not-found when the site is gone */
  async slot(draft: Draft, speech: Speech, asked: Asked = {}): Promise<SlotPage> {
    const { t } = speech
    const [siteId, serviceId] = [draft.siteId ?? '', draft.serviceId ?? '']
    const site = await this.deps.directory.site(siteId)
    const base = await this.steps.base(draft, speech, { ...asked, step: 'slot' })
    const calendar = await this.calendar.show(await this.query(draft, speech, asked), speech)
    return {
      ...base,
      hold: null,
      site: { id: site.id, name: site.name, address: site.address },
      service: serviceId,
      persons: t('citizen.layout.persons', { count: draft.persons }),
      personsCount: draft.persons,
      calendar,
      others: calendar.empty ? await this.others(draft, speech) : [],
    }
  }

  /** The times of one day for who has this draft. @throws not-found while no place is chosen */
  async times(draft: Draft, speech: Speech, day: LocalDay): Promise<TimesAnswer> {
    if (draft.siteId === null || draft.serviceId === null) throw notFound()
    return this.calendar.times({ ...(await this.query(draft, speech, {})), day }, speech.lang)
  }

  private async query(draft: Draft, speech: Speech, asked: Asked): Promise<CalendarQuery> {
    const [siteId, serviceId] = [draft.siteId ?? '', draft.serviceId ?? '']
    const { timeZone } = await this.deps.directory.site(siteId)
    const { mese: month = null, giorno: day = null, chosen = null } = asked
    const own = await this.held(draft, speech)
    return { siteId, serviceId, timeZone, persons: draft.persons, month, day, own, chosen }
  }

  /** What is held for this draft goes when another time is chosen (case E19). */
  private async held({ hold }: Draft, { t }: Speech): Promise<CalendarQuery['own']> {
    const held = hold === null ? null : await this.deps.bookings.findHold(hold)
    if (!held || statusNow(held, this.deps.clock()) !== 'held') return null
    const { startsAt } = held
    return { startsAt, text: t('citizen.choose.slot.mine'), mayChoose: true, seats: seatsGivenUp(held) }
  }

  private async others(draft: Draft, speech: Speech): Promise<SlotPage['others']> {
    const sites = await bookableSites(this.deps, draft.serviceId, draft.persons)
    return sites
      .filter(({ site, firstFree }) => site.id !== draft.siteId && firstFree !== null)
      .sort((a, b) => Number(a.firstFree) - Number(b.firstFree))
      .map(({ site, firstFree }) => ({
        id: site.id,
        name: site.name,
        when: firstFree ? whenWords(firstFree, site.timeZone, speech) : '',
      }))
  }
}
