/** Follows a number: the words of the page change as its state does; the server's page is the same without scripts. */
import type { KeyOf } from '../../src/messages/keys.shape.js'
import type { FollowedTicket } from '../../src/queue/queue.shape.js'
import { exchange } from './kit/api.js'
import { langOf, ServerClock, timeAt, timeOf } from './kit/clock.js'
import { listen } from './kit/feed.js'
import { find, part as partOf } from './kit/page.js'
import { speaker } from './kit/words.js'

const say = speaker<KeyOf<'ticket'>>()

/** Without a word for so long the page says so. */
const STALE_MS = 15_000
const ASK_MS = 20_000
const root = find(HTMLElement, '[data-ticket]')
const part = (name: string): HTMLElement => partOf(name, root)
const [, , token = ''] = location.pathname.split('/')
const { number = '', titleEnd = '', at = '', timeZone = '' } = root.dataset
const clock = new ServerClock(at)

/** How often the server has spoken: an answer that was asked for before its last word is old. */
let heard = 0
/** The time by the server's clock; null: in touch. */
let lostAt: { time: string } | null = null
/** How many times the present call has been called; a page opened during a call counts from there. */
let called = root.dataset.status === 'called' ? Infinity : 0

/** `times` comes with a call alone. */
type Ticket = FollowedTicket & { times?: number }

function show(ticket: Ticket): void {
  const { status } = ticket
  const before = root.dataset.status
  const counter = ticket.counterName ?? ticket.counter ?? ''
  const heading = say(`status.${status}.title`, { counter })
  root.dataset.status = status
  part('heading').textContent = heading
  part('text').textContent = ticket.givesWayUntil
    ? say('giveWay.text', { time: timeOf(ticket.givesWayUntil) })
    : say(`status.${status}.text`, { counter })
  part('closed').hidden = ticket.reason !== 'closed'
  part('facts').hidden = ticket.position === null
  if (ticket.position !== null) showPlace(ticket.position, ticket.waitMinutes)
  part('leave').hidden = status !== 'waiting'
  part('give-way').hidden = ticket.mayGiveWay !== true
  part('sound').hidden = !mayStillBeCalled(status)
  const isUsual = ['waiting', 'done', 'left', 'closed'].includes(status)
  document.title = `${isUsual ? say('title', { number }) : `${heading} – ${number}`} – ${titleEnd}`
  const isCalledAgain = status === 'called' && (ticket.times ?? 0) > called
  if (status !== 'called') called = 0
  else called = ticket.times ?? (before === 'called' ? called : Infinity)
  const hasGivenWay = root.dataset.givesWay === 'true'
  root.dataset.givesWay = String(ticket.givesWayUntil !== undefined)
  // What was said of an earlier state is no longer true.
  if (status !== before || (hasGivenWay && !ticket.givesWayUntil))
    document.querySelector('[data-test="notice"]')?.remove()
  if (status === before && !isCalledAgain) return
  part('said').textContent = heading
  if (status === 'called') alertPerson()
}

function showPlace(position: number, waitMinutes: Ticket['waitMinutes']): void {
  const nobody = () => say(waitMinutes ? 'ahead.next' : 'ahead.none')
  part('ahead').textContent = position === 1 ? nobody() : say('ahead.people', { count: position - 1 })
  const [low, high] = waitMinutes ?? []
  part('wait').textContent = waitMinutes ? say('wait.range', { low, high }) : say('wait.none')
}

const mayStillBeCalled = (status: string | undefined): boolean =>
  ['waiting', 'parked', 'missed', 'called'].includes(status ?? '')

/** Shakes the phone, and rings when the person asked for that. */
function alertPerson(): void {
  // Not every phone can.
  if ('vibrate' in navigator) navigator.vibrate([400, 200, 400, 200, 800])
  ring()
}

let audio: AudioContext | null = null

const NOTES: readonly [at: number, hertz: number][] = [
  [0, 660],
  [0.35, 880],
  [1.1, 660],
  [1.45, 880],
]

/** Two notes, twice. Browsers let a page ring only after a press on it. */
function ring(): void {
  if (!audio) return
  for (const [at, hertz] of NOTES) {
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
function offerSound(): void {
  if (!('AudioContext' in window)) return
  const button = find(HTMLButtonElement, 'button', part('sound'))
  button.addEventListener('click', () => {
    const on = audio === null
    void audio?.close()
    audio = on ? new AudioContext() : null
    button.setAttribute('aria-pressed', String(on))
    button.textContent = say(on ? 'sound.off' : 'sound.on')
    ring()
  })
  part('sound').hidden = !mayStillBeCalled(root.dataset.status)
}

function back(): void {
  lostAt = null
  part('stale').hidden = true
}

/** Says since when nothing new has come, once it has been a while; what is known stays (B2). */
function lost(): void {
  if (lostAt !== null) return
  const since = { time: timeAt(clock.nowMs(), timeZone, langOf(document.documentElement.lang)) }
  lostAt = since
  setTimeout(() => {
    if (lostAt !== since) return
    part('stale').textContent = say('stale', since)
    part('stale').hidden = false
  }, STALE_MS)
}

let socket: Awaited<ReturnType<typeof listen>> | null = null

/** A phone that wakes up may hold a socket that died in its sleep: it asks at once and does not wait for the socket. */
async function ask(): Promise<void> {
  if (document.hidden) return
  const before = heard
  if (socket && !socket.connected) socket.connect()
  try {
    const { ok, body } = await exchange<{ at: string; ticket: Ticket }>(`/tickets/${token}`)
    if (!ok) return
    if (!body) return lost()
    clock.hear(body.at)
    if (heard === before) show(body.ticket)
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
socket = await listen<{ ticket: Ticket }>('/ticket', {
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
