import type { KeyOf } from '../../../src/messages/keys.shape.js'
import { find, part, write } from '../kit/page.js'
import { speaker } from '../kit/words.js'
import type { Board, Call } from './calls.js'
import { bareCounter } from './spoken.js'

const say = speaker<KeyOf<'display.live'>>()
const rows = [...document.querySelectorAll<HTMLElement>('[data-part="row"]')]

/** Who was called so long ago has come or not: it is the last call, and nobody is called now. */
const NOW_MS = 120_000

interface Moment {
  announced: Call | null
  /** The server's time. */
  nowMs: number
}

/** The call of the moment – the one that is announced, else the newest – and the last six others. */
export function drawBoard(board: Board, { announced, nowMs }: Moment): void {
  // What the server had put into a page that was kept is no longer looked at.
  document.documentElement.removeAttribute('data-kept')
  // Taken back while it is announced (Q5), or sent elsewhere: the screen tells what is true. A recall changes nothing.
  const isTrue = ({ number, counter }: Call) => number === announced?.number && counter === announced.counter
  const isCalling = board.calls.some(isTrue)
  const call = isCalling ? announced : (board.calls[0] ?? null)
  const isNow = isCalling || (call !== null && nowMs - Date.parse(call.calledAt) < NOW_MS)
  write(part('now-heading'), say(call === null || isNow ? 'call.heading' : 'call.last'))
  drawCall(call, isCalling)
  const others = board.calls.filter((other) => other.number !== call?.number)
  rows.forEach((row, place) => drawRow(row, others[place]))
  part('no-others').hidden = others.length > 0
  part('counter-column').hidden = others.length === 0
  const waiting: Record<string, number> = board.waiting
  for (const place of document.querySelectorAll<HTMLElement>('[data-lane]'))
    write(place, String(waiting[place.dataset.lane ?? ''] ?? 0))
}

function drawCall(call: Call | null, isCalling: boolean): void {
  // Closed (Q7): what was called last is beside it, among the last calls.
  const isClosed = !part('closed').hidden
  part('call').hidden = call === null || isClosed
  part('no-call').hidden = call !== null || isClosed
  part('waiting-for-word').hidden = true
  const panel = part('panel')
  panel.classList.toggle('calling', isCalling)
  if (!call) return
  write(part('number'), call.number)
  const counter = bareCounter(call.counter)
  write(part('counter'), counter)
  panel.dataset.length = lengthOf(counter)
  write(part('times'), call.times > 1 ? say('call.times', { times: call.times }) : '')
  if (isCalling) write(part('said'), say('call.said', { number: call.number, counter }))
}

function drawRow(row: HTMLElement, call: Call | undefined): void {
  row.hidden = call === undefined
  if (!call) return
  const counter = bareCounter(call.counter)
  row.dataset.length = lengthOf(counter)
  const texts = {
    number: call.number,
    counter,
    time: call.calledAt.slice(11, 16),
    again: call.times > 1 ? say('call.timesShort', { times: call.times }) : '',
  }
  for (const [name, text] of Object.entries(texts)) write(find(Element, `[data-cell="${name}"]`, row), text)
}

/** Counters are named by a number nearly everywhere; other names get smaller letters, and then more lines. */
const lengthOf = (name: string): string => (name.length <= 2 ? 'short' : name.length <= 8 ? 'medium' : 'long')

/** Since when nothing was heard (B2); calls stay as they were. @param since `9:41`, null: up to date */
export function drawStale(since: string | null): void {
  part('stale').hidden = since === null
  if (since !== null) write(part('stale-text'), since === '' ? say('stale.never') : say('stale.since', { time: since }))
  document.body.classList.toggle('is-stale', since !== null)
}

export function drawClock({ time, day }: { time: string; day: string }): void {
  write(part('time'), time)
  write(part('day'), day)
}
