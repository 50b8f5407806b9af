import { say } from '../words.js'
import { bareCounter } from './spoken.js'

/** @param {string} name of a `data-part` */
export const part = (name) => document.querySelector(`[data-part="${name}"]`)
const rows = [...document.querySelectorAll('[data-part="row"]')]

/** Who was called so long ago has come or not: it is the last call, and nobody is called now. */
const NOW_MS = 120_000

/** @typedef {import('./calls.js').Board} Board */
/** @typedef {import('./calls.js').Call} Call */

/**
 * The call of the moment – the one that is announced, else the newest – and the last six others.
 * @param {Board} board
 * @param {{ announced: Call | null, nowMs: number }} moment `nowMs`: the server's time
 */
export function drawBoard(board, { announced, nowMs }) {
  // What the server had put into a page that was kept is no longer looked at.
  document.documentElement.removeAttribute('data-kept')
  // Taken back while it is announced (Q5), or sent elsewhere: the screen tells what is true. A recall changes nothing.
  const isTrue = ({ number, counter }) => number === announced?.number && counter === announced.counter
  const isCalling = board.calls.some(isTrue)
  const call = isCalling ? announced : (board.calls[0] ?? null)
  const isNow = isCalling || (call !== null && nowMs - Date.parse(call.calledAt) < NOW_MS)
  write(part('now-heading'), say(call === null || isNow ? 'call.heading' : 'call.last'))
  drawCall(call, isCalling)
  const others = board.calls.filter((other) => other.number !== call?.number)
  rows.forEach((row, place) => drawRow(row, others[place]))
  part('no-others').hidden = others.length > 0
  part('counter-column').hidden = others.length === 0
  for (const place of document.querySelectorAll('[data-lane]'))
    write(place, String(board.waiting[place.dataset.lane] ?? 0))
}

function drawCall(call, isCalling) {
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

/** @param {HTMLElement} row @param {Call | undefined} call */
function drawRow(row, call) {
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
  for (const [name, text] of Object.entries(texts)) write(row.querySelector(`[data-cell="${name}"]`), text)
}

/** Counters are named by a number nearly everywhere; other names get smaller letters, and then more lines. */
const lengthOf = (name) => (name.length <= 2 ? 'short' : name.length <= 8 ? 'medium' : 'long')

/** Since when nothing was heard (B2); calls stay as they were. @param {string | null} since `9:41`, null: up to date */
export function drawStale(since) {
  part('stale').hidden = since === null
  if (since !== null) write(part('stale-text'), since === '' ? say('stale.never') : say('stale.since', { time: since }))
  document.body.classList.toggle('is-stale', since !== null)
}

/** @param {{ time: string, day: string }} clock */
export function drawClock({ time, day }) {
  write(part('time'), time)
  write(part('day'), day)
}

/** Only what has changed: a screen reader or a browser has nothing to do otherwise. */
export function write(place, text) {
  if (place.textContent !== text) place.textContent = text
}
