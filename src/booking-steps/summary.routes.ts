import type { Response, Router } from 'express'
import { attemptKey, type BookSlotCommand } from '../bookings/index.js'
import type { AppError } from '../kernel/app-error.js'
import type { Origin } from '../platform/http/origin.js'
import { page } from '../platform/pages/page.js'
import { statusOf } from '../platform/http/problem.js'
import type { Visitor } from '../visitors/index.js'
import { changed, type Draft, emptyDraft, HELD_NO_MORE } from './booking-draft.js'
import { visitorOf, withoutSlot } from './booking-flow.js'
import type { StepsContext } from './steps-context.js'
import { noticeView } from '../citizen/index.js'
import type { NoticeView } from '../platform/pages/told.js'
import { check } from '../platform/http/check.js'
import { confirmForm } from './steps.forms.js'
import { fieldsOf } from '../platform/pages/form.js'
import { pathOf } from './steps.js'
import { missingBefore, pathToMissing } from './next-step.js'
import type { SummaryPage } from './summary.pages.js'
import { type Speech, speechOf } from '../platform/pages/speech.js'

const showSummary = page<SummaryPage>('citizen/summary')

/** What confirming comes to: kept under the draft's key, so that a second press gives the same (K9). */
interface Outcome {
  bookingId?: string
  refused?: string
}

/** Step 5, Riepilogo: here the booking is made. */
export function addSummaryRoutes(router: Router, context: StepsContext): void {
  const { deps, drafts, pages } = context
  const confirm = makeConfirm(context)

  /** The draft's applicant, or a redirect to what is still missing. */
  const complete = (res: Response, draft: Draft): Visitor | null => {
    const missing = missingBefore('summary', draft)
    const visitor = missing ? null : visitorOf(draft)
    if (!visitor) res.redirect(303, pathToMissing(missing ?? 'visitor', draft))
    return visitor
  }

  router.get('/prenota/riepilogo', async (req, res) => {
    const draft = drafts.read(req)
    const visitor = complete(res, draft)
    if (visitor) showSummary(res, await pages.summary.summary(draft, speechOf(res), { visitor }))
  })

  router.post('/prenota/riepilogo', async (req, res) => {
    const draft = drafts.read(req)
    const { key } = check(confirmForm, fieldsOf(req))
    if (draft.done?.key === key) return res.redirect(303, pathOf('confirmed'))
    const visitor = complete(res, draft)
    if (!visitor) return
    const speech = speechOf(res)
    const again = async (shown: Draft, notice: NoticeView | null, status: number) =>
      showSummary(res, await pages.summary.summary(shown, speech, { visitor, notice }), status)
    if (key !== draft.key) return again(draft, noticeView('other-tab', speech), 409)
    const { status, outcome } = await confirm(draft, visitor, { ...speech, origin: deps.originOf(req) })
    if (outcome.bookingId !== undefined) {
      drafts.save(res, { ...emptyDraft(), done: { bookingId: outcome.bookingId, key } })
      return res.redirect(303, pathOf('confirmed'))
    }
    // A new key: the refusal was the answer to the old one, and trying again must be possible.
    const [next, words] = afterRefusal(draft, outcome.refused ?? 'state', speech)
    drafts.save(res, next)
    return next.startsAt === null ? res.redirect(303, pathOf('slot')) : again(next, words, status)
  })
}

function makeConfirm({ deps }: StepsContext) {
  const { keptAnswers, bookings, limits, secrets } = deps
  return async (
    draft: Draft,
    visitor: Visitor,
    { lang, origin }: Speech & { origin: Origin },
  ): Promise<{ status: number; outcome: Outcome }> => {
    await limits.spend('personFrom', attemptKey(secrets, visitor.taxCode, origin.ip))
    const { siteId, serviceId, persons, startsAt, notes } = draft
    const command = { seat: seatOf(draft), visitor, notes: notes === '' ? null : notes, lang, origin }
    const { status, body } = await keptAnswers.once({
      key: `page:${draft.key}`,
      content: JSON.stringify([siteId, serviceId, persons, startsAt, notes, visitor]),
      work: async (tx) => ({ status: 201, body: { bookingId: (await bookings.bookSlot(tx, command)).id } }),
      refusal: (error: AppError) => ({ status: statusOf(error), body: { refused: error.code } }),
    })
    return { status, outcome: body as Outcome }
  }
}

/** What is held; or, where nothing may be held (X1), the time that was chosen: its seat is taken now. */
const seatOf = ({ hold, siteId, serviceId, startsAt, persons }: Draft): BookSlotCommand['seat'] =>
  hold === null
    ? { siteId: siteId ?? '', serviceId: serviceId ?? '', startsAt: new Date(startsAt ?? ''), persons }
    : { hold }

/** The draft after a "no", and the words for it; an expired hold has its own place on the page. */
function afterRefusal(draft: Draft, code: string, speech: Speech): [Draft, NoticeView | null] {
  if (code === 'slot-full' || code === 'not-offered') return [withoutSlot(draft, code), null]
  const expired = code === 'hold-expired' || code === 'state'
  return expired ? [changed(draft, HELD_NO_MORE), null] : [changed(draft, {}), noticeView(code, speech)]
}
