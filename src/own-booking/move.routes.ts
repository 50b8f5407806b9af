import type { Request, Response, Router } from 'express'
import { AppError } from '../kernel/app-error.js'
import { zonedIso } from '../kernel/local-day.js'
import { check } from '../platform/http/check.js'
import { page } from '../platform/pages/page.js'
import { statusOf } from '../platform/http/problem.js'
import type { OwnBookingContext } from './own-booking-context.js'
import type { MovePage, Opened } from './manage.pages.js'
import { makeFound } from './manage.routes.js'
import { calendarAddress, dayAddress, noticeView, pathInLanguage, type Shown, timesAside } from '../citizen/index.js'
import { moveForm } from './move.forms.js'
import { fieldsOf, readForm } from '../platform/pages/form.js'
import { speechOf } from '../platform/pages/speech.js'

const showMove = page<MovePage>('citizen/move')

/** Refusals after which another time may be chosen on the same page. */
const CHOOSE_AGAIN = ['slot-full', 'not-offered', 'too-late', 'state', 'too-many-moves']

interface Again extends Shown {
  opened: Opened
  status: number
  chosen?: Date
}

const makeShow =
  ({ deps, pages }: OwnBookingContext) =>
  async (req: Request, res: Response, { opened, status, ...again }: Again): Promise<void> => {
    const address = check(calendarAddress, req.query)
    const { timeZone } = await deps.directory.site(opened.booking.siteId)
    const start = again.chosen ?? address.ora
    const chosen = start ? zonedIso(start, timeZone) : null
    showMove(res, await pages.move(opened, speechOf(res), { ...address, ...again, chosen }), status)
  }

/** Another time for a booking (K8): the page is opened by GET and changes nothing, the choice is a POST. */
export function addMoveRoutes(router: Router, context: OwnBookingContext): void {
  const { deps, pages } = context
  const found = makeFound(context)

  const show = makeShow(context)

  router.get('/prenotazione/:token/sposta', async (req, res) => {
    const opened = await found(req)
    const { mayMove, path } = await pages.booking(opened, speechOf(res))
    return mayMove ? show(req, res, { opened, status: 200 }) : res.redirect(303, path)
  })

  router.get('/prenotazione/:token/orari', async (req, res) => {
    const opened = await found(req)
    res.json(await pages.times(opened, speechOf(res), check(dayAddress, req.query).giorno))
  })

  router.post('/prenotazione/:token/sposta', deps.limits.perAsker('write'), async (req, res) => {
    const opened = await found(req)
    const speech = speechOf(res)
    const fields = fieldsOf(req)
    const path = `/prenotazione/${opened.link}/sposta`
    if ('action' in fields) return res.redirect(303, pathInLanguage(path, req.query, check(timesAside, fields)))
    const form = readForm(moveForm, fields)
    if (!form.ok) {
      const errors = [{ field: 'start', message: speech.t('citizen.choose.slot.faults.start') }]
      return show(req, res, { opened, errors, status: 422 })
    }
    const [token, startsAt] = [String(req.params.token), form.value.start]
    try {
      await deps.unitOfWork.run((tx) => deps.bookings.moveBooking(tx, { token, startsAt }))
      return res.redirect(303, `/prenotazione/${token}?fatto=spostata`)
    } catch (error) {
      if (!(error instanceof AppError && CHOOSE_AGAIN.includes(error.code))) throw error
      const notice = noticeView(error.code, speech)
      return show(req, res, { opened: await found(req), notice, chosen: startsAt, status: statusOf(error) })
    }
  })
}
