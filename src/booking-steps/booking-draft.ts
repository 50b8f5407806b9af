import { randomBytes } from 'node:crypto'
import { eachVisitorField, type VisitorField } from '../kernel/visitor-fields.js'
import { cookieName } from '../platform/http/csrf.js'
import { fingerprint, type Secrets } from '../platform/secrets.js'
import { VISITOR_INPUTS } from '../visitors/index.js'
import type { StepId } from './steps.js'

/** The applicant as typed: also when it is not right yet. */
export type TypedVisitor = Record<VisitorField, string>

/** Something to say after a redirect, on the page of that step alone. */
export interface DraftNotice {
  code: 'slot-full' | 'not-offered' | 'other-tab' | 'renewed' | 'not-renewed' | 'abandoned'
  step: string
}

/** A booking on its way: what the browser carries, sealed, from one step to the next. */
export interface Draft {
  /** New with every change: the summary of an older page confirms nothing. Also the idempotency key (K9). */
  key: string
  siteId: string | null
  serviceId: string | null
  persons: number
  /** What stands in the form of the place and has not been sent yet, through a change of language (D3). */
  place: Pick<Draft, 'siteId' | 'serviceId' | 'persons'> | null
  /** ISO instant of the chosen slot. */
  startsAt: string | null
  /** Secret of the held seats; null also when the time is chosen and not held (X1). */
  hold: string | null
  /**
   * Until when, as it was told: enough to show the minutes left on every step without asking. Whether the seats are still
   * held the database says, when they are booked (K4).
   */
  heldUntil: string | null
  notes: string
  /** True once the step of the details was passed. */
  detailsSeen: boolean
  visitor: TypedVisitor
  /** The step whose faults were told last: they are told again in another language (D3). */
  faultsToldAt: StepId | null
  /** C5: of the address that was asked about. */
  mailAsked: string | null
  notice: DraftNotice | null
  /** The booking this draft has become, and the key it was confirmed with. */
  done: { bookingId: string; key: string } | null
}

/** The seats that a draft has, or has not. */
export type Held = Pick<Draft, 'hold' | 'heldUntil'>

export const NOT_HELD: Held = { hold: null, heldUntil: null }
/** Of a hold that turned out to be over, whatever was told of it. */
export const HELD_NO_MORE: Pick<Draft, 'heldUntil'> = { heldUntil: new Date(0).toISOString() }

const newKey = (): string => randomBytes(16).toString('base64url')

export const emptyDraft = (): Draft => ({
  key: newKey(),
  siteId: null,
  serviceId: null,
  persons: 1,
  place: null,
  startsAt: null,
  hold: null,
  heldUntil: null,
  notes: '',
  detailsSeen: false,
  visitor: eachVisitorField(() => ''),
  faultsToldAt: null,
  mailAsked: null,
  notice: null,
  done: null,
})

/** The draft with something changed: a new key, and nothing left to say. */
export const changed = (draft: Draft, part: Partial<Omit<Draft, 'key'>>): Draft => ({
  ...draft,
  notice: null,
  ...part,
  key: newKey(),
})

const mark = (...facts: unknown[]): string => fingerprint(JSON.stringify(facts)).slice(0, 16)

/** Which choice a form was shown for; when it differs, another window has chosen anew. */
export const choiceMark = ({ siteId, serviceId, persons, startsAt }: Draft): string =>
  mark(siteId, serviceId, persons, startsAt)

/** The same for the form that chooses the slot, which may be sent again from an older page. */
export const placeMark = ({ siteId, serviceId, persons }: Draft): string => mark(siteId, serviceId, persons)

/** Of a mail address, to know it again: the cookie has not the room for it twice. */
export const mailMark = (email: string): string => mark(email)

/** Bytes as JSON that the cookie has for the notes (200 characters). */
const NOTES_BYTES = 804

/** What was typed, cut to what the cookie can carry; a text that had to be cut was wrong anyway. */
export function keepTyped(field: VisitorField | 'notes', typed: string): string {
  const room = field === 'notes' ? NOTES_BYTES : VISITOR_INPUTS[field].bytes
  let [kept, bytes] = ['', 0]
  for (const char of typed.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\n]/gu, '')) {
    bytes += Buffer.byteLength(JSON.stringify(char)) - 2
    if (bytes > room) break
    kept += char
  }
  return kept
}

/** Two hours: long enough to look for a document, short enough for a shared computer. */
const KEPT_MS = 2 * 3_600_000
/** What is booked needs no draft: long enough to come back to the confirmation, not for the next person (A5). */
const KEPT_DONE_MS = 10 * 60_000
const PURPOSE = 'booking-draft'

interface Cookies {
  cookies?: unknown
}
interface SetsCookies {
  cookie(name: string, value: string, options: object): unknown
}

/** The sealed cookie: nothing personal is on the server or in an address before the booking is confirmed. */
export class DraftCookie {
  private readonly name: string
  private readonly options: { httpOnly: true; sameSite: 'lax'; secure: boolean; path: string }

  constructor(
    private readonly secrets: Secrets,
    secure: boolean,
  ) {
    this.name = cookieName(PURPOSE, secure)
    this.options = { httpOnly: true, sameSite: 'lax', secure, path: '/' }
  }

  /** An empty draft when there is none, or when it was not sealed here. */
  read(req: Cookies): Draft {
    const sent = (req.cookies as Record<string, unknown> | undefined)?.[this.name]
    const text = typeof sent === 'string' ? this.secrets.unseal(sent, PURPOSE) : null
    const empty = emptyDraft()
    if (text === null) return empty
    const kept = JSON.parse(text) as Draft
    // Sealed before a release, it may lack a field that forms have since.
    return { ...empty, ...kept, visitor: { ...empty.visitor, ...kept.visitor } }
  }

  save(res: SetsCookies, draft: Draft): void {
    const maxAge = draft.done ? KEPT_DONE_MS : KEPT_MS
    res.cookie(this.name, this.secrets.seal(JSON.stringify(draft), PURPOSE), { ...this.options, maxAge })
  }
}
