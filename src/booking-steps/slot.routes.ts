import type { Request, Response, Router } from 'express'
import { zonedIso } from '../kernel/local-day.js'
import type { Lang } from '../messages/index.js'
import { check } from '../platform/http/check.js'
import type { Origin } from '../platform/http/origin.js'
import { page } from '../platform/pages/page.js'
import { statusOf } from '../platform/http/problem.js'
import { changed, type Draft, placeMark } from './booking-draft.js'
import { isSeatRefusal } from './booking-flow.js'
import type { StepsContext } from './steps-context.js'
import type { SlotPage } from './slot.pages.js'
import { calendarAddress, dayAddress, noticeView, pathInLanguage, type Shown, timesAside } from '../citizen/index.js'
import { slotForm } from './steps.forms.js'
import { fieldsOf, readForm } from '../platform/pages/form.js'
import { pathOf } from './steps.js'
import { missingBefore, nextStep, pathToMissing } from './next-step.js'
import { speechOf } from '../platform/pages/speech.js'

const showSlot = page<SlotPage>('citizen/slot')

interface Again extends Shown {
  draft: Draft
  status: number
  chosen?: Date
}

type Show = (req: Request, res: Response, again: Again) => Promise<void>

const makeShow =
  ({ deps, pages }: StepsContext): Show =>
  async (req, res, { draft, status, ...again }) => {
    const address = check(calendarAddress, req.query)
    const { timeZone } = await deps.directory.site(draft.siteId ?? '')
    const start = again.chosen ?? address.ora
    const chosen = start ? zonedIso(start, timeZone) : null
    showSlot(res, await pages.slot.slot(draft, speechOf(res), { ...address, ...again, chosen }), status)
  }

/** Step 2, Data e orario: the choice holds the slot. */
export function addSlotRoutes(router: Router, context: StepsContext): void {
  const { drafts, pages } = context
  const show = makeShow(context)

  router.get('/prenota/data-e-orario', async (req, res) => {
    const draft = drafts.read(req)
    const missing = missingBefore('slot', draft)
    if (missing) return res.redirect(303, pathToMissing(missing, draft))
    return show(req, res, { draft, status: 200 })
  })

  router.get('/prenota/orari', async (req, res) => {
    res.json(await pages.slot.times(drafts.read(req), speechOf(res), check(dayAddress, req.query).giorno))
  })

  addChoice(router, context, show)
}

function addChoice(router: Router, context: StepsContext, show: Show): void {
  const { deps, drafts } = context
  const hold = makeHold(context)

  router.post('/prenota/data-e-orario', async (req, res) => {
    const draft = drafts.read(req)
    const speech = speechOf(res)
    const missing = missingBefore('slot', draft)
    if (missing) return res.redirect(303, pathToMissing(missing, draft))
    const fields = fieldsOf(req)
    if ('action' in fields)
      return res.redirect(303, pathInLanguage(pathOf('slot'), req.query, check(timesAside, fields)))
    const form = readForm(slotForm, fields)
    if (!form.ok) {
      const errors = [{ field: 'start', message: speech.t('citizen.choose.slot.faults.start') }]
      return show(req, res, { draft, errors, status: 422 })
    }
    const { choice, start } = form.value
    if (choice !== placeMark(draft))
      return show(req, res, { draft, notice: noticeView('other-tab', speech), status: 409 })
    try {
      const next = await hold(draft, start, { lang: speech.lang, origin: deps.originOf(req) })
      drafts.save(res, next)
      return res.redirect(303, pathOf(nextStep(next)))
    } catch (error) {
      if (!isSeatRefusal(error)) throw error
      const notice = noticeView(error.code, speech)
      return show(req, res, { draft, notice, chosen: start, status: statusOf(error) })
    }
  })
}

/** The draft with that slot, held if it may be (X1); as it is when the slot is held for it already. */
function makeHold({ deps, holds }: StepsContext) {
  const isHeld = async ({ startsAt, hold }: Draft, wanted: Date): Promise<boolean> => {
    if (hold === null || startsAt !== wanted.toISOString()) return false
    const held = await deps.bookings.findHold(hold)
    return held?.status === 'held' && held.expiresAt !== null && held.expiresAt > deps.clock()
  }
  return async (draft: Draft, startsAt: Date, asker: { lang: Lang; origin: Origin }): Promise<Draft> => {
    if (await isHeld(draft, startsAt)) return draft
    const { siteId, serviceId, persons, hold: previous } = draft
    const wanted = { siteId: siteId ?? '', serviceId: serviceId ?? '', persons, startsAt, lang: asker.lang }
    const held = await holds.takeOrGoOn(wanted, { previous, origin: asker.origin })
    return changed(draft, { startsAt: startsAt.toISOString(), ...held, done: null })
  }
}
