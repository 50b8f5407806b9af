import { timeOf } from '../kit/clock.js'
import { h } from '../kit/element.js'
import { byId, find } from '../kit/page.js'
import { actFor } from './act.js'
import { press, read, Refused } from './api.js'
import { checkIn } from './arrivals.js'
import { askCancelReason } from './ask.js'
import { facts, serviceName } from './facts.js'
import { messageList } from './messages.js'
import { show } from './show.js'
import { type Booking, set, state } from './state.js'
import { dayWords, nowMs } from './time.js'
import { counted } from './view.js'
import { say } from './words.js'

const place = byId('bookings')
const list = byId('bookings-list')
const day = find(HTMLInputElement, '#bookings-day')
const search = find(HTMLInputElement, '#search')

/** Without accents, apostrophes, hyphens, case: as people type names. */
const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase()

/** Fetches the bookings of the chosen day, if they are looked at. */
export async function loadBookings(): Promise<void> {
  if (state.view !== 'bookings' || day.value === '') return
  try {
    const wanted = day.value
    const { bookings } = await read<{ bookings: Booking[] }>(`/sites/${facts.site}/bookings?date=${wanted}`)
    // Another day may have been chosen meanwhile.
    if (wanted === day.value) set({ bookings: { day: wanted, list: bookings } })
  } catch (fault) {
    if (fault instanceof Refused && fault.status !== 401) set({ message: { kind: 'fault', text: fault.message } })
  }
}

export function look(view: 'queue' | 'bookings'): void {
  set({ view })
  if (view !== 'bookings') return
  void loadBookings()
  setTimeout(() => search.focus())
}

/** Listens to the day and the search. */
export function followBookings(): void {
  byId('bookings-tools').addEventListener('submit', (event) => event.preventDefault())
  day.addEventListener('change', () => void loadBookings())
  search.addEventListener('input', () => set({ search: search.value }))
}

/** The list of the day, of those who match what is searched for. */
export function showBookings(): void {
  const isShown = state.view === 'bookings'
  place.hidden = !isShown
  byId('queue').hidden = isShown
  for (const view of ['queue', 'bookings']) byId(`view-${view}`).setAttribute('aria-pressed', `${state.view === view}`)
  if (!isShown || state.bookings === null) return
  const { list: all } = state.bookings
  const wanted = plain(state.search)
  const found = all.filter(({ code, visitor }) => matches([code, visitor.lastName, visitor.firstName], wanted))
  const title =
    wanted !== '' && found.length === 0 ? say('bookings.found_zero', state) : counted('bookings.count', found.length)
  const rows = h('ol.lines', { 'data-key': 'rows' }, ...found.map(bookingRow))
  show(list, h('h2.list-title', { 'data-key': 'title', 'data-test': 'bookings-count' }, title), rows)
}

/** A code by its beginning; a name by the beginning of surname or first name, or of both together. */
type Names = [code: string, last: string | null, first: string | null]

function matches([code, last, first]: Names, wanted: string): boolean {
  const [surname, name] = [plain(last ?? ''), plain(first ?? '')]
  return (
    [plain(code), surname, name, `${name}${surname}`, surname + name].some((text) => text.startsWith(wanted)) ||
    plain(last ?? '').includes(wanted)
  )
}

function bookingRow(booking: Booking): HTMLElement {
  const { code, start, persons, status, visitor, service, messages } = booking
  const name = [visitor.lastName, visitor.firstName].filter(Boolean).join(' ')
  return h(
    'li.line.line-booking',
    { 'data-key': code, 'data-test': `booking-${code}`, class: `line line-booking is-${status}` },
    h('strong.line-time', {}, timeOf(start)),
    h(
      'div.line-text',
      {},
      h(
        'p.line-what',
        {},
        h('strong.line-name', { 'data-foreign': true }, name),
        h('span.tag', { class: `tag tag-${status}` }, say(`bookings.status.${status}`)),
      ),
      h(
        'p.line-wait',
        {},
        h('span.code', {}, code),
        ` · ${say('bookings.persons', { count: persons })} · ${serviceName(service)}`,
      ),
      messageList(messages),
    ),
    h('div.line-actions', {}, ...bookingButtons(booking, name)),
  )
}

function bookingButtons({ code, start, status }: Booking, name: string): HTMLElement[] {
  if (status !== 'confirmed' && status !== 'pending') return []
  const isToday = start.startsWith(state.snapshot?.at.slice(0, 10) ?? facts.today)
  const small = (action: 'arrived' | 'cancel', label: string) =>
    h(
      'button.button.button-small',
      {
        type: 'button',
        'data-do': `booking-${action}`,
        'data-id': code,
        'data-test': `booking-${action}`,
        'aria-label': `${label}: ${name}`,
      },
      label,
    )
  return [
    status === 'confirmed' && isToday && small('arrived', say('do.checkIn')),
    Date.parse(start) > nowMs() && small('cancel', say('do.cancel')),
  ].filter((button) => button !== false)
}

export async function bookingArrived(code: string): Promise<void> {
  await checkIn(code)
  await loadBookings()
}

/** With the reason (K10). */
export async function cancelBooking(code: string): Promise<void> {
  const booking = state.bookings?.list.find((one) => one.code === code)
  if (!booking) return
  const { lastName, firstName } = booking.visitor
  const time = `${dayWords(booking.start.slice(0, 10))}, ${timeOf(booking.start)}`
  const words = { code, time, who: [firstName, lastName].filter(Boolean).join(' ') }
  await askCancelReason(words, (given) =>
    actFor(async () => {
      await press(`/sites/${facts.site}/bookings/${code}/cancel`, given)
      return { text: say('said.cancelled', { code }) }
    }),
  )
  await loadBookings()
}
