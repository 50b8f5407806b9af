import type { Derived } from '../platform/derived.js'
import type { DerivedSecret } from '../platform/http/kept-secrets.js'
import { fingerprint, isSame, type Secrets } from '../platform/secrets.js'
import type { Booking } from './booking.js'
import type { BookingStore } from './booking.store.js'

/** 256 bits in base64url, as `tokenFor` makes them. */
const TOKEN_LENGTH = 43
/** 132 bits. */
const PROOF_LENGTH = 22

/** What stands in a link: the token that its maker was answered, and behind it what only a mail of ours tells. */
interface BookingLink {
  token: string
  proof: string | null
}

/** What a token is derived from: C4 makes links anew, and the id alone would give the old one again. */
type Linked = Pick<Booking, 'id' | 'linkTurn'>

/** The token of a booking, as answers that are kept name it. */
export const tokenSecret = ({ id, linkTurn }: Linked): DerivedSecret => ({
  kind: 'booking',
  id: linkTurn === 0 ? id : `${id}-${linkTurn}`,
})

export function bookingToken(secrets: Secrets, booking: Linked & Pick<Booking, 'tokenHash'>): string {
  const { kind, id } = tokenSecret(booking)
  return secrets.tokenAt(kind, { id, tokenHash: booking.tokenHash })
}

/** A link as it rests, made with today's secret. */
export function linkOf(secrets: Secrets, linked: Linked): Pick<Booking, 'linkTurn' | 'tokenHash'> {
  const { kind, id } = tokenSecret(linked)
  return { linkTurn: linked.linkTurn, tokenHash: fingerprint(secrets.tokenFor(kind, id)) }
}

/** Bound to the address it is mailed to: after a correction the old mailbox proves nothing any more. */
const proofOf = (secret: Derived, { id, email }: Pick<Booking, 'id' | 'email'>): string =>
  secret.tokenFor('mail-proof', `${id}:${(email ?? '').toLowerCase()}`).slice(0, PROOF_LENGTH)

/** What is mailed. Who acts by it has read the mail; who made the booking was answered the token alone (X2, X6). */
export const mailedToken = (secrets: Secrets, booking: Booking): string =>
  bookingToken(secrets, booking) + proofOf(secrets, booking)

/** @returns null for what can be no link of ours (L2) */
function readLink(text: string): BookingLink | null {
  if (!/^[A-Za-z0-9_-]+$/.test(text)) return null
  const [token, proof] = [text.slice(0, TOKEN_LENGTH), text.slice(TOKEN_LENGTH)]
  if (token.length < TOKEN_LENGTH || (proof !== '' && proof.length !== PROOF_LENGTH)) return null
  return { token, proof: proof === '' ? null : proof }
}

/** A proof that is none leaves the link as good as the token in it. */
const isProofOf = ({ all }: Secrets, booking: Booking, proof: string): boolean =>
  booking.email !== null && all.some((secret) => isSame(proof, proofOf(secret, booking)))

/** A booking and the link it was found by. */
export interface FoundByLink {
  booking: Booking
  /** True when the link is the mailed one, so that the asker has read a mail to the booking's address. */
  isProven: boolean
}

/** @returns null for an unknown token, a forged one, and for what is only held: it has no page (L2) */
export async function findByLink(store: BookingStore, secrets: Secrets, text: string): Promise<FoundByLink | null> {
  const link = readLink(text)
  if (!link) return null
  const booking = await store.findByToken(fingerprint(link.token))
  if (!booking?.code) return null
  return { booking, isProven: link.proof !== null && isProofOf(secrets, booking, link.proof) }
}
