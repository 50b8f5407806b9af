export { addArrivalRoutes } from './arrival.routes.js'
export type { QueueClass } from './call-order.js'
export { abandonedCountersJob } from './abandoned-counters.job.js'
export { addCounterRoutes } from './counter.routes.js'
export { endDayJob } from './end-day.job.js'
export { givenNumbers, keepGivenNumbers } from './given-numbers.js'
export { type Queue, makeQueue } from './queue.js'
export { QUEUE_SETTINGS, type QueueDeps, type QueueSettings } from './queue-deps.js'
export { type QueueFacts, QueueReader } from './queue-reader.js'
export {
  type Board,
  board,
  counterList,
  type FollowedTicket,
  followedTicket,
  queueList,
  standingOf,
} from './queue.pages.js'
export { addQueueRoutes } from './queue.routes.js'
export { announceBoards, announceQueues, type SpeakerDeps } from './queue.sockets.js'
export type { QueueRouteDeps } from './route-deps.js'
export { isClosed, opensNext } from './site-state.js'
export type { Standing } from './standing.js'
export { CallEntity, LaneNumberEntity, TicketEntity } from './ticket.entity.js'
export { addTicketRoutes } from './ticket.routes.js'
export { announceTickets } from './ticket.sockets.js'
export { printed, type Ticket } from './ticket.js'
export { statusNow as ticketStatusNow, type TicketStatus } from './ticket-states.js'
export { addVisitRoutes } from './visits.routes.js'
export { makeFindVisits } from './find-visits.js'
export type { WalkInsNow } from './walk-ins-now.js'
