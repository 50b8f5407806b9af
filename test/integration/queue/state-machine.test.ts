import { expect } from 'chai'
import fc from 'fast-check'
import { AppError } from '../../../src/kernel/app-error.js'
import type { Tx } from '../../../src/platform/db/tx.js'
import { CounterStore, isOpen, VersionStore } from '../../../src/counters/index.js'
import { localDay } from '../../../src/kernel/local-day.js'
import { serves } from '../../../src/queue/estimates.js'
import { type Queue, type Ticket, TicketEntity } from '../../../src/queue/index.js'
import { makeQueue } from '../../../src/queue/actions.js'
import { BookingStore } from '../../../src/bookings/index.js'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'
import { forEachEngine } from '../../support/engines.js'
import { type TestClock, testClock } from '../../support/test-clock.js'
import { type Model, type ModelTicket, NO, press, type Told } from './model.js'
import { at, aWalkIn, bookingNumber, queueRoom, type QueueRoom } from './room.js'

/** The real queue inside a unit of work that is undone at the end: 2,000 mornings leave nothing behind. */
interface Real {
  tx: Tx
  queue: Queue
  clock: TestClock
  siteId: string
}

/** One press on model and queue; both must say the same. */
class Press implements fc.AsyncCommand<Model, Real> {
  constructor(
    private readonly name: string,
    private readonly onBoth: (model: Model, real: Real) => Promise<[Told, Promise<unknown>] | null>,
  ) {}

  check = () => true

  async run(model: Model, real: Real): Promise<void> {
    const both = await this.onBoth(model, real)
    if (!both) return
    const [expected, answer] = both
    expect(await toldBy(answer), this.name).to.equal(expected)
  }

  toString = () => this.name
}

async function toldBy(answer: Promise<unknown>): Promise<Told> {
  try {
    const value = (await answer) as { ticket?: Ticket | null; status?: Told } | undefined
    const ticket = value && 'ticket' in value ? value.ticket : value
    return (ticket?.status as Told | undefined) ?? 'nobody'
  } catch (error) {
    if (error instanceof AppError && error.kind === 'conflict') return NO
    throw error
  }
}

const who = 'anna'
/** The service of every booking. */
const BOOKED = 'scelta-revoca'
const aCounter = fc.constantFrom(1, 2)
const aTicket = fc.nat(7)
const counterId = ({ siteId }: Real, counter: number) => `${siteId}-${counter}`
const chosen = (model: Model, i: number): ModelTicket | undefined =>
  model.tickets[i % Math.max(1, model.tickets.length)]
/** A refusal leaves nothing, as it would in a unit of work of its own. */
const part = <T>({ tx }: Real, expected: Told, act: () => Promise<T>): Promise<T> =>
  expected === NO ? tx.savepoint(act) : act()

/** Two sessions at the same counters: the second now and then. */
const aSession = fc.constantFrom('first', 'first', 'first', 'first', 'second')

const onCounter = (name: 'open' | 'take over' | 'close' | 'pause' | 'resume') =>
  fc.tuple(aCounter, aSession).map(
    ([counter, session]) =>
      new Press(`${session}: ${name} ${counter}`, async (model, real) => {
        const takeOver = name === 'take over'
        const command = { counterId: counterId(real, counter), serviceIds: null, who, session, takeOver, reason: 'x' }
        const { openCounter, closeCounter, pauseCounter, resumeCounter } = real.queue
        const act = { open: openCounter, 'take over': openCounter, close: closeCounter }
        const acts = { ...act, pause: pauseCounter, resume: resumeCounter }
        const expected =
          takeOver || name === 'open'
            ? press.open(model, command.counterId, session, takeOver)
            : press[name](model, command.counterId, session)
        const answer = part<unknown>(real, expected, () => acts[name](real.tx, command))
        return [expected, answer.then(() => undefined)]
      }),
  )

const next = fc.tuple(aCounter, aSession, fc.constantFrom(null, null, 'done' as const, 'missed' as const)).map(
  ([counter, session, outcome]) =>
    new Press(`${session}: next ${counter} ${outcome ?? ''}`, async (model, real) => {
      const command = { counterId: counterId(real, counter), who, session, outcome }
      const expected = press.next(model, command.counterId, session, outcome)
      return [expected, part(real, expected, () => real.queue.callNext(real.tx, command))]
    }),
)

const endSession = aSession.map(
  (session) =>
    new Press(`${session} ends`, async (model, real) => {
      const expected = press.endSession(model, session)
      return [expected, real.queue.releaseCounters(real.tx, { sessionIds: [session], who })]
    }),
)

type Step =
  | 'recall'
  | 'start'
  | 'done'
  | 'missed'
  | 'leave'
  | 'returnTicket'
  | 'undo'
  | 'park'
  | 'reopen'
  | 'grantUrgency'
  | 'giveWay'

