import { makeAddClosure } from '../../../src/scheduling/index.js'
import { SiteEntity } from '../../../src/sites/index.js'
import type { ReachableVisitor } from '../../../src/visitors/index.js'
import type { TestApp } from '../../support/app.js'
import { visitorOf } from '../../support/builders.js'
import { at } from '../bookings.js'

/** A day on which Castano Primo has no place left. */
export const FULL_DAY = '2026-11-24'

const daily = (from: string, to: string) => [
  { rrule: 'FREQ=DAILY', startsOn: '2026-11-01', from, to, slotMinutes: 15, seats: 1 },
]

/**
 * Sites as they may be: Legnano as usual, Magenta asks for a confirmation by mail, Abbiategrasso has one seat at a time,
 * Castano Primo one seat a day, Cuggiono is shut.
 */
export async function furnish(app: TestApp): Promise<void> {
  await app.saveCalendar({ siteId: 'abbiategrasso', rules: daily('08:30', '12:30') })
  await app.saveCalendar({ siteId: 'castano-primo', rules: daily('08:30', '08:45') })
  const closure = { siteId: 'cuggiono', calendarId: null, reason: 'lavori', isPublic: true, who: 'test' }
  await app.unitOfWork.run(async (tx) => {
    await makeAddClosure(app)(tx, { ...closure, range: { fromOn: '2026-11-01', toOn: '2027-03-01' } })
    await tx.em
      .createQueryBuilder()
      .update(SiteEntity)
      .set({ emailConfirmation: true })
      .where({ id: 'magenta' })
      .execute()
    tx.afterCommit(() => app.events.publish('site.changed', { siteId: 'magenta' }))
  })
}

/** Somebody nobody has met yet, and a time at a site that nobody has asked for. */
export class Newcomers {
  private people = 0
  private times = 0

  someone(part: Partial<ReachableVisitor> = {}): ReachableVisitor {
    this.people += 1
    const email = `nicolo-${this.people}@ufficio.relazioni.con.il.pubblico.comunedirobecchettoconinduno.example.org`
    return visitorOf(this.people, { firstName: 'Nicolò', lastName: "D'Angelo-Müller", email, ...part })
  }

  /** On working days after FULL_DAY, sixteen a day. */
  start(): string {
    const [day, slot] = [Math.floor(this.times / 16), this.times % 16]
    this.times += 1
    const minutes = 8 * 60 + 30 + slot * 15
    const time = `${Math.floor(minutes / 60)}`.padStart(2, '0')
    return at(
      `${time}:${`${minutes % 60}`.padStart(2, '0')}`,
      ['2026-11-25', '2026-11-26', '2026-11-27', '2026-11-30'][day],
    )
  }
}
