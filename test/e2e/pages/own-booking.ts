import type { Locator } from 'playwright-core'
import type { MessageKey } from '../../../src/messages/index.js'
import { TimePage } from './booking-steps.js'
import { CitizenPage } from './citizen-page.js'
import type { Visit } from './visit.js'

type BookingPageState =
  | 'confirmed'
  | 'pending'
  | 'cancelled'
  | 'expired'
  | 'due'
  | 'late'
  | 'arrived'
  | 'missed'
  | 'left'
  | 'served'
  | 'no-show'
  | 'closed'

/** The page behind the mailed link, in one of the states of `citizen.booking.heading`. */
export class BookingPage extends CitizenPage {
  protected readonly heading: MessageKey

  constructor(
    visit: Visit,
    readonly state: BookingPageState = 'confirmed',
  ) {
    super(visit)
    this.heading = `citizen.booking.heading.${state}`
  }

  async cancel(): Promise<void> {
    await this.test('cancel').click()
  }

  async move(): Promise<void> {
    await this.test('move').click()
  }

  get when(): Locator {
    return this.test('when')
  }

  get qr(): Locator {
    return this.page.locator('img.qr')
  }
}

/** Asks before anything is cancelled. */
export class CancelPage extends CitizenPage {
  protected readonly heading = 'citizen.booking.cancel.heading'

  async yes(): Promise<void> {
    await this.test('yes').click()
  }
}

export class MovePage extends TimePage {
  protected override readonly heading = 'citizen.booking.move.heading'

  override async goOn(): Promise<void> {
    await this.test('move').click()
  }
}
