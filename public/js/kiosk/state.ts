import type { KeyOf } from '../../../src/messages/keys.shape.js'
import type { Lang } from '../../../src/messages/lang.shape.js'
import type { IssuedTicket, TicketStatus, WalkInsNow } from '../../../src/queue/queue.shape.js'
import { facts } from './place.js'

/** The page's own sentences, and what may be wrong with a codice fiscale (src/kiosk/kiosk.pages.ts). */
export type Key = KeyOf<'kiosk'> | `taxCode.${KeyOf<'visitor.taxCode'>}`

export type Step = 'start' | 'code' | 'newborn' | 'senior' | 'asking' | 'ticket' | 'refused' | 'pairing'

/** What somebody takes a number for. Of one that was resumed, the site may not take people any more: then only its id. */
export type Offer = Pick<WalkInsNow['services'][number], 'id'> & Partial<WalkInsNow['services'][number]>

/** A ticket that waits. */
export interface Standing {
  position: number
  waitMinutes: IssuedTicket['waitMinutes']
}

/** What was drawn. */
export interface Drawn extends IssuedTicket {
  /** It was given before. */
  isAgain?: boolean
  /** Paper has been asked for. */
  isPrinted?: boolean
  /** What had become of the number before (W1). */
  found?: TicketStatus | null
}

/** A sentence and its values. */
export type Fault = [key: Key, values?: object]

/** The server's no: the group of its sentences under `refused`, and what they need. */
export interface Refusal {
  key:
    | 'wrongDay'
    | 'wrongSite'
    | 'cancelled'
    | 'expired'
    | 'pending'
    | 'afterClosing'
    | 'over'
    | 'window'
    | 'quota'
    | 'notOffered'
    | 'other'
    | 'gaveUp'
  start?: string
  site?: { name: string; address: string }
  opensAt?: string | null
  /** The step where it can be put right, and what was typed there. */
  back: 'code' | 'newborn' | null
  typed?: string
}

interface Screen {
  step: Step
  typed: string
  fault: Fault | null
  offer: Offer | null
  refusal: Refusal | null
  ticket: Drawn | null
  /** Why an answer takes long. */
  delay: 'away' | 'busy' | null
  /** What is to be said of the paper. */
  paper: 'failed' | 'again' | null
  /** Somebody else has shown a code meanwhile. */
  hasNext: boolean
}

interface State extends Screen {
  lang: Lang
  now: WalkInsNow
  /** By the server's clock, epoch ms; null: it answers. */
  awaySince: number | null
  /** A page of an earlier day, until the server has spoken: what is open now, and what time it is, nobody knows. */
  isKept: boolean
  /** The pairing code was one of this site. */
  otherSite: string | null
}

/** As the kiosk is for whoever comes next. */
const CLEAN: Screen = {
  step: 'start',
  typed: '',
  fault: null,
  offer: null,
  refusal: null,
  ticket: null,
  delay: null,
  paper: null,
  hasNext: false,
}

/** What is on the screen. */
export const state: State = {
  ...CLEAN,
  lang: facts.startsIn,
  now: facts.now,
  awaySince: null,
  isKept: document.documentElement.dataset.kept !== undefined,
  otherSite: null,
}

type Show = (change: { isNewStep: boolean }) => void
const listeners: Show[] = []

/** @param show is called after every change */
export const onChange = (show: Show): void => void listeners.push(show)

/** Changes what is on the screen. A new step takes the focus to its heading. */
export function set(change: Partial<State>): void {
  const isNewStep = change.step !== undefined
  Object.assign(state, change)
  for (const show of listeners) show({ isNewStep })
}

/** A step with nothing left of the one before. */
export const go = (step: Step, change: Partial<State> = {}): void => set({ ...CLEAN, ...change, step })

/** For the next person: from the start, in Italian. */
export const reset = (): void => go('start', { lang: 'it' })
