import { RETENTION_DAYS } from '../bookings/index.js'
import { VISITOR_FIELDS, type VisitorField } from '../kernel/visitor-fields.js'
import { serviceName } from '../sites/index.js'
import { comuneByIstat, fullName, type Visitor } from '../visitors/index.js'
import type { Draft } from './booking-draft.js'
import type { StepsDeps } from './steps-deps.js'
import type { Shown } from '../citizen/index.js'
import type { StepPage, StepPages } from './step.pages.js'
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
  visitor: { name: string; value: string; note?: string }[]
  /** K4: the site asks for a confirmation by mail. */
  pending: boolean
  /** A4 */
  retentionDays: number
  /** False when the hold is over: first renew it. */
  mayConfirm: boolean
}

/** What was given, by name: the two names as one, an empty field in words. */
function visitorRows(visitor: Visitor, { t }: Speech): SummaryPage['visitor'] {
  const shown: Partial<Record<VisitorField, string>> = {
    comune: comuneByIstat(visitor.comune)?.name ?? '',
    phone: visitor.phone ?? t('citizen.summary.noPhone'),
  }
  const rows = VISITOR_FIELDS.filter((field) => field !== 'firstName' && field !== 'lastName').map((field) => ({
    name: t(`visitor.${field}.label`),
    value: shown[field] ?? visitor[field] ?? '',
    ...(field === 'email' && { note: t('citizen.summary.mailCheck') }),
  }))
  return [{ name: t('citizen.summary.name'), value: fullName(visitor) }, ...rows]
}

export class SummaryPages {
  constructor(
    private readonly deps: Pick<StepsDeps, 'directory'>,
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
      retentionDays: RETENTION_DAYS,
      visitor: visitorRows(visitor, speech),
      pending: site.emailConfirmation,
      mayConfirm: base.hold !== null && base.hold.state !== 'expired',
    }
  }
}
