/** The kiosk of a waiting room: state → screen, a clock, a reader, and the next person finds it as new. */
import { keepShell } from '../keep-shell.js'
import { langOf, timeAt } from '../kit/clock.js'
import { part, write } from '../kit/page.js'
import { resumePress, resumeTicket } from './draw.js'
import { begin, speak, watchIdle } from './idle.js'
import { keptTicket } from './kept-ticket.js'
import { pair } from './pairing.js'
import { facts } from './place.js'
import { keptPress } from './press.js'
import { listenToReader } from './scanner.js'
import { look, opensNow, serverMs, token } from './server.js'
import { onChange, set, state, type Step } from './state.js'
import { sendCode, sendNewborn, STEPS } from './steps.js'
import { say } from './words.js'

/** The second tap of a double one must not press what the first has brought. */
const SETTLE_MS = 350

let settling: ReturnType<typeof setTimeout> | undefined
let shownLang: string | null = null

const languages = [...document.querySelectorAll<HTMLElement>('[data-lang]')]

/** What becomes of what is typed, where something is. */
const SENDS: Partial<Record<Step, (typed: string) => void>> = { code: sendCode, newborn: sendNewborn, pairing: pair }

function show({ isNewStep }: { isNewStep: boolean }): void {
  const main = part('main')
  const { activeElement } = document
  const focused =
    activeElement instanceof HTMLElement && activeElement.closest('main') ? focusMark(activeElement) : null
  if (state.lang !== shownLang) showLanguage()
  main.replaceChildren(STEPS[state.step]())
  main.dataset.step = state.step
  showAway()
  if (!isNewStep) return void (focused && focusOn(focused))
  settle(main)
  // What the step before has read out, letter by letter, was somebody's code.
  part('said').textContent = ''
  begin()
  focusOn('main h1')
  window.scrollTo(0, 0)
}

const focusOn = (mark: string): void => document.querySelector<HTMLElement>(mark)?.focus()

/** How to find what had the focus, once the step is shown anew. */
function focusMark({ id, dataset, tagName }: HTMLElement): string | null {
  if (id) return `#${id}`
  if (dataset.test) return `[data-test="${dataset.test}"]`
  if (dataset.key) return `[data-key="${dataset.key}"]`
  return tagName === 'H1' ? 'main h1' : null
}

function settle(main: HTMLElement): void {
  main.classList.add('kiosk-settling')
  clearTimeout(settling)
  settling = setTimeout(() => main.classList.remove('kiosk-settling'), SETTLE_MS)
}

function showLanguage(): void {
  shownLang = state.lang
  document.documentElement.lang = state.lang
  document.title = `${say('title')} – ${facts.site.name}`
  part('where').textContent = say('place')
  part('clockLabel').textContent = say('clock')
  part('languages').setAttribute('aria-label', say('language'))
  for (const button of languages) button.setAttribute('aria-pressed', String(button.dataset.lang === state.lang))
  part('said').textContent = ''
  speak()
  showClock()
}

const clockFace = (ms: number): string => timeAt(ms, facts.site.timeZone, state.lang)

const showClock = (): void => write(part('clock'), state.isKept ? '' : clockFace(serverMs()))

function showAway(): void {
  const { awaySince } = state
  const text = awaySince !== null && state.step !== 'pairing' ? say('away', { time: clockFace(awaySince) }) : ''
  write(part('away'), text)
  part('away').hidden = text === ''
}

/** What a reload or a power cut has interrupted; how old it is, the server's clock says. */
function resume(): void {
  const [ticket, pressed] = token() ? [keptTicket(), keptPress()] : [null, null]
  if (ticket) resumeTicket(ticket)
  else if (pressed) resumePress(pressed)
}

let isResumed = false

function resumeOnceHeard(): void {
  if (state.isKept || isResumed) return
  isResumed = true
  queueMicrotask(resume)
}

onChange(show)
for (const button of languages) button.addEventListener('click', () => set({ lang: langOf(button.dataset.lang ?? '') }))
listenToReader((typed) => SENDS[state.step]?.(typed))
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