const onTicket = (name: Step) =>
  fc.tuple(aTicket, aSession).map(
    ([i, session]) =>
      new Press(`${session}: ${name} ${i}`, async (model, real) => {
        const ticket = chosen(model, i)
        if (!ticket) return null
        const command = { ticketId: ticket.id, who, session, reason: 'x' }
        const expected = press[name](model, ticket, session)
        return [expected, part(real, expected, () => real.queue[name](real.tx, command))]
      }),
  )

const wait = fc.constantFrom(0, 1, 2, 5, 8, 10, 60, 900).map(
  (seconds) =>
    new Press(`wait ${seconds} s`, async (model, { clock }) => {
      clock.advanceMinutes(seconds / 60)
      model.now = clock().getTime()
      return null
    }),
)

const arrive = fc.boolean().map(
  (urgent) =>
    new Press(urgent ? 'urgent arrives' : 'arrives', async (model, real) => {
      const command = {
        ...aWalkIn,
        siteId: real.siteId,
        urgent: urgent ? { reason: 'x' } : null,
        override: { reason: 'x' },
      }
      const ticket = await real.queue.issueTicket(real.tx, command)
      press.issue(model, ticket.id, urgent ? { urgent: model.now } : {})
      return null
    }),
)

const checkIn = fc.integer({ min: -30, max: 30 }).map(
  (minutes) =>
    new Press(`booked in ${minutes} min arrives`, async (model, { tx, queue, siteId }) => {
      const startsAt = new Date(model.now + minutes * 60_000)
      // Ids are unique over all sites, which run side by side here.
      const n = model.tickets.length + 1000 * (1 + siteId.length)
      const booking = bookingNumber(n, { siteId, startsAt, code: `${siteId.slice(0, 3)}${n}`.slice(0, 8) })
      await new BookingStore(tx.em).add(booking)
      const { ticket } = await queue.checkIn(tx, { siteId, key: { code: booking.code ?? '' }, who, isStaff: true })
      const { code } = booking
      press.issue(model, ticket.id, { start: startsAt.getTime(), service: BOOKED, booking: code })
      return null
    }),
)

/** Who was sent to another service and left comes for what they booked: the new ticket is the booking's. */
const checkInAgain = aTicket.map(
  (i) =>
    new Press(`${i} shows the code again`, async (model, real) => {
      const ticket = chosen(model, i)
      if (!ticket?.booking) return null
      const { start, booking: code } = ticket
      const expected = press.checkInAgain(model, ticket)
      const command = { siteId: real.siteId, key: { code }, who, isStaff: true }
      const answer = part(real, expected ?? 'waiting', () => real.queue.checkIn(real.tx, command))
      if (expected !== null) return [expected, answer]
      press.issue(model, (await answer).ticket.id, { start, service: BOOKED, booking: code })
      return null
    }),
)

const call = fc.tuple(aTicket, aCounter, aSession).map(
  ([i, counter, session]) =>
    new Press(`${session}: call ${i} to ${counter}`, async (model, real) => {
      const ticket = chosen(model, i)
      if (!ticket) return null
      const command = { ticketId: ticket.id, counterId: counterId(real, counter), reason: 'x', who, session }
      const expected = press.call(model, ticket, command.counterId, session)
      return [expected, part(real, expected, () => real.queue.callTicket(real.tx, command))]
    }),
)

const transfer = fc.tuple(aTicket, fc.constantFrom<string | number>(1, 2, 'punto-ritiro', 'neonati'), aSession).map(
  ([i, to, session]) =>
    new Press(`${session}: transfer ${i} to ${to}`, async (model, real) => {
      const ticket = chosen(model, i)
      if (!ticket) return null
      const counter = counterId(real, Number(to))
      const command = {
        ticketId: ticket.id,
        who,
        session,
        to: typeof to === 'string' ? { serviceId: to } : { counterId: counter },
      }
      const aim = typeof to === 'string' ? { service: to } : { counter }
      const expected = press.transfer(model, ticket, { to: aim, session })
      return [expected, part(real, expected, () => real.queue.transfer(real.tx, command))]
    }),
)

/** Sent to one counter, and away from the queue while it may close: rare by chance, and easily forgotten. */
const sendAndPark = fc.tuple(aTicket, aCounter).map(
  ([i, counter]) =>
    new Press(`transfer ${i} to ${counter} and park`, async (model, real) => {
      const ticket = chosen(model, i)
      const to = { counter: counterId(real, counter) }
      const session = 'first'
      if (!ticket || press.transfer(model, ticket, { to, session }) === NO) return null
      const command = { ticketId: ticket.id, who, session, to: { counterId: to.counter } }
      await real.queue.transfer(real.tx, command)
      const expected = press.park(model, ticket, session)
      return [expected, real.queue.park(real.tx, { ticketId: ticket.id, who, session, reason: null })]
    }),
)

