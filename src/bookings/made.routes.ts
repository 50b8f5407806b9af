import { zonedIso } from '../kernel/local-day.js'
import type { Tx } from '../platform/db/tx.js'
import { addressClasses } from '../platform/http/addresses.js'
import type { Api } from '../platform/http/api.js'
import { addressHashOf } from '../platform/http/origin.js'
import type { Secrets } from '../platform/secrets.js'
import { siteOfPath, staffOf } from '../access/index.js'
import type { Booking } from './booking.js'
import { BookingAlarmStore } from './booking-alarm.store.js'
import { siteParams } from '../platform/http/fields.js'
import type { DeskRoutesDeps } from './desk.routes.js'
import { cancelMadeBody, type MadeSearch, madeQuery, madeSearchBody, MOST_AT_ONCE } from './made.forms.js'
import { countMade, madeBookings, type MadeFilter } from './made.store.js'
import { statusNow } from './booking.js'
import { ignoreLostRace } from './lost-race.js'

const MOST_ALARMS = 100

/** What a manager does about an attack (X4): hears of it, sees what came from where, and cancels it in one action. */
export function addMadeRoutes(api: Api, deps: DeskRoutesDeps): void {
  addAlarmRoute(api, deps)
  addListRoute(api, deps)
  addSearchRoute(api, deps)
  addCancelRoute(api, deps)
}

function addAlarmRoute(api: Api, { permit, dataSource, directory }: DeskRoutesDeps): void {
  const store = new BookingAlarmStore(dataSource.manager)
  api.add({
    method: 'get',
    path: '/sites/:site/alarms',
    summary:
      'Hours with far more bookings than usual, newest first, and the addresses that no limit holds for (X2, X4)',
    params: siteParams,
    answers: { 200: '{ alarms: [{ hour, bookings, usual, raisedAt }], trustedAddresses }', 404: 'unknown-site' },
    before: permit('site:manage', siteOfPath),
    read: async ({ params: { site } }) => {
      const { timeZone, trustedAddresses } = await directory.site(site)
      const alarms = (await store.latest(site, MOST_ALARMS)).map(({ hourAt, bookings, usualTenths, raisedAt }) => ({
        hour: zonedIso(hourAt, timeZone),
        bookings,
        usual: usualTenths / 10,
        raisedAt: zonedIso(raisedAt, timeZone),
      }))
      return { status: 200, body: { alarms, trustedAddresses: trustedAddresses ?? [] } }
    },
  })
}

/** An address itself stands for its /32 or /64, as limits count it; a shorter prefix for the /24 or /48. */
function hashesOf(
  secrets: Secrets,
  { address, origin }: MadeSearch,
): Pick<MadeFilter, 'addressHashes' | 'networkHashes'> {
  if (origin !== undefined) return { addressHashes: [origin] }
  if (address === undefined) return {}
  const [ip, length] = address.split('/')
  const { narrow, wide } = addressClasses(ip)
  const isWide = length !== undefined && Number(length) < Number(narrow.split('/')[1])
  const hashes = secrets.all.map((secret) => addressHashOf(secret, isWide ? wide : narrow))
  return isWide ? { networkHashes: hashes } : { addressHashes: hashes }
}

const filterOf = (secrets: Secrets, siteId: string, query: MadeSearch): MadeFilter => ({
  siteId,
  ...(query.from && { from: query.from }),
  ...(query.to && { to: query.to }),
  ...hashesOf(secrets, query),
})

const LIST = '{ bookings: [{ code, start, status, madeAt, origin }], origins: [{ origin, bookings }] }'

function addListRoute(api: Api, deps: DeskRoutesDeps): void {
  api.add({
    method: 'get',
    path: '/sites/:site/made',
    summary: 'Bookings ahead by when and from where they were made; an origin is a keyed hash of an address (X4)',
    params: siteParams,
    query: madeQuery,
    answers: { 200: LIST, 404: 'unknown-site' },
    before: deps.permit('site:manage', siteOfPath),
    read: ({ params: { site }, query }) => listed(deps, site, query),
  })
}

function addSearchRoute(api: Api, deps: DeskRoutesDeps): void {
  api.add({
    method: 'post',
    path: '/sites/:site/made/search',
    summary:
      'The same list by an address or a network, which is sent in the body: it is nobody else’s to read (X4, A5)',
    params: siteParams,
    body: madeSearchBody,
    answers: { 200: LIST, 404: 'unknown-site' },
    before: deps.permit('site:manage', siteOfPath),
    read: ({ params: { site }, body }) => listed(deps, site, body),
  })
}

async function listed({ dataSource, directory, clock, secrets }: DeskRoutesDeps, site: string, query: MadeSearch) {
  const [{ timeZone }, now] = [await directory.site(site), clock()]
  const found = await madeBookings(dataSource.manager, filterOf(secrets, site, query), now)
  return { status: 200, body: { bookings: found.map(madeOf(timeZone, now)), origins: originsOf(found) } }
}

const madeOf = (timeZone: string, now: Date) => (booking: Booking) => ({
  code: booking.code,
  start: zonedIso(booking.startsAt, timeZone),
  status: statusNow(booking, now),
  madeAt: booking.bookedAt && zonedIso(booking.bookedAt, timeZone),
  origin: booking.addressHash,
})

/** Those with most bookings first; what staff made has no origin. */
function originsOf(bookings: readonly Booking[]): { origin: string; bookings: number }[] {
  const counts = new Map<string, number>()
  for (const { addressHash } of bookings)
    if (addressHash !== null) counts.set(addressHash, (counts.get(addressHash) ?? 0) + 1)
  return [...counts].map(([origin, count]) => ({ origin, bookings: count })).sort((a, b) => b.bookings - a.bookings)
}

function addCancelRoute(api: Api, deps: DeskRoutesDeps): void {
  const { permit, bookings, directory, clock, secrets } = deps
  const cancelAll = async (tx: Tx, found: readonly Booking[], why: { who: string; reason: string }) => {
    const cancelled: Booking[] = []
    for (const booking of found) {
      const one = () => bookings.cancel(tx, { booking, ...why, mail: 'cancelled' })
      const is = await tx.savepoint(one).catch(ignoreLostRace)
      if (is) cancelled.push(is)
    }
    return cancelled
  }
  api.add({
    method: 'post',
    path: '/sites/:site/made/cancel',
    summary: `Cancels them with a mail each, the ${MOST_AT_ONCE} oldest at once; again until nothing is left (X4)`,
    params: siteParams,
    body: cancelMadeBody,
    answers: { 200: '{ bookings: [{ code, start, status, madeAt, origin }], left }', 404: 'unknown-site' },
    before: permit('site:manage', siteOfPath),
    write: async (tx, { params: { site }, body, req }) => {
      const [{ timeZone }, now] = [await directory.site(site), clock()]
      const { reason, ...query } = body
      const filter = filterOf(secrets, site, query)
      const first = (await madeBookings(tx.em, filter, now)).slice(0, MOST_AT_ONCE)
      const cancelled = await cancelAll(tx, first, { who: staffOf(req).username, reason })
      // Counted afterwards: what changed in the same moment is neither cancelled nor gone.
      const left = await countMade(tx.em, filter, now)
      return { status: 200, body: { bookings: cancelled.map(madeOf(timeZone, now)), left } }
    },
  })
}
