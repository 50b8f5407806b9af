import type { DataSource } from 'typeorm'
import { makeAddCounter, makeRenameCounter } from '../counters/index.js'
import { fingerprint } from '../platform/secrets.js'
import { makeIssueTicket } from './issue-ticket.js'
import { makeCallNext } from './call-next.js'
import { makeCallTicket } from './call-ticket.js'
import { makeChangeService } from './change-service.js'
import { makeCheckIn } from './check-in.js'
import { makeCloseCounter, makeHandOverCounters, makeReleaseCounters } from './close-counter.js'
import { makeEndDay } from './end-day.js'
import { makeGiveWay } from './give-way.js'
import { makeUrgent } from './grant-urgency.js'
import { makeHeldCounters } from './held-counters.js'
import { makeLeave, makePark, makeTransfer } from './move-ticket.js'
import { makeOpenCounter } from './open-counter.js'
import { makePauseCounter, makeResumeCounter } from './pause-counter.js'
import { makeReopen, makeReturn } from './put-back.js'
import type { QueueDeps } from './queue-deps.js'
import { makeDone, makeMissed, makeRecall, makeStart } from './serve-ticket.js'
import type { Ticket } from './ticket.js'
import { TicketStore } from './ticket.store.js'
import { makeUndo } from './undo-step.js'
import { makeWalkInsNow } from './walk-ins-now.js'

/** The room's actions and look-ups, built once. */
export const makeQueue = (deps: QueueDeps & { dataSource: DataSource }) => {
  const store = new TicketStore(deps.dataSource.manager)
  return {
    checkIn: makeCheckIn(deps),
    issueTicket: makeIssueTicket(deps),
    openCounter: makeOpenCounter(deps),
    closeCounter: makeCloseCounter(deps),
    releaseCounters: makeReleaseCounters(deps),
    handOverCounters: makeHandOverCounters(deps),
    heldCounters: makeHeldCounters(deps),
    pauseCounter: makePauseCounter(deps),
    resumeCounter: makeResumeCounter(deps),
    addCounter: makeAddCounter(deps),
    renameCounter: makeRenameCounter(deps),
    changeService: makeChangeService(deps),
    callNext: makeCallNext(deps),
    callTicket: makeCallTicket(deps),
    recall: makeRecall(deps),
    start: makeStart(deps),
    done: makeDone(deps),
    missed: makeMissed(deps),
    park: makePark(deps),
    returnTicket: makeReturn(deps),
    reopen: makeReopen(deps),
    grantUrgency: makeUrgent(deps),
    giveWay: makeGiveWay(deps),
    leave: makeLeave(deps),
    transfer: makeTransfer(deps),
    undo: makeUndo(deps),
    endDay: makeEndDay(deps),
    walkInsNow: makeWalkInsNow(deps),
    findTicket: (id: string): Promise<Ticket | null> => store.find(id),
    /** Its last: a booking has another number after one that was left (W1). */
    findByBooking: (bookingId: string): Promise<Ticket | null> => store.findByBooking(bookingId),
    findByToken: (token: string): Promise<Ticket | null> => store.findByToken(fingerprint(token)),
  }
}

export type Queue = ReturnType<typeof makeQueue>
