import type { Request, Response, Router } from 'express'
import { check } from '../platform/http/check.js'
import { page } from '../platform/pages/page.js'
import { changed, type Draft, NOT_HELD } from './booking-draft.js'
import type { StepsContext } from './steps-context.js'
import type { StepsDeps } from './steps-deps.js'
import type { PlacePage } from './place.pages.js'
import { fieldErrors } from '../platform/pages/told.js'
import { type PlaceAside, placeAside, placeForm, placeQuery } from './steps.forms.js'
import { fieldsOf, readForm } from '../platform/pages/form.js'
import { pathOf, STEPS } from './steps.js'
import { speechOf } from '../platform/pages/speech.js'

const showPlace = page<PlacePage>('citizen/place')

const LATER = STEPS.filter(({ id }) => id !== 'place').map(({ path }) => path)

/** Step 1, Luogo: for what, for how many, where. */
export function addPlaceRoutes(router: Router, { deps, drafts, holds, pages }: StepsContext): void {
  // Whoever goes on has left the form: what was chosen in it and not sent is no longer what they mean (D3).
  router.get(LATER, (req, res, next) => {
    const draft = drafts.read(req)
    if (draft.place !== null && draft.siteId !== null) drafts.save(res, { ...draft, place: null })
    next()
  })

  router.get('/prenota', async (req, res) => {
    const { sede } = check(placeQuery, req.query)
    const draft = drafts.read(req)
    const shown = { ...draft, ...draft.place, ...(sede !== undefined && { siteId: sede }) }
    showPlace(res, await pages.place.place(shown, speechOf(res)))
  })

  const again = async (req: Request, res: Response, draft: Draft): Promise<void> => {
    const speech = speechOf(res)
    const persons = Number(fieldsOf(req).persons) || draft.persons
    const errors = fieldErrors([{ field: 'site', code: 'required' }], speech, () =>
      speech.t('citizen.choose.place.faults.site'),
    )
    showPlace(res, await pages.place.place({ ...draft, siteId: null, persons }, speech, { errors }), 422)
  }

  router.post('/prenota', async (req, res) => {
    const draft = drafts.read(req)
    const fields = fieldsOf(req)
    if ('action' in fields) {
      const { action, ...chosen } = check(placeAside, fields)
      drafts.save(res, withUnsent(draft, chosen))
      return res.redirect(303, `${pathOf('place')}?lang=${action}`)
    }
    const form = readForm(placeForm, fields)
    if (!form.ok) return again(req, res, draft)
    const { site: siteId, service: serviceId, persons } = form.value
    if (!(await isBookable(deps, siteId, serviceId))) return again(req, res, draft)
    const isSame = draft.siteId === siteId && draft.serviceId === serviceId && draft.persons === persons
    if (!isSame && draft.hold !== null) await holds.release(draft.hold)
    drafts.save(res, isSame ? { ...draft, place: null } : withPlace(draft, { siteId, serviceId, persons }))
    return res.redirect(303, pathOf('slot'))
  })
}

async function isBookable({ directory }: StepsDeps, site: string, service: string): Promise<boolean> {
  const { services } = await directory.all()
  const isKnown = services.some(({ id, bookable }) => id === service && bookable)
  return isKnown && (await directory.offer(site, service)) !== null
}

/** Another place: the time must be chosen anew. */
const withPlace = (draft: Draft, place: Pick<Draft, 'siteId' | 'serviceId' | 'persons'>): Draft =>
  changed(draft, { ...place, place: null, startsAt: null, ...NOT_HELD, done: null })

/** Only what the form shows: nothing is decided, and what is held stays held (D3). */
const withUnsent = (draft: Draft, { site, service, persons = 1 }: Omit<PlaceAside, 'action'>): Draft => ({
  ...draft,
  place: { siteId: site ?? null, serviceId: service ?? null, persons },
})
