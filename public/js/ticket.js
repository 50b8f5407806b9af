/** Follows a number: the words of the page change as its state does; the server's page is the same without scripts. */
import { listen } from './live.js'
import { ServerClock } from './server-clock.js'
import { say } from './words.js'

/** Without a word for so long the page says so. */
const STALE_MS = 15_000
const ASK_MS = 20_000
const root = document.querySelector('[data-ticket]')
const part = (name) => root.querySelector(`[data-part="${name}"]`)
const [, , token] = location.pathname.split('/')
const { number, titleEnd, at, timeZone } = root.dataset
const clock = new ServerClock({ at, timeZone, lang: document.documentElement.lang })

/** How often the server has spoken: an answer that was asked for before its last word is old. */
let heard = 0
/** The time by the server's clock; null: in touch. */
let lostAt = null
/** How many times the present call has been called; a page opened during a call counts from there. */
let called = root.dataset.status === 'called' ? Infinity : 0

/** @typedef {{ status: string, counter: string | null, counterName: string | null, position: number | null, waitMinutes: [number, number] | null, reason?: string, times?: number }} Ticket */

/** @param {Ticket} ticket */
function show(ticket) {
  const { status } = ticket
  const before = root.dataset.status
  const counter = ticket.counterName ?? ticket.counter ?? ''
  const heading = say(`status.${status}.title`, { counter })
  root.dataset.status = status
  part('heading').textContent = heading
  part('text').textContent = say(`status.${status}.text`, { counter })
  part('closed').hidden = ticket.reason !== 'closed'
  const waits = ticket.position !== null
  part('facts').hidden = !waits
  if (waits) showPlace(ticket)
  part('leave').hidden = status !== 'waiting'
  part('sound').hidden = !mayStillBeCalled(status)
  const isUsual = ['waiting', 'done', 'left', 'closed'].includes(status)
  document.title = `${isUsual ? say('title', { number }) : `${heading} – ${number}`} – ${titleEnd}`
  const isCalledAgain = status === 'called' && (ticket.times ?? 0) > called
  if (status !== 'called') called = 0
  else called = ticket.times ?? (before === 'called' ? called : Infinity)
  if (status === before && !isCalledAgain) return
  part('said').textContent = heading
  // What was said of an earlier state is no longer true.
  document.querySelector('[data-test="notice"]')?.remove()
  if (status === 'called') alertPerson()
}

function showPlace({ position, waitMinutes }) {
  const nobody = () => say(waitMinutes ? 'ahead.next' : 'ahead.none')
  part('ahead').textContent = position === 1 ? nobody() : say('ahead.people', { count: position - 1 })
  const [low, high] = waitMinutes ?? []
  part('wait').textContent = waitMinutes ? say('wait.range', { low, high }) : say('wait.none')
}

const mayStillBeCalled = (status) => ['waiting', 'parked', 'missed', 'called'].includes(status)

/** Shakes the phone, and rings when the person asked for that. */
function alertPerson() {
  navigator.vibrate?.([400, 200, 400, 200, 800])
  ring()
}

let audio = null

/** Two notes, twice. Browsers let a page ring only after a press on it. */
function ring() {
  if (!audio) return
  for (const [at, hertz] of [
    [0, 660],
    [0.35, 880],
    [1.1, 660],
    [1.45, 880],
  ]) {
    const [tone, volume] = [audio.createOscillator(), audio.createGain()]
    const start = audio.currentTime + at
    tone.frequency.value = hertz
    volume.gain.setValueAtTime(0.0001, start)
    volume.gain.exponentialRampToValueAtTime(0.5, start + 0.03)
    volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.6)
    tone.connect(volume).connect(audio.destination)
    tone.start(start)
    tone.stop(start + 0.65)
  }
}

/** The button is there only where the browser can ring. */
function offerSound() {
  if (!('AudioContext' in window)) return
  const button = part('sound').querySelector('button')
  button.addEventListener('click', () => {
    const on = audio === null
    if (on) audio = new AudioContext()
    else void audio.close()
    if (!on) audio = null
    button.setAttribute('aria-pressed', String(on))
    button.textContent = say(on ? 'sound.off' : 'sound.on')
    ring()
  })
  part('sound').hidden = !mayStillBeCalled(root.dataset.status)
}

function back() {
  lostAt = null
  part('stale').hidden = true
}

/** Says since when nothing new has come, once it has been a while; what is known stays (B2). */
function lost() {
  if (lostAt !== null) return
  const since = { time: clock.time() }
  lostAt = since
  setTimeout(() => {
    if (lostAt !== since) return
    part('stale').textContent = say('stale', since)
    part('stale').hidden = false
  }, STALE_MS)
}

let socket = null

/** A phone that wakes up may hold a socket that died in its sleep: it asks at once and does not wait for the socket. */
async function ask() {
  if (document.hidden) return
  const before = heard
  if (socket && !socket.connected) socket.connect()
  try {
    const answer = await fetch(`/api/v1/tickets/${token}`, { headers: { accept: 'application/json' } })
    if (!answer.ok) return
    const { at: now, ticket } = await answer.json()
    clock.hear(now)
    if (heard === before) show(ticket)
    back()
  } catch {
    lost()
  }
}

offerSound()
document.addEventListener('visibilitychange', () => void ask())
window.addEventListener('pageshow', ({ persisted }) => void (persisted && ask()))
window.addEventListener('online', () => void ask())
// Where no socket comes through, as the page without scripts does.
setInterval(() => void (socket?.connected || ask()), ASK_MS)
socket = await listen('/ticket', {
  auth: { token },
  on: {
    ticket: (ticket) => {
      heard += 1
      show(ticket)
      back()
    },
  },
  up: back,
  down: lost,
})
