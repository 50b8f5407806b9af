import type { Draft } from './booking-draft.js'
import type { CalendarPages, CalendarView } from './calendar.pages.js'
import type { CitizenDeps } from './citizen-deps.js'
import { bookableSites } from './place.pages.js'
import type { CalendarAddress } from './steps.forms.js'
import type { Shown, StepPage, StepPages } from './step.pages.js'
import { type Speech, whenWords } from './words.js'

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
    private readonly deps: Pick<CitizenDeps, 'directory' | 'availability'>,
    private readonly steps: StepPages,
    private readonly calendar: CalendarPages,
  ) {}

  /** The draft has a site and a service. @throws not-found when the site is gone */
  async slot(draft: Draft, speech: Speech, asked: Asked = {}): Promise<SlotPage> {
    const { t } = speech
    const [siteId, serviceId] = [draft.siteId ?? '', draft.serviceId ?? '']
    const site = await this.deps.directory.site(siteId)
    const base = await this.steps.base(draft, speech, { ...asked, step: 'slot' })
    const held = draft.startsAt !== null && base.hold?.state === 'held'
    const calendar = await this.calendar.show(
      {
        siteId,
        serviceId,
        timeZone: site.timeZone,
        persons: draft.persons,
        month: asked.mese ?? null,
        day: asked.giorno ?? null,
        own: held
          ? { startsAt: new Date(draft.startsAt ?? ''), text: t('citizen.choose.slot.mine'), mayChoose: true }
          : null,
        chosen: asked.chosen ?? null,
      },
      speech,
    )
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
