import type { SeatsTaken } from './seats.js'

/** Seats that count as free for whoever has them. */
export interface GivenUp extends Pick<SeatsTaken, 'siteId' | 'calendarId' | 'spans'> {
  /** Where the asker is already, if being there again is no answer: it is listed and never free. */
  except?: Date
}
