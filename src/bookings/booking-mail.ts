/**
 * Events of a booking that mail (L3, K5, S8, C3): the one list. What a kind says (src/messages), when it is still true and what
 * the desk calls it are records over it, so that a kind forgotten in one of them does not compile.
 */
export const BOOKING_MAILS = [
  'confirmed',
  'pending',
  'moved',
  'cancelled',
  'closed-by-site',
  'move-offered',
  'reminder',
  'link-again',
  'found-again',
] as const
export type BookingMail = (typeof BOOKING_MAILS)[number]
