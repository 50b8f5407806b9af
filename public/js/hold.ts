import { find } from './kit/page.js'

/** Minutes at which the time left is said aloud; every second would be a nuisance. */
const SAID_AT = [5, 2, 1]

/** Counts down the time for which the chosen slot stays reserved, by the server's seconds and not by the visitor's clock. */
export function countDown(page: Document): void {
  const hold = page.querySelector<HTMLElement>('[data-hold]')
  const live = hold?.querySelector<HTMLElement>('[data-hold-live]')
  if (!hold || !live) return
  const endsAt = performance.now() + Number(hold.dataset.secondsLeft) * 1000
  let shown: number | null = null
  const tick = () => {
    const seconds = Math.ceil((endsAt - performance.now()) / 1000)
    if (seconds <= 0) return expire(hold, live)
    const minutes = Math.floor(seconds / 60)
    if (minutes !== shown) {
      show(hold, minutes, shown !== null && SAID_AT.includes(minutes))
      shown = minutes
    }
    setTimeout(tick, 1000)
  }
  tick()
}

function show(hold: HTMLElement, minutes: number, aloud: boolean): void {
  const { leftOne = '', leftOther = '', soon = '' } = hold.dataset
  const text = minutes === 0 ? soon : minutes === 1 ? leftOne : leftOther.replace('999', String(minutes))
  find(Element, '[data-hold-left]', hold).textContent = text
  hold.classList.toggle('hold-soon', minutes < 2)
  if (aloud) find(Element, '[data-hold-said]', hold).textContent = text
}

/** The way back is the step's own "more time" button: what is typed goes with it. */
function expire(hold: HTMLElement, live: HTMLElement): void {
  live.hidden = true
  hold.classList.add('hold-expired')
  find(HTMLElement, '[data-hold-over]', hold).hidden = false
  const extend = document.querySelector<HTMLButtonElement>('[data-extend]')
  find(HTMLFormElement, '[data-hold-renew]', hold).addEventListener('submit', (event) => {
    if (!extend) return
    event.preventDefault()
    extend.form?.requestSubmit(extend)
  })
}
