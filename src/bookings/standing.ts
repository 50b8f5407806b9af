import { MINUTE_MS } from '../kernel/clock.js'
import { together } from '../platform/db/together.js'
import type { Tx } from '../platform/db/tx.js'
import { isListed } from '../platform/http/networks.js'
import type { Site } from '../sites/index.js'
import type { TaxCodeKind } from '../visitors/index.js'
import type { Booking } from './booking.js'
import type { BookingDeps } from './booking-deps.js'
import type { BookSlotCommand } from './book-slot-command.js'
import { OriginStore } from './origin.store.js'
import { tooManyWait } from './waiting-limits.js'

interface Asked {
  command: Pick<BookSlotCommand, 'staff' | 'origin'>
  site: Site
  kind: TaxCodeKind
  /** As it is held, or as it would be. */
  booking: Pick<Booking, 'siteId' | 'onDay' | 'slotCount'>
  now: Date
}

/** What a new booking is: certain, or pending – perhaps without a seat – until its mail is confirmed. */
export type Standing = Pick<Booking, 'status' | 'expiresAt' | 'confirmedAt'> & { hasSeat: boolean }

/** K4, X2: by mail where the site asks for it, and beyond what one address books in a while; never what staff book. */
export async function mustConfirm(
  tx: Tx,
  { settings }: BookingDeps,
  { command, site, kind, now }: Asked,
): Promise<boolean> {
  const { staff, origin } = command
  if (staff) return false
  if (site.emailConfirmation) return true
  if (!settings.rateLimits || !origin || isListed(site.trustedAddresses ?? [], origin.ip)) return false
  const [, { inHour, inDay, inventable }] = await together([
    tx.own(`from:${origin.addressHash}`),
    new OriginStore(tx.em).confirmed(origin.addressHash, now),
  ])
  const { perHour, perDay, inventablePerHour } = settings.confirmed
  return inHour >= perHour || inDay >= perDay || (kind !== 'codice-fiscale' && inventable >= inventablePerHour)
}

/** `isCertain`: false where `mustConfirm` has said so. */
export async function standingOf(tx: Tx, deps: BookingDeps, asked: Asked & { isCertain: boolean }): Promise<Standing> {
  const { now, isCertain } = asked
  if (isCertain) return { status: 'confirmed', expiresAt: null, confirmedAt: now, hasSeat: true }
  const expiresAt = new Date(now.getTime() + deps.settings.pendingMinutes * MINUTE_MS)
  return { status: 'pending', expiresAt, confirmedAt: null, hasSeat: await maySit(tx, deps, asked) }
}

/** Beyond X1's limits a pending booking has no seat: who confirms it is given one then, if there still is one. */
async function maySit(tx: Tx, deps: BookingDeps, { command, booking, now }: Asked): Promise<boolean> {
  if (!deps.settings.rateLimits || !command.origin) return true
  return (await tooManyWait(tx, deps, { origin: command.origin, booking, status: 'pending', now })) === null
}
