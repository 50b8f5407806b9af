import type { DataSource } from 'typeorm'
import { linksOfOld, renewSealed } from './bookings/index.js'
import type { Clock } from './kernel/clock.js'
import type { Log } from './platform/log.js'
import { renewTotp } from './staff/index.js'
import type { House } from './house.js'

type Deps = Pick<House, 'unitOfWork' | 'secrets'> & { dataSource: DataSource; clock: Clock; log: Log }

const LOST =
  'codici fiscali here were sealed with another APP_SECRET than APP_SECRET or APP_SECRET_OLD: they cannot be opened, their people not be recognised, and links in new mails would lead nowhere. Start with the right secret in APP_SECRET or APP_SECRET_OLD'
const NEEDED = 'APP_SECRET_OLD is needed until the visits are over whose links were made with it'
const NOT_NEEDED =
  'no visit ahead needs APP_SECRET_OLD: from tomorrow on it may be left out, once those of staff who have recovery codes of before have made new ones (/account) and those with TOTP have signed in since'
const LEFT_OUT =
  'links of visits ahead were made with another APP_SECRET: those that people have still open, those in new mails would lead nowhere. Start with that secret in APP_SECRET_OLD until the visits are over'

/** Before anybody is let in: what rests under an earlier secret is sealed with today's, and what cannot be is said. */
export async function renewSecrets(deps: Deps): Promise<void> {
  const { secrets, log } = deps
  const { renewed, lost } = await renewSealed(deps)
  const totp = await renewTotp(deps)
  if (renewed + totp > 0) log.info({ bookings: renewed, totp }, 'sealed with the APP_SECRET of today')
  if (lost > 0) log.warn({ bookings: lost }, LOST)
  const { count, until } = await linksOfOld(deps)
  if (secrets.all.length === 1 && count > 0) log.warn({ links: count, until }, LEFT_OUT)
  if (secrets.all.length > 1) log.info({ links: count, until }, count > 0 ? NEEDED : NOT_NEEDED)
}
