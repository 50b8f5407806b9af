import { secretPage } from '../platform/pages/page-headers.js'
import type { Request, Response, Router } from 'express'
import type { Booking } from '../bookings/index.js'
import { AppError, notFound } from '../kernel/app-error.js'
import { check } from '../platform/http/check.js'
import { page } from '../platform/pages/page.js'
import { statusOf } from '../platform/http/problem.js'
import { qrCode } from '../platform/pages/qr.js'
import { languageLinks } from '../platform/pages/language-links.js'
import type { OwnBookingContext } from './own-booking-context.js'
import type { ManagePage, Opened } from './manage.pages.js'
import type { NoticeView } from '../platform/pages/told.js'
import { emptyForm, noticeView } from '../citizen/index.js'
import { fieldsOf } from '../platform/pages/form.js'
import { type Speech, speechOf } from '../platform/pages/speech.js'

const showManage = page<ManagePage>('citizen/manage')
const showCancel = page<ManagePage>('citizen/cancel')

/** Refusals that are told above the booking as it is now. */
const TOLD = ['too-late', 'state', 'mail-unread', 'slot-full', 'not-offered', 'already-booked', 'too-many-bookings']

type Found = (req: Request) => Promise<Opened>

/** @throws not-found for a forged token, the same as for an unknown one (L2) */
export const makeFound =
  ({ deps }: OwnBookingContext): Found =>
  async ({ params: { token } }) => {
    const link = String(token)
    const found = await deps.bookings.findByLink(link)
    if (!found) throw notFound()
    return { ...found, link }
  }

/** The page behind the mailed link (L1, L2): whatever is opened by GET changes nothing, only a person's POST does. */
export function addManageRoutes(router: Router, context: OwnBookingContext): void {
  const { pages } = context
  const found = makeFound(context)
  const path = '/prenotazione/:token'
  router.use(path, secretPage)

  router.get(path, async (req, res) => {
    const opened = await found(req)
    const speech = speechOf(res)
    const notice = doneNotice(opened.booking, req.query.fatto, speech)
    showManage(res, await pages.manage(opened, speech, notice))
  })

  router.get(`${path}/annulla`, async (req, res) => {
    const shown = await pages.manage(await found(req), speechOf(res), null)
    return shown.booking.mayCancel ? showCancel(res, shown) : res.redirect(303, shown.booking.path)
  })

  router.get(`${path}/qr.svg`, async (req, res) => {
    const { code } = (await found(req)).booking
    res.type('svg').send(await qrCode(code ?? ''))
  })

  router.get(`${path}/calendario.ics`, async (req, res) => {
    await found(req)
    res.redirect(302, `/api/v1/bookings/${String(req.params.token)}/calendar.ics`)
  })

  addCommands(router, context, found)
}

function addCommands(router: Router, { deps, pages }: OwnBookingContext, found: Found): void {
  const { bookings, unitOfWork, limits } = deps

  /** The booking as it is now, above it why nothing was done. */
  const refuse = async (req: Request, res: Response, error: unknown): Promise<void> => {
    if (!(error instanceof AppError && TOLD.includes(error.code))) throw error
    const speech = speechOf(res)
    const shown = await pages.manage(await found(req), speech, noticeView(error.code, speech))
    res.locals.languages = languageLinks(shown.booking.path, speech.lang)
    showManage(res, shown, statusOf(error))
  }

  router.post('/prenotazione/:token/annulla', limits.perAsker('write'), async (req, res) => {
    const opened = await found(req)
    check(emptyForm, fieldsOf(req))
    const token = opened.link
    if (opened.booking.status === 'cancelled') {
      const speech = speechOf(res)
      const shown = await pages.manage(opened, speech, doneWords('again', speech))
      res.locals.languages = languageLinks(shown.booking.path, speech.lang)
      return showManage(res, shown)
    }
    try {
      await unitOfWork.run((tx) => bookings.cancelBooking(tx, { token }))
      return res.redirect(303, `/prenotazione/${token}?fatto=annullata`)
    } catch (error) {
      return refuse(req, res, error)
    }
  })

  router.post('/prenotazione/:token/conferma', limits.perAsker('write'), async (req, res) => {
    await found(req)
    check(emptyForm, fieldsOf(req))
    const token = String(req.params.token)
    try {
      await unitOfWork.run((tx) => bookings.confirmBooking(tx, { token }))
      return res.redirect(303, `/prenotazione/${token}?fatto=confermata`)
    } catch (error) {
      return refuse(req, res, error)
    }
  })
}

const doneWords = (what: 'moved' | 'confirmed' | 'cancelled' | 'again', { t }: Speech): NoticeView => ({
  kind: 'success',
  title: t(`citizen.booking.done.${what}.title`),
  text: t(`citizen.booking.done.${what}.text`),
})

/** What has just been done, said only when the booking agrees: an address proves nothing. */
function doneNotice({ status, sequence }: Booking, asked: unknown, speech: Speech): NoticeView | null {
  if (asked === 'annullata' && status === 'cancelled') return doneWords('cancelled', speech)
  if (asked === 'confermata' && status === 'confirmed') return doneWords('confirmed', speech)
  if (asked === 'spostata' && status === 'confirmed' && sequence > 0) return doneWords('moved', speech)
  return null
}
