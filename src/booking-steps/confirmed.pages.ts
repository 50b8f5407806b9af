import type { Booking } from '../bookings/index.js'
import type { Shown } from '../citizen/index.js'
import type { BookingView } from '../own-booking/index.js'
import type { Speech } from '../platform/pages/speech.js'
import type { FieldError, NoticeView } from '../platform/pages/told.js'
import type { StepsDeps } from './steps-deps.js'
import { type StepsView, stepsView } from './steps.js'

export interface ConfirmedPage {
  booking: BookingView
  steps: StepsView
  /** C4: what stands in the form that puts the address right; null when there is none. */
  contact: { email: string } | null
  errors: FieldError[]
  notice: NoticeView | null
}

interface Asked extends Shown {
  mayCorrect: boolean
  /** What was typed, when it was not right. */
  typed?: string
}

export class ConfirmedPages {
  constructor(private readonly deps: Pick<StepsDeps, 'ownPages'>) {}

  async confirmed(
    booking: Booking,
    speech: Speech,
    { mayCorrect, typed, errors = [], notice = null }: Asked,
  ): Promise<ConfirmedPage> {
    return {
      booking: await this.deps.ownPages.made(booking, speech),
      steps: stepsView('confirmed', speech),
      contact: mayCorrect ? { email: typed ?? booking.email ?? '' } : null,
      errors,
      notice,
    }
  }
}
