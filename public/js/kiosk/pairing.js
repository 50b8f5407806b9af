/** An unpaired kiosk gives no numbers (W6): a manager's code makes it one of this site. */
import { codeKeys, complain, entry } from './keys.js'
import { facts, h } from './place.js'
import { ask, keepToken, look } from './server.js'
import { set, state, reset } from './state.js'
import { say } from './words.js'

const SHORTEST = 6
const AGAIN_MS = 2500
let busy = false

export function pair(typed) {
  const pairingCode = typed.replace(/[\s-]/g, '').toUpperCase()
  if (pairingCode.length < SHORTEST) return complain('pairing.short')
  if (!busy) void askToPair(pairingCode)
}

async function askToPair(pairingCode) {
  busy = true
  try {
    judge(await untilAnswered(pairingCode))
  } finally {
    busy = false
  }
}

/** The code is good once: under its own key a lost answer comes again (W5). */
async function untilAnswered(pairingCode) {
  for (;;) {
    const answer = await ask('/devices/pair', { body: { pairingCode }, key: `pair-${pairingCode}` })
    if (answer) return answer
    if (state.fault?.[0] !== 'pairing.away') complain('pairing.away')
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
  }
}

function judge({ status, body, headers }) {
  if (status === 429) {
    const minutes = Math.max(1, Math.ceil(Number(headers.get('retry-after') ?? 60) / 60))
    return complain('pairing.tooMany', { minutes })
  }
  if (status !== 201) return complain('pairing.wrong')
  if (body.kind !== 'kiosk') return fail(['pairing.display'])
  keepToken(body.token, body.site)
  if (body.site !== facts.site.id) return fail(['pairing.otherSite', { site: nameOf(body.site) }], body.site)
  reset()
  void look()
}

function fail(fault, otherSite = null) {
  set({ typed: '', otherSite, fault })
  document.querySelector('[data-field]')?.focus()
}

const nameOf = (id) => facts.sites.find((site) => site.id === id)?.name ?? id

export function pairingStep() {
  const { otherSite } = state
  const link =
    otherSite &&
    h(
      'a',
      { class: 'kiosk-button kiosk-button-plain', href: `/kiosk/${otherSite}`, 'data-test': 'other-site' },
      say('pairing.openOther', { site: nameOf(otherSite) }),
    )
  return entry({ words: 'pairing', rows: codeKeys(facts.letters), submit: pair, foot: link ? [link] : [] })
}
