import type { Request, Response, Router } from 'express'
import { type Booking, bookingToken, contactForm } from '../bookings/index.js'
import { noticeView, type Shown } from '../citizen/index.js'
import { AppError } from '../kernel/app-error.js'
import { statusOf } from '../platform/http/problem.js'
import { fieldsOf, readForm, valuesOf } from '../platform/pages/form.js'
import { page } from '../platform/pages/page.js'
import { type Speech, speechOf } from '../platform/pages/speech.js'
import { fieldErrors, type NoticeView } from '../platform/pages/told.js'
import type { ConfirmedPage } from './confirmed.pages.js'
import type { StepsContext } from './steps-context.js'
import { pathOf } from './steps.js'

const showConfirmed = page<ConfirmedPage>('citizen/confirmed')

/** Refusals that are told above the booking as it is now. */
const TOLD = ['too-late', 'state', 'other-browser', 'too-many-bookings']

interface Asked extends Shown {
  booking: Booking
  status?: number
  /** What was typed, when it was not right. */
  typed?: string
}

/** The page of a booking, with the form for who may still use it. */
const makeShow =
  ({ deps: { bookings, originOf }, pages }: StepsContext) =>
  async (req: Request, res: Response, { booking, status = 200, ...asked }: Asked): Promise<void> => {
    const shown = { ...asked, mayCorrect: bookings.mayCorrect(booking, originOf(req)) }
    showConfirmed(res, await pages.confirmed.confirmed(booking, speechOf(res), shown), status)
  }

/** Step 6, Conferma: the booking that was made, and a form for who sees only now that the address is wrong (C4). */
export function addConfirmedRoutes(router: Router, context: StepsContext): void {
  const { bookings, unitOfWork, originOf, secrets } = context.deps
  const path = pathOf('confirmed')
  const show = makeShow(context)

  /** What this browser has just booked; else it is led to the first step. */
  const made = async (req: Request, res: Response): Promise<Booking | null> => {
    const { done } = context.drafts.read(req)
    const booking = done && (await bookings.findById(done.bookingId))
    if (booking?.code) return booking
    res.redirect(303, pathOf('place'))
    return null
  }

  router.get(path, async (req, res) => {
    const booking = await made(req, res)
    if (!booking) return
    const isDone = req.query.fatto !== undefined && booking.linkTurn > 0
    await show(req, res, { booking, notice: isDone ? doneNotice(booking, speechOf(res)) : null })
  })

  router.post(path, async (req, res) => {
    const booking = await made(req, res)
    if (!booking) return
    const [speech, form] = [speechOf(res), readForm(contactForm, fieldsOf(req))]
    if (!form.ok) {
      const typed = valuesOf(req).email ?? ''
      return show(req, res, { booking, typed, errors: fieldErrors(form.faults, speech), status: 422 })
    }
    try {
      const command = { token: bookingToken(secrets, booking), contact: form.value, origin: originOf(req) }
      await unitOfWork.run((tx) => bookings.correctContact(tx, command))
      return res.redirect(303, `${path}?fatto`)
    } catch (error) {
      if (!(error instanceof AppError && TOLD.includes(error.code))) throw error
      const now = (await bookings.findById(booking.id)) ?? booking
      const notice = noticeView(error.details.sentence ?? error.code, speech)
      return show(req, res, { booking: now, typed: form.value.email, notice, status: statusOf(error) })
    }
  })
}

const doneNotice = ({ email }: Booking, { t }: Speech): NoticeView => ({
  kind: 'success',
  title: t('citizen.booking.contact.done.title'),
  text: t('citizen.booking.contact.done.text', { email: email ?? '' }),
})
