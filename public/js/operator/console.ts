/** The counter console: state goes down to what is shown, presses go up through `commands.js`. */
import { h } from '../kit/element.js'
import { byId, elementOf, write } from '../kit/page.js'
import { focusCode, showIssued, takeArrivals } from './arrivals.js'
import { openBook, takeBookings } from './book.js'
import { bookingArrived, cancelBooking, followBookings, loadBookings, look, showBookings } from './bookings.js'
import { onTicket, perform, reopen, settleBeforeLeaving } from './commands.js'
import { connect, onRefresh } from './connection.js'
import { showCounters } from './counters.js'
import { facts } from './facts.js'
import { listenToKeys, showShortcuts } from './keys.js'
import { printerBanner, printerWorks } from './printer.js'
import { showQueue } from './queue.js'
import { show } from './show.js'
import { signOutButton } from './sign-out.js'
import { set, shows, state, type Ticket } from './state.js'
import { clockNow } from './time.js'
import { ACTIONS, keyOf, situation, undoLeft } from './view.js'
import { showVisit } from './visit.js'
import { openWalkIn, takeWalkIns } from './walk-in.js'
import { say } from './words.js'

const SECOND_MS = 1000
/** Waits are told in minutes. */
const LIST_MS = 15_000

function findTicket(id: string): Ticket | undefined {
  const { waiting = [], parked = [], missed = [] } = state.snapshot ?? {}
  return [...waiting, ...parked, ...missed].find((ticket) => ticket.id === id)
}

const ROW_STEPS = ['call', 'park', 'transfer', 'urgent', 'left', 'return'] as const

const onRow = (step: (typeof ROW_STEPS)[number]) => (id: string) => {
  const ticket = findTicket(id)
  if (!ticket || state.busy) return
  set({ openRow: null })
  void onTicket[step](ticket)
}

/** What each `data-do` does; with the `data-id` of what it is about. */
const DEEDS: Record<string, (id: string) => void> = {
  ...Object.fromEntries(ACTIONS.map((action) => [action, () => perform(action)])),
  ...Object.fromEntries(ROW_STEPS.map((step) => [`row-${step}`, onRow(step)])),
  'row-more': (id) => set({ openRow: state.openRow === id ? null : id }),
  'view-queue': () => look('queue'),
  'view-bookings': () => look('bookings'),
  'booking-arrived': (code) => void bookingArrived(code),
  'booking-cancel': (code) => void cancelBooking(code),
  'walk-in': openWalkIn,
  book: openBook,
  reopen: () => void reopen(),
  'printer-works': () => void printerWorks(),
}

document.addEventListener('click', (event) => {
  const pressed = elementOf(event)?.closest<HTMLElement>('[data-do]')
  if (!pressed || pressed.getAttribute('aria-disabled') === 'true') return
  DEEDS[pressed.dataset.do ?? '']?.(pressed.dataset.id ?? '')
})

const said = byId('said')
const banner = byId('banner')

/** The outcome of the last press, and what to press next. */
function showMessage(): void {
  if (state.snapshot === null) return
  const { kind = 'quiet', text = hint() } = state.message ?? {}
  said.className = `said said-${kind}`
  write(said, text)
}

const HINTED = ['next', 'start', 'recall', 'missed', 'done', 'pause', 'counter'] as const

function hint(): string {
  const now = situation()
  if (now === 'unknown' || !state.shortcuts) return ''
  const keys = Object.fromEntries(HINTED.map((name) => [name, keyOf(name)]))
  return say(`hint.${now}`, keys)
}

function showBanner(): void {
  const { forbidden, lostSince } = state
  show(
    banner,
    forbidden &&
      h(
        'p.banner',
        { 'data-test': 'forbidden' },
        h('strong', {}, say('link.forbidden')),
        ` ${say('link.forbiddenText')} `,
        h('a', { href: '/operatore/scelta' }, say('link.choose')),
      ),
    !forbidden && lostSince !== null && h('p.banner', { 'data-test': 'lost' }, say('link.lost', { time: lostSince })),
    !forbidden && lostSince === null && printerBanner(),
  )
  document.body.dataset.busy = `${state.busy}`
  document.body.classList.toggle('is-lost', forbidden || lostSince !== null)
  const link = byId('link-state')
  link.textContent =
    lostSince === null && !forbidden && state.snapshot ? say(state.live ? 'link.live' : 'link.slow') : ''
  link.classList.toggle('is-live', state.live)
}

const clock = byId('clock')

/** Every second: what moves by itself. */
function tick(): void {
  if (state.snapshot === null) return
  write(clock, clockNow(facts.timeZone))
  if (state.undo && undoLeft() <= 0) set({ undo: null })
  showVisit()
}

signOutButton(settleBeforeLeaving)
takeArrivals()
takeWalkIns()
takeBookings()
followBookings()
for (const close of document.querySelectorAll('dialog [data-close]'))
  close.addEventListener('click', () => close.closest('dialog')?.close())
listenToKeys({
  code: focusCode,
  ticket: openWalkIn,
  reopen: () => void reopen(),
  bookings: () => look(state.view === 'queue' ? 'bookings' : 'queue'),
})
shows(showShortcuts, ['shortcuts'])
shows(showVisit, ['snapshot', 'forbidden', 'undo', 'shortcuts'])
shows(showQueue, ['snapshot', 'forbidden', 'openRow'])
shows(showCounters, ['snapshot'])
shows(showIssued, ['issued'])
shows(showBookings, ['view', 'bookings', 'search'])
shows(showMessage, ['snapshot', 'message', 'shortcuts', 'forbidden'])
shows(showBanner, ['snapshot', 'forbidden', 'lostSince', 'live', 'busy'])
onRefresh(loadBookings)
onRefresh(tick)
setInterval(tick, SECOND_MS)
setInterval(() => (showQueue(), showCounters()), LIST_MS)
void connect()
