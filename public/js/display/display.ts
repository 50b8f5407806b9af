/** The display of a waiting room: hears the board, shows it, announces what is called. Made to run for months. */
import { keepShell } from '../keep-shell.js'
import { langOf, wait } from '../kit/clock.js'
import { byId } from '../kit/page.js'
import { Announcements } from './announcements.js'
import { BoardKeeper } from './board-keeper.js'
import type { Call } from './calls.js'
import { drawBoard, drawClock, drawStale } from './draw.js'
import { Feed } from './feed.js'
import { Release } from './release.js'
import { drawScreen } from './screen.js'
import { Sound } from './sound.js'
import { keepAwake } from './stay-awake.js'
import { wallClock } from './wall-clock.js'

const TICK_MS = 1000
/** So long after a call a reload disturbs nobody. */
const QUIET_MS = 20_000

const { site = '', timeZone = '', release = '', sound } = byId('display').dataset
const lang = langOf(document.documentElement.lang)
const moment = () => ({ steadyMs: performance.now(), wallMs: new Date().getTime() })

const words = wallClock({ lang, timeZone })
const keeper = new BoardKeeper(moment())
const served = new Release({ own: release, address: `/display/${site}/release` })
const voice = new Sound({ hint: byId('sound'), isOn: sound === 'on' })
let announced: Call | null = null
let beats = 0

const announcements = new Announcements({
  speak: (call) => voice.say(call),
  show: (call) => {
    announced = call
    draw()
  },
  wait,
  now: () => keeper.serverNow(moment()) ?? 0,
})

const feed = new Feed(site, {
  hear: (board) => {
    const { taken, gap, calls } = keeper.hear(board, moment())
    if (gap) feed.gap()
    if (taken) announcements.keep(board.calls)
    announcements.add(calls)
    tick()
  },
  hearScreen: (screen) => drawScreen(screen, lang),
  lost: () => keeper.lost(),
  up: () => void served.check(),
})

function draw(): void {
  if (keeper.board) drawBoard(keeper.board, { announced, nowMs: keeper.serverNow(moment()) ?? 0 })
}

function tick(): void {
  const now = moment()
  const [serverMs, { board }] = [keeper.serverNow(now), keeper]
  if (serverMs !== null) {
    drawClock(words(serverMs))
    draw()
  }
  const isStale = keeper.isStale(now)
  drawStale(isStale ? (board ? words(Date.parse(board.at)).time : '') : null)
  const lastMs = Math.max(0, ...(board?.calls ?? []).map(({ calledAt }) => Date.parse(calledAt)))
  if (!isStale && announcements.length === 0 && serverMs !== null && serverMs - lastMs > QUIET_MS) served.reloadIfOver()
  // For watch.ts: the script is alive, and has come to the end of its second.
  document.documentElement.dataset.live = String((beats += 1))
}

setInterval(tick, TICK_MS)
addEventListener('offline', () => keeper.lost())
addEventListener('online', () => void feed.ask())
document.addEventListener('visibilitychange', () => {
  if (document.hidden) return
  tick()
  void feed.ask()
})
keepAwake()
void keepShell('/display/shell-worker.js')
tick()
