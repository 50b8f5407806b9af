import type { Booking } from '../bookings/index.js'
import { serviceName } from '../sites/index.js'
import { comuneByIstat, fullName, type Visitor } from '../visitors/index.js'
import type { Draft } from './booking-draft.js'
import type { StepsDeps } from './steps-deps.js'
import type { Shown } from '../citizen/index.js'
import type { StepPage, StepPages } from './step.pages.js'
import { whenWords } from '../platform/pages/when-words.js'
import type { Speech } from '../platform/pages/speech.js'
import type { BookingView } from '../own-booking/index.js'
import { type StepsView, stepsView } from './steps.js'

export interface SummaryPage extends StepPage {
  /** Hidden in the form: what is confirmed is what is shown. */
  key: string
  site: { name: string; address: string }
  service: string
  persons: string
  when: string
  notes: string
  visitor: { name: string; taxCode: string; email: string; phone: string; comune: string }
  /** K4: the site asks for a confirmation by mail. */
  pending: boolean
  /** False when the hold is over: first renew it. */
  mayConfirm: boolean
}

export interface ConfirmedPage {
  booking: BookingView
  steps: StepsView
}

export class SummaryPages {
  constructor(
    private readonly deps: Pick<StepsDeps, 'directory' | 'ownPages'>,
    private readonly steps: StepPages,
  ) {}

  /** `visitor` is the draft's, checked. */
  async summary(
    draft: Draft,
    speech: Speech,
    { visitor, ...shown }: Shown & { visitor: Visitor },
  ): Promise<SummaryPage> {
    const { t, lang } = speech
    const [site, service] = await Promise.all([
      this.deps.directory.site(draft.siteId ?? ''),
      this.deps.directory.service(draft.serviceId ?? ''),
    ])
    const base = await this.steps.base(draft, speech, { ...shown, step: 'summary' })
    return {
      ...base,
      key: draft.key,
      site: { name: site.name, address: site.address },
      service: serviceName(service, lang),
      persons: t('citizen.layout.persons', { count: draft.persons }),
      when: whenWords(new Date(draft.startsAt ?? ''), site.timeZone, speech),
      notes: draft.notes,
      visitor: {
        name: fullName(visitor),
        taxCode: visitor.taxCode,
        email: visitor.email,
        phone: visitor.phone ?? '',
        comune: comuneByIstat(visitor.comune)?.name ?? '',
      },
      pending: site.emailConfirmation,
      mayConfirm: base.hold !== null && base.hold.state !== 'expired',
    }
  }
  async confirmed(booking: Booking, speech: Speech): Promise<ConfirmedPage> {
    return { booking: await this.deps.ownPages.made(booking, speech), steps: stepsView('confirmed', speech) }
  }
}
