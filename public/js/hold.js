/** Minutes at which the time left is said aloud; every second would be a nuisance. */
const SAID_AT = [5, 2, 1]

/** Counts down the time for which the chosen slot stays reserved, by the server's seconds and not by the visitor's clock. */
export function countDown(page) {
  const hold = page.querySelector('[data-hold]')
  const live = hold?.querySelector('[data-hold-live]')
  if (!live) return
  const endsAt = performance.now() + Number(hold.dataset.secondsLeft) * 1000
  let shown = null
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

function show(hold, minutes, aloud) {
  const { leftOne, leftOther, soon } = hold.dataset
  const text = minutes === 0 ? soon : minutes === 1 ? leftOne : leftOther.replace('999', String(minutes))
  hold.querySelector('[data-hold-left]').textContent = text
  hold.classList.toggle('hold-soon', minutes < 2)
  if (aloud) hold.querySelector('[data-hold-said]').textContent = text
}

/** The way back is the step's own "more time" button: what is typed goes with it. */
function expire(hold, live) {
  live.hidden = true
  hold.classList.add('hold-expired')
  const over = hold.querySelector('[data-hold-over]')
  over.hidden = false
  const extend = document.querySelector('[data-extend]')
  hold.querySelector('[data-hold-renew]').addEventListener('submit', (event) => {
    if (!extend) return
    event.preventDefault()
    extend.form.requestSubmit(extend)
  })
}
