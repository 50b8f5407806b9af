import type { Request, Response, Router } from 'express'
import { zonedIso } from '../kernel/local-day.js'
import { check } from '../platform/http/check.js'
import { page } from '../platform/http/page.js'
import { statusOf } from '../platform/http/problem.js'
import { changed, type Draft, placeMark } from './booking-draft.js'
import { isSeatRefusal } from './booking-flow.js'
import type { CitizenContext } from './citizen-context.js'
import type { SlotPage } from './slot.pages.js'
import { noticeView, type Shown } from './step.pages.js'
import { calendarAddress, fieldsOf, readForm, slotForm } from './steps.forms.js'
import { missingBefore, nextStep, pathOf, pathToMissing } from './steps.js'
import { speechOf } from './words.js'

const showSlot = page<SlotPage>('citizen/slot')

interface Again extends Shown {
  status: number
  chosen?: Date
}

/** Step 2, Data e orario: the choice holds the slot. */
export function addSlotRoutes(router: Router, { deps, drafts, holds, pages }: CitizenContext): void {
  const show = async (req: Request, res: Response, { draft, ...again }: { draft: Draft } & Again): Promise<void> => {
    const address = check(calendarAddress, req.query)
    const { timeZone } = await deps.directory.site(draft.siteId ?? '')
    const chosen = again.chosen ? zonedIso(again.chosen, timeZone) : null
    showSlot(res, await pages.slot.slot(draft, speechOf(res), { ...address, ...again, chosen }), again.status)
  }

  router.get('/prenota/data-e-orario', async (req, res) => {
    const draft = drafts.read(req)
    const missing = missingBefore('slot', draft)
    if (missing) return res.redirect(303, pathToMissing(missing, draft))
    return show(req, res, { draft, status: 200 })
  })

  /** True when that very slot is held for this draft already. */
  const isHeld = async ({ startsAt, hold }: Draft, wanted: Date): Promise<boolean> => {
    if (hold === null || startsAt !== wanted.toISOString()) return false
    const held = await deps.bookings.findHold(hold)
    return held?.status === 'held' && held.expiresAt !== null && held.expiresAt > deps.clock()
  }

  const choose = async (req: Request, res: Response, draft: Draft, startsAt: Date): Promise<void> => {
    const { siteId, serviceId, persons, hold: previous } = draft
    const { lang } = speechOf(res)
    if (!(await isHeld(draft, startsAt))) {
      const wanted = { siteId: siteId ?? '', serviceId: serviceId ?? '', persons, startsAt, lang }
      const hold = await holds.take(wanted, { previous, ip: req.ip })
      const next = changed(draft, { startsAt: startsAt.toISOString(), hold, done: null })
      drafts.save(res, next)
    }
    res.redirect(303, pathOf(nextStep({ ...draft, startsAt: startsAt.toISOString(), hold: 'held' })))
  }

  router.post('/prenota/data-e-orario', async (req, res) => {
    const draft = drafts.read(req)
    const speech = speechOf(res)
    const missing = missingBefore('slot', draft)
    if (missing) return res.redirect(303, pathToMissing(missing, draft))
    const form = readForm(slotForm, fieldsOf(req))
    if (!form.ok) return show(req, res, { draft, errors: noStart(speech.t), status: 422 })
    if (form.value.choice !== placeMark(draft)) {
      return show(req, res, { draft, notice: noticeView('other-tab', speech), status: 409 })
    }
    try {
      return await choose(req, res, draft, form.value.start)
    } catch (error) {
      if (!isSeatRefusal(error)) throw error
      const notice = noticeView(error.code, speech)
      return show(req, res, { draft, notice, chosen: form.value.start, status: statusOf(error) })
    }
  })
}

const noStart = (t: (key: string) => string) => [{ field: 'start', message: t('citizen.choose.slot.faults.start') }]
