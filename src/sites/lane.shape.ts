/** Letter on the ticket (W2): booked, newborn, other direct access, pick-up point. */
export type Lane = 'P' | 'N' | 'D' | 'R'
