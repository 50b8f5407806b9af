import type { MessageKey } from '../../../src/messages/index.js'
import { CitizenPage } from './citizen-page.js'

/** The page that follows a ticket, in one of its states. */
export class TicketPage extends CitizenPage {
  protected readonly heading: MessageKey

  constructor(
    visit: CitizenPage['visit'],
    readonly status: 'waiting' | 'called' | 'serving' | 'parked' | 'missed' | 'done' | 'left' | 'closed' = 'waiting',
    private readonly counter = '1',
  ) {
    super(visit)
    this.heading = `ticket.status.${status}.title`
  }

  ahead(): Promise<string> {
    return this.test('ahead').innerText()
  }

  wait(): Promise<string> {
    return this.test('wait').innerText()
  }

  protected override headingText(): string {
    return this.visit.t(this.heading, { counter: this.counter })
  }
}

/** Asks before anybody leaves. */
export class LeaveQueuePage extends CitizenPage {
  protected readonly heading = 'ticket.leave.heading'
}