const presses = [
  arrive,
  arrive,
  checkIn,
  wait,
  wait,
  call,
  transfer,
  sendAndPark,
  checkInAgain,
  next,
  next,
  next,
  endSession,
  ...(['open', 'take over', 'close', 'pause', 'resume'] as const).map(onCounter),
  ...(['recall', 'start', 'done', 'missed', 'leave', 'returnTicket', 'undo', 'undo', 'park'] as const).map(onTicket),
  ...(['reopen', 'grantUrgency', 'giveWay'] as const).map(onTicket),
]

const UNDONE = new Error('the morning is undone')

/** One morning: the counters open, two people are there, and then whatever people press. */
async function morning(
  database: TestDatabase,
  room: QueueRoom,
  siteId: string,
  run: (model: Model, real: Real) => Promise<void>,
) {
  const clock = testClock(at('09:00'))
  const queue = makeQueue({ ...room.deps, clock, isAtWork: async () => true })
  const work = async (tx: Tx) => {
    const [model, real] = [
      { now: clock().getTime(), version: 0, open: new Map<string, string>(), paused: new Set<string>(), tickets: [] },
      { tx, queue, clock, siteId },
    ]
    await run(model, real)
    await compare(model, real)
    await nobodyIsForgotten(real)
    throw UNDONE
  }
  await database.unitOfWork.run(work).catch((error: unknown) => {
    if (error !== UNDONE) throw error
  })
}

/** Nobody is forgotten: some counter that is open may call each who waits, unless all are closed – then any that opens. */
async function nobodyIsForgotten({ tx, clock, siteId }: Real): Promise<void> {
  const today = localDay(clock(), 'Europe/Rome')
  const open = (await new CounterStore(tx.em).ofSite(siteId)).filter((counter) => isOpen(counter, today))
  for (const ticket of await tx.em.findBy(TicketEntity, { siteId, status: 'waiting' })) {
    const { forCounterId } = ticket
    const isServed = open.length === 0 ? forCounterId === null : open.some((counter) => serves(counter, ticket))
    expect(isServed, `${ticket.lane}${ticket.number} waits for ${forCounterId}`).to.equal(true)
  }
}

async function compare(model: Model, { tx, siteId }: Real): Promise<void> {
  const rows = await tx.em.findBy(TicketEntity, { siteId })
  const seen = rows.map(
    ({
      id,
      number,
      status,
      counterId: counter,
      forCounterId: onlyFor,
      isReturned: returned,
      joinedAt,
      serviceId: service,
      urgentAt,
      gaveWayUntil,
    }) => ({
      id,
      number,
      status,
      counter,
      onlyFor,
      returned,
      joined: joinedAt.getTime(),
      service,
      urgent: urgentAt?.getTime() ?? null,
      gaveWay: gaveWayUntil?.getTime() ?? null,
    }),
  )
  const expected = model.tickets.map(
    ({ id, number, status, counter, onlyFor, returned, joined, service, urgent, gaveWay }) => ({
      id,
      number,
      status,
      counter,
      onlyFor,
      returned,
      joined,
      service,
      urgent,
      gaveWay,
    }),
  )
  expect(seen).to.have.deep.members(expected)
  expect(await new VersionStore(tx.em).version(siteId)).to.equal(model.version)
}

/** In sum; sites run side by side where the database can. Fewer, while working on it: `QUEUE_MORNINGS=200 npx mocha …`. */
const RUNS = Number(process.env['QUEUE_MORNINGS'] ?? 2000)

forEachEngine((engine) => {
  describe('the queue and its model', function () {
    this.timeout(600_000)
    let database: TestDatabase
    let room: QueueRoom
    before(async () => {
      database = await openTestDatabase(engine)
      room = await queueRoom(database)
    })
    after(() => database.close())

    it(`say the same in ${RUNS} mornings (Q1–Q5, Q8, Q9, W1, I4, I5)`, async () => {
      const sites =
        engine.name === 'sqlite' ? ['legnano'] : ['legnano', 'magenta', 'abbiategrasso', 'cuggiono', 'castano-primo']
      const warmUp = async (model: Model, real: Real) => {
        for (const counter of [1, 2]) {
          const command = { counterId: counterId(real, counter), serviceIds: null, who, session: 'first' }
          await real.queue.openCounter(real.tx, command)
          press.open(model, command.counterId, command.session)
        }
      }
      const one = (siteId: string) =>
        fc.assert(
          fc.asyncProperty(fc.commands(presses, { maxCommands: 20, size: 'max' }), (commands) =>
            morning(database, room, siteId, async (model, real) => {
              await warmUp(model, real)
              await fc.asyncModelRun(() => ({ model, real }), commands)
            }),
          ),
          { numRuns: RUNS / sites.length },
        )
      await Promise.all(sites.map(one))
    })
  })
})
