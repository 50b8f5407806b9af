/**
 * Keeps the free seats of the day in view fresh: a hint by socket, else a modest poll. Asked is the page's own address, which
 * knows what the asker has already (K8); the API would call those seats taken.
 */
const POLL_MS = 30_000
/** Another instance than the one that tells may believe for a second what it read before. */
const AGAIN_MS = 1200
const day = document.querySelector('[data-slots]')

if (day) {
  const { site, from, day: date } = day.dataset
  const refresh = async () => {
    if (document.hidden) return
    try {
      const answer = await fetch(from, { headers: { accept: 'application/json' } })
      if (answer.ok) show((await answer.json()).slots)
    } catch {
      // Away for a moment: the next time will do, and the server decides anyway.
    }
  }
  void listen(site, date, refresh)
}

/** @param {{ start: string, free: number }[]} slots */
function show(slots) {
  const { freeOne, freeOther, full, countOne, countOther } = day.dataset
  const free = new Map(slots.map((slot) => [slot.start, slot.free]))
  for (const input of day.querySelectorAll('input[name="start"]:not([data-own])')) {
    const left = free.get(input.value) ?? 0
    input.nextElementSibling.querySelector('.time-free').textContent =
      left === 0 ? full : words(left, freeOne, freeOther)
    if (left === 0 && input.checked) say(input)
    input.disabled = left === 0
  }
  const open = day.querySelectorAll('input[name="start"]:enabled').length
  day.querySelector('[data-count]').textContent = words(open, countOne, countOther)
}

const words = (count, one, other) => (count === 1 ? one : other.replace('999', String(count)))

/** The time chosen a moment ago is gone: say so, aloud too. */
function say(input) {
  input.checked = false
  const time = input.nextElementSibling.querySelector('.time-clock').textContent
  day.querySelector('[data-said]').textContent = day.dataset.taken.replace('{time}', time)
}

async function listen(site, date, refresh) {
  let poll = setInterval(refresh, POLL_MS)
  document.addEventListener('visibilitychange', refresh)
  const io = await socketClient()
  if (!io) return
  const socket = io('/seats', { auth: { site } })
  socket.on('seats', ({ days }) => {
    if (!days.includes(date)) return
    void refresh()
    setTimeout(refresh, AGAIN_MS)
  })
  socket.on('connect', () => {
    clearInterval(poll)
    void refresh()
  })
  socket.on('disconnect', () => {
    clearInterval(poll)
    poll = setInterval(refresh, POLL_MS)
  })
}

/** Socket.IO's own client, an ES module served beside the socket; null where it cannot be had. */
async function socketClient() {
  try {
    return (await import('/socket.io/socket.io.esm.min.js')).io
  } catch {
    return null
  }
}
