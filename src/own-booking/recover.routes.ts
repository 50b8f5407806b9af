import type { Router } from 'express'
import { RECOVERY_TAKES_MS, recoveryForm } from '../bookings/index.js'
import { evenly } from '../platform/even-time.js'
import { fieldsOf, readForm, valuesOf } from '../platform/pages/form.js'
import { page } from '../platform/pages/page.js'
import { speechOf } from '../platform/pages/speech.js'
import { type FieldError, fieldErrors, type NoticeView } from '../platform/pages/told.js'
import type { OwnBookingContext } from './own-booking-context.js'

/** views/citizen/recover.ejs: asks for the address, or says that it was asked; never whether anything was found. */
export interface RecoverPage {
  email: string
  errors: FieldError[]
  notice: NoticeView | null
}

const showRecover = page<RecoverPage>('citizen/recover')

/** «Ritrova la prenotazione» (C3): the same words, status and time, whatever is found. */
export function addRecoverRoutes(router: Router, { deps }: Pick<OwnBookingContext, 'deps'>): void {
  const { bookings, unitOfWork, limits } = deps
  const path = '/ritrova'
  router.get(path, (req, res) => {
    const { t } = speechOf(res)
    const notice: NoticeView = {
      kind: 'success',
      title: t('citizen.recover.sent.title'),
      text: t('citizen.recover.sent.text'),
    }
    showRecover(res, { email: '', errors: [], notice: req.query.fatto === undefined ? null : notice })
  })

  router.post(path, limits.perAsker('recover'), async (req, res) => {
    const read = readForm(recoveryForm, fieldsOf(req))
    if (!read.ok) {
      const errors = fieldErrors(read.faults, speechOf(res))
      return showRecover(res, { email: valuesOf(req).email ?? '', errors, notice: null }, 422)
    }
    await evenly(RECOVERY_TAKES_MS, () => unitOfWork.run((tx) => bookings.recoverBookings(tx, read.value)))
    // The address stays out of the way back: nobody's history shows whose mail it was (L1).
    res.redirect(303, `${path}?fatto`)
  })
}
