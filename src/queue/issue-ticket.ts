import { type AppError, notAllowed } from '../kernel/app-error.js'
import { zonedIso } from '../kernel/local-day.js'
import type { QueueUnit } from '../counters/index.js'
import type { Tx } from '../platform/db/tx.js'
import type { Service, SiteService } from '../sites/index.js'
import { addTicket } from './add-ticket.js'
import { newbornFault } from './newborn-code.js'
import type { QueueDeps } from './queue-deps.js'
import type { Ticket } from './ticket.js'
import { reasonOf, siteDay } from './ticket-changes.js'
import { openToday } from './today.js'
import { quotaReached, windowNow } from './walk-ins-now.js'

export interface WalkInCommand {
  siteId: string
  serviceId: string
  /** As typed or scanned; checked, never stored (W4). */
  newbornTaxCode: string | null
  isSenior: boolean
  /** Granted by staff, with the reason (Q1). */
  urgent: { reason: string } | null
  /** Staff admits outside the window or above the quota, with the reason (W3). */
  override: { reason: string } | null
  who: string
}

/**
 * Draws a number for somebody without a booking (W2–W4).
 * @throws not-found `unknown-site`; not-allowed `not-offered`, `outside-window` with `opensAt`, `quota-reached`,
 * `newborn-tax-code-required`, `not-a-newborn`, `invalid`
 */
export const makeIssueTicket =
  (deps: QueueDeps) =>
  async (tx: Tx, command: WalkInCommand): Promise<Ticket> => {
    const { siteId, serviceId, urgent, override, who } = command
    const unit = await openToday(tx, deps, siteId)
    const offer = (await unit.offers()).find((each) => each.serviceId === serviceId)
    if (!offer) throw notAllowed('not-offered')
    const service = await deps.directory.service(serviceId)
    const no = override ? null : ((await windowFault(deps, unit, offer)) ?? (await quotaFault(unit, offer)))
    if (no) throw no
    const unfit = service.lane === 'N' ? newbornFault(command.newbornTaxCode, unit.today) : null
    if (unfit) throw unfit
    const urgentReason = urgent && (await reasonOf(unit, urgent.reason))
    const ticket = {
      lane: walkInLane(service),
      serviceId,
      isSenior: command.isSenior,
      urgentAt: urgent ? unit.now : null,
      urgentReason,
    }
    const reasons = [urgentReason && `urgent: ${urgentReason}`, override && `override: ${override.reason}`].filter(
      Boolean,
    )
    return addTicket(unit, deps, { ticket, who, what: 'issue-ticket', reason: reasons.join('; ') || null })
  }

/** W2: lane P is of people with a booking; without one they are other direct access. */
const walkInLane = ({ lane }: Service): Service['lane'] => (lane === 'P' ? 'D' : lane)

async function windowFault(deps: QueueDeps, unit: QueueUnit, offer: SiteService): Promise<AppError | null> {
  const { site, now } = unit
  const { isOpen, opensAt } = await windowNow(deps, { site, now, offers: await unit.offers() }, offer)
  return isOpen ? null : notAllowed('outside-window', { opensAt: opensAt && zonedIso(opensAt, site.timeZone) })
}

const quotaFault = async (unit: QueueUnit, offer: SiteService): Promise<AppError | null> =>
  (await quotaReached(unit.tx.em, siteDay(unit), offer)) ? notAllowed('quota-reached') : null
