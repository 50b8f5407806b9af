import Joi from 'joi'
import { PRESENT_STATE } from '../platform/mail/recipients.store.js'
import { BOOKING_MAILS } from '../bookings/index.js'

export interface ReleaseBody {
  action: 'send' | 'drop'
  kinds?: string[]
  until?: string
}

/** `send` lets everything go: who names some kinds, or a time, means something else. */
const ofDrop = { is: 'drop', otherwise: Joi.forbidden() }

export const releaseBody = Joi.object<ReleaseBody>({
  action: Joi.valid('send', 'drop').required(),
  kinds: Joi.array()
    .items(Joi.valid(...BOOKING_MAILS, PRESENT_STATE))
    .min(1)
    .when('action', ofDrop),
  until: Joi.string().isoDate().when('action', ofDrop),
})
