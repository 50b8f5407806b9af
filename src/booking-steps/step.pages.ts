import { noticeView, type Shown } from '../citizen/index.js'
import type { FieldError, NoticeView } from '../platform/pages/told.js'
import { choiceMark, type Draft, placeMark } from './booking-draft.js'
import type { StepsDeps } from './steps-deps.js'
import { type StepId, stepsView, type StepsView } from './steps.js'
import { timeWords, whenWords } from '../platform/pages/when-words.js'
import type { Speech } from '../platform/pages/speech.js'

/** The chosen slot and how long it stays reserved. */
export interface HoldView {
  site: string
  when: string
  persons: string
  /** `free`: chosen, but nobody keeps it (X1). */
  state: 'held' | 'expired' | 'free'
  /** Local time. */
  until: string
  secondsLeft: number
  leftText: string
  step: StepId
}

/** What every step's view gets. */
export interface StepPage {
  steps: StepsView
  choice: string
  hold: HoldView | null
  errors: FieldError[]
  notice: NoticeView | null
}

export class StepPages {
  constructor(private readonly deps: Pick<StepsDeps, 'directory' | 'bookings' | 'clock'>) {}

  async base(draft: Draft, speech: Speech, { step, ...shown }: Shown & { step: StepId }): Promise<StepPage> {
    const hold = await this.hold(step, draft, speech)
    const told =
      draft.notice?.step === step ? noticeView(draft.notice.code, speech, { until: hold?.until ?? '' }) : null
    return {
      steps: stepsView(step, speech),
      choice: step === 'slot' ? placeMark(draft) : choiceMark(draft),
      hold,
      errors: shown.errors ?? [],
      notice: shown.notice ?? told,
    }
  }

  private async hold(step: StepId, draft: Draft, speech: Speech): Promise<HoldView | null> {
    const { siteId, hold, startsAt, persons } = draft
    if (siteId === null || startsAt === null) return null
    const { t } = speech
    const { name, timeZone } = await this.deps.directory.site(siteId)
    const [until, now] = [await this.heldUntil(draft), this.deps.clock()]
    const expiresAt = until && until > now ? until : null
    const secondsLeft = expiresAt ? Math.floor((expiresAt.getTime() - now.getTime()) / 1000) : 0
    const minutes = Math.floor(secondsLeft / 60)
    return {
      site: name,
      when: whenWords(new Date(startsAt), timeZone, speech),
      persons: t('citizen.layout.persons', { count: persons }),
      state: hold === null ? 'free' : expiresAt === null ? 'expired' : 'held',
      until: expiresAt ? timeWords(expiresAt, timeZone) : '',
      secondsLeft,
      leftText: minutes > 0 ? t('citizen.steps.hold.left', { count: minutes }) : t('citizen.steps.hold.soon'),
      step,
    }
  }

  /** Null when nothing is held. A draft sealed before a release may not know it. */
  private async heldUntil({ hold, heldUntil }: Draft): Promise<Date | null> {
    if (hold === null) return null
    if (heldUntil !== null) return new Date(heldUntil)
    const booking = await this.deps.bookings.findHold(hold)
    return booking?.status === 'held' ? booking.expiresAt : null
  }
}
