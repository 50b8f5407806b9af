import { expect } from 'chai'
import type { Booking } from '../../../src/bookings/index.js'
import type { BookingMail } from '../../../src/bookings/booking-mail.js'
import { isStillTrue } from '../../../src/notices/notice-rules.js'
import { aBooking, THE_DAY, THE_DAY_BEFORE } from '../../support/builders.js'

const SOON = new Date('2026-11-23T09:30:00+01:00')
const STARTED = new Date('2026-11-24T08:35:00+01:00')
const OVER = new Date('2026-11-24T08:45:00+01:00')

describe('a mail that has waited is sent only if it is still true (L4)', () => {
  const cases: [
    kind: BookingMail,
    occurrence: string,
    booking: Partial<Booking>,
    now: Date,
    sent: boolean,
    why: string,
  ][] = [
    ['confirmed', '0', {}, THE_DAY_BEFORE, true, 'a confirmed booking'],
    ['confirmed', '0', { status: 'cancelled', sequence: 1 }, THE_DAY_BEFORE, false, 'no "confirmed" after "cancelled"'],
    ['confirmed', '0', { sequence: 1 }, THE_DAY_BEFORE, false, 'moved since: the newer mail says it'],
    ['confirmed', '0', { status: 'arrived' }, THE_DAY_BEFORE, false, 'the visitor is here'],
    ['confirmed', '0', {}, STARTED, true, 'the visit is on'],
    ['confirmed', '0', {}, OVER, false, 'the visit is over'],
    ['moved', '1', { sequence: 1 }, THE_DAY_BEFORE, true, 'the last move'],
    ['moved', '1', { sequence: 2 }, THE_DAY_BEFORE, false, 'an earlier move'],
    ['moved', '1', { status: 'cancelled', sequence: 2 }, THE_DAY_BEFORE, false, 'cancelled since'],
    ['pending', '0', { status: 'pending', expiresAt: SOON }, THE_DAY_BEFORE, true, 'still to be confirmed'],
    ['pending', '0', { status: 'pending', expiresAt: THE_DAY_BEFORE }, THE_DAY_BEFORE, false, 'its time is over'],
    ['pending', '0', {}, THE_DAY_BEFORE, false, 'confirmed already'],
    ['cancelled', '1', { status: 'cancelled', sequence: 1 }, OVER, true, 'a cancellation is always told'],
    ['closed-by-site', '1', { status: 'cancelled', sequence: 1 }, THE_DAY_BEFORE, true, 'a cancellation by the site'],
    ['closed-by-site', '1', {}, THE_DAY_BEFORE, false, 'not cancelled at all'],
    ['move-offered', '0', {}, THE_DAY_BEFORE, true, 'a time at which the site is closed (S8)'],
    ['move-offered', '0', { sequence: 1 }, THE_DAY_BEFORE, false, 'a time that was moved since (S8)'],
    ['reminder', THE_DAY, {}, THE_DAY_BEFORE, true, 'the day before'],
    ['reminder', THE_DAY, {}, STARTED, false, 'too late to be reminded'],
    ['reminder', '2026-11-25', {}, THE_DAY_BEFORE, false, 'moved to another day'],
    ['reminder', THE_DAY, { status: 'cancelled' }, THE_DAY_BEFORE, false, 'cancelled'],
    ['link-again', '2026-11-23', {}, THE_DAY_BEFORE, true, 'an active booking (K5)'],
    ['link-again', '2026-11-23', { status: 'pending', expiresAt: SOON }, THE_DAY_BEFORE, true, 'a pending one (K5)'],
    ['link-again', '2026-11-23', { status: 'cancelled' }, THE_DAY_BEFORE, false, 'no active booking'],
    ['link-again', '2026-11-23', { status: 'no-show' }, OVER, false, 'a booking of the past'],
  ]
  for (const [kind, occurrence, booking, now, sent, why] of cases) {
    it(`${kind} ${occurrence}: ${sent ? 'sent' : 'not sent'}, ${why}`, () =>
      expect(isStillTrue({ kind, occurrence }, aBooking(booking), now)).to.equal(sent))
  }
})
