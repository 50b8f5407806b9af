import { BookingStore } from '../../../src/bookings/index.js'
import type { Booking } from '../../../src/bookings/index.js'
import { loadExamples } from '../../../src/example-data.js'
import { AppError } from '../../../src/kernel/app-error.js'
import type { Tx } from '../../../src/platform/db/tx.js'
import { EventBus } from '../../../src/platform/events.js'
import { makeLog } from '../../../src/platform/log.js'
import { fingerprint, makeSecrets } from '../../../src/platform/secrets.js'
import { QUEUE_SETTINGS, QueueReader, queueList, board, counterList } from '../../../src/queue/index.js'
import { makeQueue } from '../../../src/queue/actions.js'
import type { QueueSettings } from '../../../src/queue/queue-deps.js'
import { CalendarDirectory } from '../../../src/scheduling/calendar-directory.js'
import { outdateSeats } from '../../../src/seats/index.js'
import { SiteDirectory } from '../../../src/sites/index.js'
import { checkLetter } from '../../../src/visitors/codice-fiscale.js'
import { aBooking, THE_DAY } from '../../support/builders.js'
import type { TestDatabase } from '../../support/database.js'
import { testClock } from '../../support/test-clock.js'

/** Of a child born on 1 September 2026. */
export const NEWBORN = `RSSMRA26P01F205${checkLetter('RSSMRA26P01F205')}`

/** A wall-clock time of Tuesday 2026-11-24 in Rome. */
export const at = (time: string, day = THE_DAY): Date =>
  new Date(`${day}T${time.length === 5 ? `${time}:00` : time}+01:00`)

interface Options {
  now?: Date
  settings?: Partial<QueueSettings>
}

/** The room as the wiring builds it, on the example sites, each action in a unit of work of its own. */
export async function queueRoom(
  { dataSource, unitOfWork }: TestDatabase,
  { now = at('08:30'), settings }: Options = {},
) {
  const events = new EventBus(makeLog('silent'))
  const clock = testClock(now)
  const secrets = makeSecrets('a'.repeat(32))
  const directory = new SiteDirectory({ dataSource, events })
  const calendars = new CalendarDirectory({ dataSource, events, directory })
  await loadExamples({ dataSource, unitOfWork, clock, events })
  const atWork = new Set<string>()
  const deps = {
    dataSource,
    unitOfWork,
    events,
    clock,
    secrets,
    directory,
    calendars,
    outdateSeats,
    settings: { ...QUEUE_SETTINGS, ...settings },
    isAtWork: async (_: unknown, sessionId: string) => atWork.has(sessionId),
  }
  const inTx = makeQueue(deps)
  const reader = new QueueReader(deps)
  const versions: number[] = []
  events.on('queue.changed', ({ version }) => versions.push(version))
  const alone =
    <C, R>(action: (tx: Tx, command: C) => Promise<R>) =>
    (command: C) =>
      unitOfWork.run((tx) => action(tx, command))
  const step =
    (action: (tx: Tx, command: { ticketId: string; who: string }) => Promise<unknown>) => (ticketId: string) =>
      unitOfWork.run((tx) => action(tx, { ticketId, who: 'anna' })) as ReturnType<typeof inTx.done>
  const issue = alone(inTx.issueTicket)
  const open = alone(inTx.openCounter)
  const next = alone(inTx.callNext)
  return {
    deps,
    /** Sessions that are at work. */
    atWork,
    inTx,
    reader,
    clock,
    events,
    versions,
    issue: (part: Partial<Parameters<typeof issue>[0]> = {}) => issue({ ...aWalkIn, ...part }),
    checkIn: (code: string, siteId = 'legnano', isStaff = false) =>
      unitOfWork.run((tx) => inTx.checkIn(tx, { siteId, key: { code }, who: 'kiosk', isStaff })),
    open: (counterId = 'legnano-1', serviceIds: string[] | null = null) => open({ counterId, serviceIds, who: 'anna' }),
    close: (counterId = 'legnano-1') => unitOfWork.run((tx) => inTx.closeCounter(tx, { counterId, who: 'anna' })),
    next: (counterId = 'legnano-1', outcome: 'done' | 'missed' | null = null) =>
      next({ counterId, who: 'anna', outcome }),
    call: (ticketId: string, counterId = 'legnano-1', reason = 'persona fragile') =>
      unitOfWork.run((tx) => inTx.callTicket(tx, { ticketId, counterId, reason, who: 'anna' })),
    recall: step(inTx.recall),
    start: step(inTx.start),
    done: step(inTx.done),
    missed: step(inTx.missed),
    park: (ticketId: string, counterId: string | null = null) =>
      unitOfWork.run((tx) => inTx.park(tx, { ticketId, who: 'anna', reason: 'manca il modulo', counterId })),
    back: step(inTx.returnTicket),
    reopen: (ticketId: string) =>
      unitOfWork.run((tx) => inTx.reopen(tx, { ticketId, who: 'anna', reason: 'premuto per sbaglio' })),
    urgent: (ticketId: string) =>
      unitOfWork.run((tx) => inTx.grantUrgency(tx, { ticketId, who: 'anna', reason: 'malore' })),
    giveWay: step(inTx.giveWay),
    leave: step(inTx.leave),
    undo: step(inTx.undo),
    transfer: (ticketId: string, to: { serviceId: string } | { counterId: string }) =>
      unitOfWork.run((tx) => inTx.transfer(tx, { ticketId, who: 'anna', to })),
    ticket: inTx.findTicket,
    list: async (siteId = 'legnano') => queueList(await reader.facts(siteId)),
    board: async (siteId = 'legnano') => board(await reader.facts(siteId)),
    counters: async (siteId = 'legnano') => counterList(await reader.facts(siteId)).counters,
    addBookings: (...bookings: Booking[]) =>
      unitOfWork.run(async (tx) => {
        for (const booking of bookings) await new BookingStore(tx.em).add(booking)
      }),
    bookingStatus: async (id: string) => (await new BookingStore(dataSource.manager).findById(id))?.status,
  }
}

export type QueueRoom = Awaited<ReturnType<typeof queueRoom>>

export const aWalkIn = {
  siteId: 'legnano',
  serviceId: 'accesso-diretto',
  newbornTaxCode: null,
  isSenior: false,
  urgent: null,
  override: null,
  who: 'kiosk',
}

/** The n-th booking of a day, by its code `BOOK000n`. */
export const bookingNumber = (n: number, part: Partial<Booking> = {}): Booking =>
  aBooking({
    id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    code: `BOOK${String(n).padStart(4, '0')}`,
    tokenHash: fingerprint(`booking ${n}`),
    ...part,
  })

/** `conflict state called legnano-1`: what an action refused, in one line; throws on anything else. */
export async function refusalOf(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => new Error('it was not refused'),
    (reason: unknown) => reason,
  )
  if (!(error instanceof AppError)) throw error
  const { state, counter } = error.details
  return [error.kind, error.code, state, counter].filter((part) => typeof part === 'string').join(' ')
}
