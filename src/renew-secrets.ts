import type { DataSource } from 'typeorm'
import { linksOfOld, renewSealed } from './bookings/index.js'
import type { Clock } from './kernel/clock.js'
import type { Log } from './platform/log.js'
import { accessOfOld, renewTotp } from './staff/index.js'
import type { House } from './platform/house.js'

type Deps = Pick<House, 'unitOfWork' | 'secrets'> & { dataSource: DataSource; clock: Clock; log: Log }

const LOST =
  'codici fiscali here were sealed with another APP_SECRET than APP_SECRET or APP_SECRET_OLD: they cannot be opened, their people not be recognised, and links in new mails would lead nowhere. Start with the right secret in APP_SECRET or APP_SECRET_OLD'
const NEEDED =
  'APP_SECRET_OLD is needed until the visits are over whose links were made with it, and staff of whom TOTP or recovery codes rest under it have signed in, or made new codes (/account)'
const NOT_NEEDED =
  'APP_SECRET_OLD may be left out from tomorrow on: nothing rests under it but numbers and answers of today'
const LEFT_OUT =
  'links of visits ahead were made with another APP_SECRET: those that people have still open, those in new mails would lead nowhere. Start with that secret in APP_SECRET_OLD until the visits are over'

/** Before anybody is let in: what rests under an earlier secret is sealed with today's, and what cannot be is said. */
export async function renewSecrets(deps: Deps): Promise<void> {
  const { secrets, log } = deps
  const { renewed, lost } = await renewSealed(deps)
  const totp = await renewTotp(deps)
  if (renewed + totp > 0) log.info({ bookings: renewed, totp }, 'sealed with the APP_SECRET of today')
  if (lost > 0) log.warn({ bookings: lost }, LOST)
  const [{ count, until }, access] = await Promise.all([linksOfOld(deps), accessOfOld(deps)])
  const rests = { links: count, until, ...access }
  const isNeeded = count + access.totp + access.recoveryCodes > 0
  if (secrets.all.length > 1) log.info(rests, isNeeded ? NEEDED : NOT_NEEDED)
  else if (count > 0) log.warn(rests, LEFT_OUT)
}
