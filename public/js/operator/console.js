/** The counter console: state goes down to what is shown, presses go up through `commands.js`. */
import { say } from '../words.js'
import { focusCode, openWalkIn, showIssued, takeArrivals } from './arrivals.js'
import { openBook, takeBookings } from './book.js'
import { bookingArrived, cancelBooking, followBookings, loadBookings, look, showBookings } from './bookings.js'
import { ACTIONS, onTicket, perform, reopen, settleBeforeLeaving } from './commands.js'
import { connect, onRefresh } from './connection.js'
import { h, show } from './dom.js'
import { facts } from './facts.js'
import { listenToKeys, showShortcuts } from './keys.js'
import { printerBanner, printerWorks } from './printer.js'
import { showQueue } from './queue.js'
import { signOutButton } from './sign-out.js'
import { set, shows, state } from './state.js'
import { clockNow } from './time.js'
import { keyOf, situation, undoLeft } from './view.js'
import { showCounters, showVisit } from './visit.js'

const SECOND_MS = 1000
/** Waits are told in minutes. */
const LIST_MS = 15_000

/** @param {string} id */
function findTicket(id) {
  const { waiting, parked, missed } = state.snapshot
  return [...waiting, ...parked, ...missed].find((ticket) => ticket.id === id)
}

const onRow = (step) => (id) => {
  const ticket = findTicket(id)
  if (!ticket || state.busy) return
  set({ openRow: null })
  void onTicket[step](ticket)
}

const DEEDS = {
  ...Object.fromEntries(ACTIONS.map((action) => [action, () => perform(action)])),
  ...Object.fromEntries(
    ['call', 'park', 'transfer', 'urgent', 'left', 'return'].map((step) => [`row-${step}`, onRow(step)]),
  ),
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

document.addEventListener('click', ({ target }) => {
  const pressed = target.closest('[data-do]')
  if (pressed && pressed.getAttribute('aria-disabled') !== 'true') DEEDS[pressed.dataset.do](pressed.dataset.id)
})

const said = document.getElementById('said')
const banner = document.getElementById('banner')

/** The outcome of the last press, and what to press next. */
function showMessage() {
  if (state.snapshot === null) return
  const { kind = 'quiet', text = hint() } = state.message ?? {}
  said.className = `said said-${kind}`
  if (said.textContent !== text) said.textContent = text
}

function hint() {
  const now = situation()
  if (now === 'unknown' || !state.shortcuts) return ''
  const keys = Object.fromEntries(
    ['next', 'start', 'recall', 'missed', 'done', 'pause', 'counter'].map((name) => [name, keyOf(name)]),
  )
  return say(`hint.${now}`, keys)
}

function showBanner() {
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
  const link = document.getElementById('link-state')
  link.textContent =
    lostSince === null && !forbidden && state.snapshot ? say(state.live ? 'link.live' : 'link.slow') : ''
  link.classList.toggle('is-live', state.live)
}

const clock = document.getElementById('clock')

/** Every second: what moves by itself. */
function tick() {
  if (state.snapshot === null) return
  const time = clockNow(facts.timeZone)
  if (clock.textContent !== time) clock.textContent = time
  if (state.undo && undoLeft() <= 0) set({ undo: null })
  showVisit()
}

signOutButton(settleBeforeLeaving)
takeArrivals()
takeBookings()
followBookings()
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
