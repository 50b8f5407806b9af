import type { Locator } from 'playwright-core'
import type { MessageKey } from '../../../src/messages/index.js'
import type { ReachableVisitor } from '../../../src/visitors/index.js'
import { CitizenPage } from './citizen-page.js'

export class HomePage extends CitizenPage {
  protected readonly heading = 'citizen.home.heading'

  async open(): Promise<this> {
    await this.visit.open('/')
    return this.arrive()
  }

  async book(): Promise<void> {
    await this.test('book').click()
  }
}

/** Step 1, Luogo. */
export class PlacePage extends CitizenPage {
  protected readonly heading = 'citizen.choose.place.heading'

  site(id: string): Locator {
    return this.page.locator(`input[name=site][value="${id}"]`)
  }

  async choose({ site, persons }: { site: string; persons?: number }): Promise<void> {
    if (persons !== undefined) await this.page.locator('#persons').selectOption(String(persons))
    await this.site(site).check({ force: true })
    await this.goOn()
  }
}

/** Step 2, Data e orario. */
export class TimePage extends CitizenPage {
  protected readonly heading: MessageKey = 'citizen.choose.slot.heading'

  day(day: string): Locator {
    return this.page.locator(`.month a[href^="?giorno=${day}"]`)
  }

  /** @param start RFC 3339 with the site's offset, as the API writes it */
  time(start: string): Locator {
    return this.page.locator(`input[name=start][value="${start}"]`)
  }

  /** What stands beside a time: how many places are free. */
  places(start: string): Locator {
    return this.page
      .locator('.time')
      .filter({ has: this.time(start) })
      .locator('.time-free')
  }

  async chooseDay(day: string): Promise<void> {
    await this.day(day).click()
    await this.page.locator(`[data-slots][data-day="${day}"]`).waitFor()
  }

  async choose(start: string): Promise<void> {
    await this.time(start).check({ force: true })
    await this.goOn()
  }
}

/** Step 3, Dettagli. */
export class DetailsPage extends CitizenPage {
  protected readonly heading = 'citizen.details.heading'

  get notes(): Locator {
    return this.page.locator('#notes')
  }
}

export type VisitorFields = Partial<Record<keyof ReachableVisitor, string>>

/** Step 4, Richiedente. */
export class VisitorPage extends CitizenPage {
  protected readonly heading = 'citizen.visitor.heading'

  field(name: keyof ReachableVisitor): Locator {
    return this.page.locator(`#${name}`)
  }

  async fill({ comune, ...texts }: VisitorFields): Promise<void> {
    for (const [name, text] of Object.entries(texts)) await this.field(name as keyof ReachableVisitor).fill(text)
    if (comune !== undefined) await this.field('comune').selectOption(comune)
  }

  async submit(fields: VisitorFields): Promise<void> {
    await this.fill(fields)
    await this.goOn()
  }
}

export class NotEligiblePage extends CitizenPage {
  protected readonly heading = 'citizen.visitor.notEligible.heading'
}

/** Step 5, Riepilogo. */
export class SummaryPage extends CitizenPage {
  protected readonly heading = 'citizen.summary.heading'

  get confirmButton(): Locator {
    return this.test('confirm')
  }

  async confirm(): Promise<void> {
    await this.confirmButton.click()
  }
}

/** Step 6, Conferma. */
export class ConfirmedPage extends CitizenPage {
  protected readonly heading: MessageKey = 'citizen.booking.confirmedHeading'

  async code(): Promise<string> {
    return (await this.test('code').innerText()).trim()
  }
}

export class ToConfirmPage extends ConfirmedPage {
  protected override readonly heading = 'citizen.booking.pendingHeading'
}
