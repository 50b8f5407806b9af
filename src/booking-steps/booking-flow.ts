import { AppError } from '../kernel/app-error.js'
import type { Lang } from '../messages/index.js'
import { examine } from '../platform/http/check.js'
import { mayBook, type Visitor, visitorForm } from '../visitors/index.js'
import { changed, type Draft, type DraftNotice, NOT_HELD } from './booking-draft.js'
import type { Origin } from '../platform/http/origin.js'
import { type Holds, isTooMany } from './holds.js'
import type { StepAction } from './steps.forms.js'
import { pathBefore, pathOf, type StepId } from './steps.js'

/** The draft's applicant when everything typed is right and may book here (K6); else null. */
export function visitorOf(draft: Draft): Visitor | null {
  const read = examine(visitorForm, draft.visitor)
  return read.ok && mayBook(read.value.comune) ? read.value : null
}

/** A refusal to hold a seat that a person can do something about. */
export const isSeatRefusal = (error: unknown): error is AppError & { code: 'slot-full' | 'not-offered' } =>
  error instanceof AppError && (error.code === 'slot-full' || error.code === 'not-offered')

interface Asker {
  lang: Lang
  origin: Origin
  /** Where to come back to. */
  step: StepId
}

/**
 * Holds the chosen slot anew, for its whole time. When it is gone, the draft says so at the step of the slots, with
 * everything else still in it.
 * @returns the draft and the step to show
 */
export async function renewHold(
  holds: Holds,
  draft: Draft,
  { lang, origin, step }: Asker,
): Promise<{ draft: Draft; step: StepId }> {
  const { siteId, serviceId, startsAt, persons, hold: previous } = draft
  if (siteId === null || serviceId === null || startsAt === null) return { draft, step: 'place' }
  try {
    const wanted = { siteId, serviceId, persons, lang, startsAt: new Date(startsAt) }
    const isLive = previous !== null && (await holds.isLive(previous))
    // Who has a seat never loses it by asking for more time: beyond X1's limits the hold stays as it is.
    const asker = { previous, origin }
    const held = isLive ? await holds.take(wanted, asker) : await holds.takeOrGoOn(wanted, asker)
    // The same key: what the summary shows has not changed.
    return { draft: { ...draft, ...held, notice: held.hold === null ? null : { code: 'renewed', step } }, step }
  } catch (error) {
    if (!isSeatRefusal(error) && !isTooMany(error)) throw error
    // Too near to be held anew (S6), yet still held for the time it has: nobody loses a seat by asking for more time.
    if (previous !== null && (await holds.isLive(previous))) {
      return { draft: { ...draft, notice: { code: 'not-renewed', step } }, step }
    }
    return { draft: withoutSlot(draft, isSeatRefusal(error) ? error.code : 'slot-full'), step: 'slot' }
  }
}

/**
 * What a step's other buttons do: keep what is typed as it is, right or wrong, and hold the slot for longer, go a step
 * back, or say the same step in the other language (D3).
 * @returns null for the step's own button
 */
export async function stepAside(
  holds: Holds,
  draft: Draft,
  { action, ...asker }: Asker & { action: StepAction | undefined },
): Promise<{ draft: Draft; path: string } | null> {
  if (action === undefined) return null
  if (action === 'back') return { draft, path: pathBefore(asker.step) }
  if (action !== 'extend') return { draft, path: `${pathOf(asker.step)}?lang=${action}` }
  const renewed = await renewHold(holds, draft, asker)
  return { draft: renewed.draft, path: pathOf(renewed.step) }
}

/** The slot must be chosen anew; the rest stays. */
export const withoutSlot = (draft: Draft, code: DraftNotice['code']): Draft =>
  changed(draft, { startsAt: null, ...NOT_HELD, notice: { code, step: 'slot' } })
