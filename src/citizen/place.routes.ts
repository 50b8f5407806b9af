import type { Request, Response, Router } from 'express'
import { check } from '../platform/http/check.js'
import { page } from '../platform/http/page.js'
import { changed, type Draft } from './booking-draft.js'
import type { CitizenContext } from './citizen-context.js'
import type { PlacePage } from './place.pages.js'
import { fieldErrors } from './step.pages.js'
import { fieldsOf, placeForm, placeQuery, readForm } from './steps.forms.js'
import { pathOf } from './steps.js'
import { speechOf } from './words.js'

const showPlace = page<PlacePage>('citizen/place')

/** Step 1, Luogo: for what, for how many, where. */
export function addPlaceRoutes(router: Router, { deps, drafts, holds, pages }: CitizenContext): void {
  router.get('/prenota', async (req, res) => {
    const { sede } = check(placeQuery, req.query)
    const draft = drafts.read(req)
    showPlace(res, await pages.place.place(sede === undefined ? draft : { ...draft, siteId: sede }, speechOf(res)))
  })

  const again = async (req: Request, res: Response, draft: Draft): Promise<void> => {
    const speech = speechOf(res)
    const persons = Number(fieldsOf(req).persons) || draft.persons
    const errors = fieldErrors([{ field: 'site', code: 'required' }], speech, () =>
      speech.t('citizen.choose.place.faults.site'),
    )
    showPlace(res, await pages.place.place({ ...draft, siteId: null, persons }, speech, { errors }), 422)
  }

  const isBookable = async (site: string, service: string): Promise<boolean> => {
    const { services } = await deps.directory.all()
    return (
      services.some(({ id, bookable }) => id === service && bookable) &&
      (await deps.directory.offer(site, service)) !== null
    )
  }

  router.post('/prenota', async (req, res) => {
    const draft = drafts.read(req)
    const form = readForm(placeForm, fieldsOf(req))
    if (!form.ok) return again(req, res, draft)
    const { site: siteId, service: serviceId, persons } = form.value
    if (!(await isBookable(siteId, serviceId))) return again(req, res, draft)
    if (draft.siteId !== siteId || draft.serviceId !== serviceId || draft.persons !== persons) {
      if (draft.hold !== null) await holds.release(draft.hold)
      drafts.save(res, changed(draft, { siteId, serviceId, persons, startsAt: null, hold: null, done: null }))
    }
    res.redirect(303, pathOf('slot'))
  })
}
