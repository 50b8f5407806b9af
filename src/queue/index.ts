export type { Queue } from './actions.js'
export { givesWayAt } from './call-order.js'
export { QUEUE_SETTINGS, VISITOR } from './queue-deps.js'
export { type QueueFacts, QueueReader } from './queue-reader.js'
export {
  board,
  counterList,
  followedTicket,
  queueList,
  standingOf,
} from './queue.pages.js'
export type { Board, FollowedTicket, TicketStatus, WalkInsNow } from './queue.shape.js'
export { makeQueueRoom, type QueueRoom } from './room.js'
export { isClosed, opensNext } from './site-state.js'
export type { Standing } from './standing.js'
export { statusNow as ticketStatusNow } from './ticket-states.js'
export { CallEntity, LaneNumberEntity, TicketEntity } from './ticket.entity.js'
export { printed, type Ticket } from './ticket.js'
