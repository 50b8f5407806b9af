/**
 * Domains that most of our visitors write from, and real ones that are a letter away from them: of these nobody is asked.
 * A list to be looked at, not a judgement of what exists: whoever has another address says so and goes on (C5).
 */
const WELL_KNOWN = new Set([
  ...['gmail.com', 'googlemail.com', 'icloud.com', 'me.com', 'pm.me', 'protonmail.com', 'proton.me'],
  ...['libero.it', 'virgilio.it', 'alice.it', 'tim.it', 'tin.it', 'tiscali.it', 'fastwebnet.it', 'inwind.it', 'iol.it'],
  ...['hotmail.it', 'hotmail.com', 'hotmail.fr', 'outlook.it', 'outlook.com', 'outlook.at', 'outlook.pt', 'outlook.es'],
  ...['live.it', 'live.com', 'msn.com', 'yahoo.it', 'yahoo.com', 'yahoo.in', 'yahoo.fr', 'yahoo.es', 'ymail.com'],
  ...['pec.it', 'legalmail.it', 'aruba.it', 'poste.it', 'email.it', 'email.com', 'mail.com', 'mail.ru'],
])

/** Shorter names are a letter away from too many real ones. */
const SHORTEST = 'live.it'.length + 1

/** What comes of `.com` and `.it` in haste; none of these is anybody's. */
const ENDINGS: Record<string, string> = {
  ...{ con: 'com', cmo: 'com', ocm: 'com', comm: 'com', vom: 'com', xom: 'com', cpm: 'com', coom: 'com' },
  ...{ itt: 'it', iit: 'it', ti: 'it' },
}

/** Real names with an ending that has no mailboxes of theirs. */
const OTHER_ENDING: Record<string, string> = { 'gmail.it': 'gmail.com', 'icloud.it': 'icloud.com' }

/**
 * C5: what somebody may have meant who wrote this mail address. Takes an address as `readMailAddress` gives it.
 * @returns null when it looks right
 */
export function likelyAddress(address: string): string | null {
  const at = address.lastIndexOf('@') + 1
  const domain = address.slice(at)
  const likely = likelyDomain(domain)
  return likely === domain ? null : address.slice(0, at) + likely
}

function likelyDomain(typed: string): string {
  const dot = typed.lastIndexOf('.') + 1
  const domain = typed.slice(0, dot) + (ENDINGS[typed.slice(dot)] ?? typed.slice(dot))
  if (WELL_KNOWN.has(domain)) return domain
  const meant = [...WELL_KNOWN].find((known) => known.length >= SHORTEST && isOneLetterFrom(domain, known))
  return OTHER_ENDING[domain] ?? meant ?? domain
}

/** One letter wrong, missing, too many, or two beside one another changed round. */
export function isOneLetterFrom(typed: string, known: string): boolean {
  let from = 0
  while (from < typed.length && typed[from] === known[from]) from++
  const [left, right] = [typed.slice(from), known.slice(from)]
  if (left === right) return false
  const isTurned = left[0] === right[1] && left[1] === right[0] && left.slice(2) === right.slice(2)
  return isTurned || left.slice(1) === right.slice(1) || left.slice(1) === right || left === right.slice(1)
}
