import { expect } from 'chai'
import fc from 'fast-check'
import { bookingToken } from '../../../src/bookings/index.js'
import { slotSpans } from '../../../src/bookings/booking.js'
import { AppError } from '../../../src/kernel/app-error.js'
import { addDays } from '../../../src/kernel/local-day.js'
import type { Tx } from '../../../src/platform/db/tx.js'
import { holidayOn } from '../../../src/recurrence/index.js'
import { makeAddOpening } from '../../../src/scheduling/add-opening.js'
import { makeRemoveOpening } from '../../../src/scheduling/remove-opening.js'
import { startApp, type TestApp } from '../../support/app.js'
import { aRule, visitorOf } from '../../support/builders.js'
import { SERVICE } from '../../support/crowd.js'
import { forEachEngine } from '../../support/engines.js'
import { faultsOf } from '../../support/oracle.js'
import { type Grid, SeatModel, type Visit } from './seat-model.js'

const time = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

const grids = fc
  .record({
    from: fc.integer({ min: 0, max: 8 }).map((quarters) => 480 + 5 * quarters),
    length: fc.integer({ min: 8, max: 24 }).map((fives) => 5 * fives),
    step: fc.constantFrom(5, 7, 10, 12, 15, 20, 25, 30, 45),
    seats: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ from, length, step, seats }): Grid => ({ from, to: from + Math.max(length, step), step, seats }))

const persons = fc.integer({ min: 1, max: 6 })
const index = fc.nat({ max: 40 })
/** Mostly a start that there is, now and then a minute that is none. */
const choice = fc.record({ pick: index, offGrid: fc.nat({ max: 9 }).map((n) => n === 0) })

type Step =
  | { do: 'grid' | 'opening'; grid: Grid }
  | { do: 'unopen' }
  | { do: 'book' | 'hold'; choice: { pick: number; offGrid: boolean }; persons: number }
  | { do: 'cancel' | 'confirm' | 'release'; pick: number }
  | { do: 'move'; pick: number; choice: { pick: number; offGrid: boolean } }
  | { do: 'wait'; minutes: number }

const steps = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('grid' as const, 'opening' as const), grid: grids }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('unopen' as const) }) },
    { weight: 8, arbitrary: fc.record({ do: fc.constantFrom('book' as const, 'hold' as const), choice, persons }) },
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constantFrom('cancel' as const, 'confirm' as const, 'release' as const),
        pick: index,
      }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('move' as const), pick: index, choice }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 8 }) }) },
  ) as fc.Arbitrary<Step>,
  { minLength: 10, maxLength: 30 },
)

const SOMEWHERE = { browserHash: null, addressHash: 'a', networkHash: 'n', ip: undefined }

/** One day of Legnano's calendar and the model of it, step by step. */
class Play {
  private readonly model = new SeatModel()
  private readonly bookings: { visit: Visit; token: string; persons: number }[] = []
  private readonly holds: { visit: Visit; hold: string; persons: number }[] = []
  private rules: Grid = { from: 510, to: 750, step: 15, seats: 2 }
  private openings: string[] = []

  constructor(
    private readonly app: TestApp,
    private readonly day: string,
    private person: number,
  ) {}

  async run(all: readonly Step[]): Promise<void> {
    await this.take({ do: 'grid', grid: this.rules })
    for (const step of all) {
      await this.take(step)
      for (const count of [1, 4]) await this.compare(count)
      const own = this.bookings.at(-1)
      if (own) await this.compare(own.persons, own)
    }
    for (const { token } of this.bookings) await this.act((tx) => this.app.bookings.cancelBooking(tx, { token }))
    await this.removeOpenings()
  }

  private instant(minutes: number): Date {
    return new Date(`${this.day}T${time(minutes)}:00+01:00`)
  }

  private minutes(instant: Date): number {
    return (instant.getTime() - this.instant(0).getTime()) / 60_000
  }

