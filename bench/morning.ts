import { CounterStore, exampleCounters } from '../src/counters/index.js'
import { hashPassword } from '../src/staff/password-hash.js'
import type { App } from '../src/wiring.js'
import { person } from './people.js'
import type { Morning } from './protocol.js'
import { LAST_PERSON, SERVICE, SITES } from './scene.js'

const COUNTERS = 10
/** More than all rounds of check-ins take. */
const VISITORS = 4000
/** The day of the benchmark's clock, from an hour after it on: as many quarters as the notice leaves free. */
const STARTS = ['10:15', '10:30', '10:45', '11:00', '11:15', '11:30', '11:45', '12:00', '12:15'].map(
  (time) => new Date(`2026-11-23T${time}:00+01:00`),
)
const [SITE = ''] = SITES

/** Ten counters, somebody who may open them all, and people who have booked for today. */
export async function furnishMorning({ staff, bookings, unitOfWork }: App): Promise<Morning> {
  const [username, password] = ['admin', 'a password that is long enough']
  const to = { passwordHash: await hashPassword(password), passwordIsLong: true, mustChangePassword: false }
  const counters = exampleCounters([SITE])
    .slice(0, 1)
    .flatMap((one) =>
      Array.from({ length: COUNTERS }, (_, n) => ({
        ...one,
        id: `${SITE}-${n + 1}`,
        name: `${n + 1}`,
        position: n + 1,
      })),
    )
  await unitOfWork.run(async (tx) => {
    await new CounterStore(tx.em).add(...counters)
    const account = { username, role: 'admin' as const, siteIds: [], who: 'bench' }
    await staff.createAccount(tx, { ...account, password: { to: { ...to, passwordEndsAt: null }, oneTime: null } })
  })
  return { username, password, counters: counters.map(({ id }) => id), codes: await visitors({ bookings, unitOfWork }) }
}

async function visitors({ bookings, unitOfWork }: Pick<App, 'bookings' | 'unitOfWork'>): Promise<string[]> {
  const codes: string[] = []
  const book = async (number: number) => {
    const startsAt = STARTS[number % STARTS.length] as Date
    const seat = { siteId: SITE, serviceId: SERVICE, persons: 1, startsAt }
    const command = { seat, visitor: person(LAST_PERSON - VISITORS + number), notes: null, lang: 'it' as const }
    const booking = await unitOfWork.run((tx) => bookings.bookSlot(tx, command))
    codes.push(booking.code ?? '')
  }
  for (let from = 0; from < VISITORS; from += 50)
    await Promise.all(Array.from({ length: 50 }, (_, n) => book(from + n)))
  return codes
}
