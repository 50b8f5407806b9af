import Joi from 'joi'
import { PRESENT_STATE } from '../platform/mail/recipients.store.js'
import { NOTICE_KINDS } from './notice.js'

export interface ReleaseBody {
  action: 'send' | 'drop'
  kinds?: string[]
  until?: string
}

export const releaseBody = Joi.object<ReleaseBody>({
  action: Joi.valid('send', 'drop').required(),
  kinds: Joi.array()
    .items(Joi.valid(...NOTICE_KINDS, PRESENT_STATE))
    .min(1),
  until: Joi.string().isoDate(),
})
