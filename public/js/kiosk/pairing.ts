/** An unpaired kiosk gives no numbers (W6): a manager's code makes it one of this site. */
import { wait } from '../kit/clock.js'
import { h } from '../kit/element.js'
import { codeKeys, complain, entry } from './keys.js'
import { facts } from './place.js'
import { ask, keepToken, look, type Said } from './server.js'
import { type Fault, reset, set, state } from './state.js'
import { say } from './words.js'

const SHORTEST = 6
const AGAIN_MS = 2500
let busy = false

/** What a code has made of this machine. */
interface Paired {
  kind: 'kiosk' | 'display'
  token: string
  site: string
}

export function pair(typed: string): void {
  const pairingCode = typed.replace(/[\s-]/g, '').toUpperCase()
  if (pairingCode.length < SHORTEST) return complain('pairing.short')
  if (!busy) void askToPair(pairingCode)
}

async function askToPair(pairingCode: string): Promise<void> {
  busy = true
  try {
    judge(await untilAnswered(pairingCode))
  } finally {
    busy = false
  }
}

/** The code is good once: under its own key a lost answer comes again (W5). */
async function untilAnswered(pairingCode: string): Promise<Said<Paired>> {
  for (;;) {
    const answer = await ask<Paired>('/devices/pair', { body: { pairingCode }, key: `pair-${pairingCode}` })
    if (answer) return answer
    if (state.fault?.[0] !== 'pairing.away') complain('pairing.away')
    await wait(AGAIN_MS)
  }
}

function judge({ status, body, headers }: Said<Paired>): void {
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

function fail(fault: Fault, otherSite: string | null = null): void {
  set({ typed: '', otherSite, fault })
  document.querySelector<HTMLElement>('[data-field]')?.focus()
}

const nameOf = (id: string): string => facts.sites.find((site) => site.id === id)?.name ?? id

export function pairingStep(): HTMLElement {
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
