/**
 * Keeps the free seats of the day in view fresh: a hint by socket, else a modest poll. Asked is the page's own address, which
 * knows what the asker has already (K8); the API would call those seats taken.
 */
import { socketClient, WEBSOCKET_FIRST } from './kit/feed.js'
import { find } from './kit/page.js'

const POLL_MS = 30_000
/** Another instance than the one that tells may believe for a second what it read before. */
const AGAIN_MS = 1200

/** What the page's own address says (src/citizen/calendar.pages.ts). */
interface Slot {
  start: string
  free: number
}

const day = document.querySelector<HTMLElement>('[data-slots]')
if (day) follow(day)

function follow(day: HTMLElement): void {
  const { site, from = '', day: date = '' } = day.dataset
  const refresh = async () => {
    if (document.hidden) return
    try {
      const answer = await fetch(from, { headers: { accept: 'application/json' } })
      if (answer.ok) show(day, ((await answer.json()) as { slots: Slot[] }).slots)
    } catch {
      // Away for a moment: the next time will do, and the server decides anyway.
    }
  }
  void listen({ site, date, refresh })
}

interface Wish {
  site: string | undefined
  date: string
  refresh: () => Promise<void>
}

/** Gentler than a screen's feed: who may not listen asks now and then, and does not knock again. */
async function listen({ site, date, refresh }: Wish): Promise<void> {
  const startPoll = () => setInterval(() => void refresh(), POLL_MS)
  let poll = startPoll()
  document.addEventListener('visibilitychange', () => void refresh())
  const io = await socketClient()
  if (!io) return
  const socket = io('/seats', { auth: { site }, ...WEBSOCKET_FIRST })
  socket.on('seats', ({ days }: { days: string[] }) => {
    if (!days.includes(date)) return
    void refresh()
    setTimeout(() => void refresh(), AGAIN_MS)
  })
  socket.on('connect', () => {
    clearInterval(poll)
    void refresh()
  })
  socket.on('disconnect', () => {
    clearInterval(poll)
    poll = startPoll()
  })
}

function show(day: HTMLElement, slots: readonly Slot[]): void {
  const { freeOne = '', freeOther = '', full = '', countOne = '', countOther = '' } = day.dataset
  const free = new Map(slots.map((slot) => [slot.start, slot.free]))
  for (const input of day.querySelectorAll<HTMLInputElement>('input[name="start"]:not([data-own])')) {
    const left = free.get(input.value) ?? 0
    find(Element, '.time-free', labelOf(input)).textContent = left === 0 ? full : words(left, freeOne, freeOther)
    if (left === 0 && input.checked) say(day, input)
    input.disabled = left === 0
  }
  const open = day.querySelectorAll('input[name="start"]:enabled').length
  find(Element, '[data-count]', day).textContent = words(open, countOne, countOther)
}

const words = (count: number, one: string, other: string): string =>
  count === 1 ? one : other.replace('999', String(count))

/** What is beside a time's button (views/citizen/times.ejs). */
const labelOf = (input: HTMLInputElement): ParentNode => input.nextElementSibling ?? input

/** The time chosen a moment ago is gone: say so, aloud too. */
function say(day: HTMLElement, input: HTMLInputElement): void {
  input.checked = false
  const time = find(Element, '.time-clock', labelOf(input)).textContent
  find(Element, '[data-said]', day).textContent = (day.dataset.taken ?? '').replace('{time}', time)
}