  private act<T>(work: (tx: Tx) => Promise<T>): Promise<T | string> {
    return this.app.unitOfWork.run(work).catch((error: unknown) => {
      if (error instanceof AppError) return error.code
      throw error
    })
  }

  /** What everybody is shown – or the owner of a booking who would move it – is what the model counts. */
  private async compare(count: number, own?: { visit: Visit; token: string }): Promise<void> {
    const booking = own && (await this.app.bookings.findByToken(own.token))
    const asked = { siteId: 'legnano', serviceId: SERVICE, persons: count, lang: 'it' as const, day: this.day }
    const insteadOf = booking ? { insteadOf: { ...booking, spans: slotSpans(booking) } } : {}
    const { slots } = await this.app.availability.slots({ ...asked, ...insteadOf })
    const shown = slots.map(({ startsAt, endsAt, free }) => ({
      start: this.minutes(startsAt),
      end: this.minutes(endsAt),
      free,
    }))
    expect(shown).to.deep.equal(this.model.starts(count, this.app.clock().getTime(), own?.visit))
  }

  private start({ pick, offGrid }: { pick: number; offGrid: boolean }, count: number): number {
    const starts = this.model.starts(count, 0)
    const start = starts[pick % Math.max(1, starts.length)]?.start ?? 600
    return offGrid ? start + 3 : start
  }

  private async take(step: Step): Promise<void> {
    const nowMs = this.app.clock().getTime()
    switch (step.do) {
      case 'grid':
        return this.changeRules(step.grid)
      case 'opening':
        return this.open(step.grid)
      case 'unopen':
        return this.removeOpenings()
      case 'wait':
        return this.app.clock.advanceMinutes(step.minutes)
      case 'book':
      case 'hold':
        return this[step.do](this.start(step.choice, step.persons), step.persons, nowMs)
      case 'move':
        return this.move(step.pick, step.choice, nowMs)
      case 'cancel':
        return this.cancel(step.pick)
      default:
        return this.endHold(step.do, step.pick, nowMs)
    }
  }

  private async changeRules(grid: Grid): Promise<void> {
    const rule = aRule({
      rrule: 'FREQ=DAILY',
      from: time(grid.from),
      to: time(grid.to),
      slotMinutes: grid.step,
      seats: grid.seats,
    })
    await this.app.saveCalendar({ rules: [rule], minNoticeMinutes: 0, horizonDays: 365 })
    this.rules = grid
    if (this.openings.length === 0) this.model.windows = [grid]
  }

  private async open(grid: Grid): Promise<void> {
    await this.removeOpenings()
    const window = { from: time(grid.from), to: time(grid.to), slotMinutes: grid.step, seats: grid.seats }
    const command = { siteId: 'legnano', calendarId: SERVICE, day: this.day, windows: [window], who: 'giulia' }
    const { id } = await this.app.unitOfWork.run((tx) => makeAddOpening(this.app)(tx, command))
    this.openings.push(id)
    this.model.windows = [grid]
  }

  private async removeOpenings(): Promise<void> {
    for (const openingId of this.openings.splice(0)) {
      const command = { siteId: 'legnano', openingId, who: 'giulia' }
      await this.app.unitOfWork.run((tx) => makeRemoveOpening(this.app)(tx, command))
    }
    this.model.windows = [this.rules]
  }

  private async book(start: number, count: number, nowMs: number): Promise<void> {
    const expected = this.model.answer(start, count, nowMs)
    const seat = { siteId: 'legnano', serviceId: SERVICE, startsAt: this.instant(start), persons: count }
    const command = { seat, visitor: visitorOf(this.person++), notes: null, lang: 'it' as const }
    const got = await this.act((tx) => this.app.bookings.bookSlot(tx, command))
    if (typeof got === 'string' || typeof expected === 'string') return void expect(got).to.equal(expected)
    this.model.visits.add(expected)
    this.bookings.push({ visit: expected, token: bookingToken(this.app.secrets, got), persons: count })
  }

