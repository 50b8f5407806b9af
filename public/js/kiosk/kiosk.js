/** The kiosk of a waiting room: state → screen, a clock, a reader, and the next person finds it as new. */
import { resumePress, resumeTicket } from './draw.js'
import { keepShell } from '../keep-shell.js'
import { begin, speak, watchIdle } from './idle.js'
import { keptTicket } from './kept-ticket.js'
import { pair } from './pairing.js'
import { facts, part } from './place.js'
import { keptPress } from './press.js'
import { listenToReader } from './scanner.js'
import { look, opensNow, serverMs, token } from './server.js'
import { onChange, set, state } from './state.js'
import { sendCode, sendNewborn, STEPS } from './steps.js'
import { say } from './words.js'

/** The second tap of a double one must not press what the first has brought. */
const SETTLE_MS = 350
const LOCALES = { it: 'it-IT', en: 'en-GB' }

let settling
let shownLang = null

function show({ isNewStep }) {
  const main = part('main')
  const focused = document.activeElement?.closest?.('main') ? focusMark(document.activeElement) : null
  if (state.lang !== shownLang) showLanguage()
  main.replaceChildren(STEPS[state.step]())
  main.dataset.step = state.step
  showAway()
  if (!isNewStep) return focused && document.querySelector(focused)?.focus()
  settle(main)
  // What the step before has read out, letter by letter, was somebody's code.
  part('said').textContent = ''
  begin()
  main.querySelector('h1')?.focus()
  window.scrollTo(0, 0)
}

/** How to find what had the focus, once the step is shown anew. */
function focusMark({ id, dataset, tagName }) {
  if (id) return `#${id}`
  if (dataset.test) return `[data-test="${dataset.test}"]`
  if (dataset.key) return `[data-key="${dataset.key}"]`
  return tagName === 'H1' ? 'main h1' : null
}

function settle(main) {
  main.classList.add('kiosk-settling')
  clearTimeout(settling)
  settling = setTimeout(() => main.classList.remove('kiosk-settling'), SETTLE_MS)
}

function showLanguage() {
  shownLang = state.lang
  document.documentElement.lang = state.lang
  document.title = `${say('title')} – ${facts.site.name}`
  part('where').textContent = say('place')
  part('clockLabel').textContent = say('clock')
  part('languages').setAttribute('aria-label', say('language'))
  for (const button of document.querySelectorAll('[data-lang]'))
    button.setAttribute('aria-pressed', String(button.dataset.lang === state.lang))
  part('said').textContent = ''
  speak()
  showClock()
}

const clockFace = (ms, options) =>
  new Intl.DateTimeFormat(LOCALES[state.lang], { timeZone: facts.site.timeZone, ...options }).format(new Date(ms))

function showClock() {
  const time = state.isKept ? '' : clockFace(serverMs(), { hour: 'numeric', minute: '2-digit' })
  if (part('clock').textContent !== time) part('clock').textContent = time
}

function showAway() {
  const { awaySince } = state
  const since = awaySince && clockFace(awaySince, { hour: 'numeric', minute: '2-digit' })
  const text = awaySince && state.step !== 'pairing' ? say('away', { time: since }) : ''
  if (part('away').textContent !== text) part('away').textContent = text
  part('away').hidden = text === ''
}

/** What a reload or a power cut has interrupted; how old it is, the server's clock says. */
function resume() {
  const [ticket, pressed] = token() ? [keptTicket(), keptPress()] : []
  if (ticket) resumeTicket(ticket)
  else if (pressed) resumePress(pressed)
}

let isResumed = false

function resumeOnceHeard() {
  if (state.isKept || isResumed) return
  isResumed = true
  queueMicrotask(resume)
}

onChange(show)
for (const button of document.querySelectorAll('[data-lang]'))
  button.addEventListener('click', () => set({ lang: button.dataset.lang }))
listenToReader((typed) => ({ code: sendCode, newborn: sendNewborn, pairing: pair })[state.step]?.(typed))
watchIdle()
setInterval(() => {
  showClock()
  if (opensNow()) void look()
}, 1000)

set({ step: token() ? 'start' : 'pairing' })
if (state.isKept) onChange(resumeOnceHeard)
else resume()
void look()
void keepShell('/kiosk/shell-worker.js')
