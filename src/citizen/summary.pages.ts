import { serviceName } from '../sites/index.js'
import { comuneByIstat, fullName, type Visitor } from '../visitors/index.js'
import type { Draft } from './booking-draft.js'
import type { CitizenDeps } from './citizen-deps.js'
import type { Shown, StepPage, StepPages } from './step.pages.js'
import { whenWords } from '../platform/pages/when-words.js'
import type { Speech } from '../platform/pages/speech.js'

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

export class SummaryPages {
  constructor(
    private readonly deps: Pick<CitizenDeps, 'directory'>,
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
}