  private async hold(start: number, count: number, nowMs: number): Promise<void> {
    const expected = this.model.answer(start, count, nowMs)
    const choice = { siteId: 'legnano', serviceId: SERVICE, startsAt: this.instant(start), persons: count }
    const got = await this.act((tx) => this.app.bookings.holdSlot(tx, { ...choice, lang: 'it', origin: SOMEWHERE }))
    if (typeof got === 'string' || typeof expected === 'string') return void expect(got).to.equal(expected)
    const visit = { ...expected, expiresMs: nowMs + 600_000 }
    this.model.visits.add(visit)
    this.holds.push({ visit, hold: got.hold, persons: count })
  }

  private async endHold(end: 'confirm' | 'release', pick: number, nowMs: number): Promise<void> {
    const [held] = this.holds.splice(pick % Math.max(1, this.holds.length), 1)
    if (!held) return
    const { visit, hold } = held
    const isOver = (visit.expiresMs ?? 0) <= nowMs
    this.model.visits.delete(visit)
    if (end === 'release') return void (await this.act((tx) => this.app.bookings.releaseHold(tx, { hold })))
    const command = { seat: { hold }, visitor: visitorOf(this.person++), notes: null, lang: 'it' as const }
    const got = await this.act((tx) => this.app.bookings.bookSlot(tx, command))
    if (typeof got === 'string') return void expect([got, isOver]).to.deep.equal(['hold-expired', true])
    expect([isOver, this.minutes(got.startsAt), this.minutes(got.endsAt)]).to.deep.equal([
      false,
      visit.start,
      visit.end,
    ])
    const lasting = { ...visit, expiresMs: null }
    this.model.visits.add(lasting)
    this.bookings.push({ visit: lasting, token: bookingToken(this.app.secrets, got), persons: held.persons })
  }

  private async move(pick: number, choice: { pick: number; offGrid: boolean }, nowMs: number): Promise<void> {
    const booking = this.bookings[pick % Math.max(1, this.bookings.length)]
    if (!booking) return
    const start = this.start(choice, booking.persons)
    const { visit, token } = booking
    const expected = start === visit.start ? visit : this.model.answer(start, booking.persons, nowMs, visit)
    const got = await this.act((tx) => this.app.bookings.moveBooking(tx, { token, startsAt: this.instant(start) }))
    if (typeof got === 'string' || typeof expected === 'string') return void expect(got).to.equal(expected)
    this.model.visits.delete(visit)
    this.model.visits.add(expected)
    booking.visit = expected
  }

  private async cancel(pick: number): Promise<void> {
    const [booking] = this.bookings.splice(pick % Math.max(1, this.bookings.length), 1)
    if (!booking) return
    await this.act((tx) => this.app.bookings.cancelBooking(tx, { token: booking.token }))
    this.model.visits.delete(booking.visit)
  }
}

describe('seats over time, whatever is planned, changed and booked (K1)', function () {
  this.timeout(120_000)
  forEachEngine((engine) => {
    let app: TestApp
    before(async () => {
      app = await startApp(engine)
    })
    after(() => app.close())

    it('are what a count minute by minute says: for who looks, takes, holds, moves and gives back', async () => {
      let [day, person] = ['2026-11-24', 0]
      const numRuns = engine.name === 'mariadb' ? 12 : 40
      await fc.assert(
        fc.asyncProperty(steps, async (all) => {
          do day = addDays(day, 1)
          while (holidayOn(day) !== null)
          person += 100
          await new Play(app, day, person).run(all)
          const faults = await faultsOf({ dataSource: app.database.dataSource, now: app.clock() })
          // Seats that were taken away leave more visits than there are seats.
          expect(faults.filter((fault) => !fault.startsWith('I1'))).to.deep.equal([])
        }),
        { numRuns },
      )
    })
  })
})
