export type { Queue } from './actions.js'
export { QUEUE_SETTINGS } from './queue-deps.js'
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
export { makeQueueRoom, type QueueRoom } from './room.js'
export { isClosed, opensNext } from './site-state.js'
export type { Standing } from './standing.js'
export { statusNow as ticketStatusNow, type TicketStatus } from './ticket-states.js'
export { CallEntity, LaneNumberEntity, TicketEntity } from './ticket.entity.js'
export { printed, type Ticket } from './ticket.js'
export type { WalkInsNow } from './walk-ins-now.js'
