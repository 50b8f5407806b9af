import { type AppError, notAllowed } from '../kernel/app-error.js'
import { zonedIso } from '../kernel/local-day.js'
import { openQueue, type QueueUnit } from '../counters/index.js'
import type { Tx } from '../platform/db/tx.js'
import type { CalendarPlan } from '../scheduling/index.js'
import type { Service, SiteService } from '../sites/index.js'
import { addTicket } from './issue-ticket.js'
import { newbornFault } from './newborn-code.js'
import type { QueueDeps } from './queue-deps.js'
import type { Ticket } from './ticket.js'
import { siteDay } from './ticket-changes.js'
import { TicketStore } from './ticket.store.js'
import { walkInNow } from './walk-in-window.js'

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
    const unit = await openQueue(tx, deps, siteId)
    const offer = await deps.directory.offer(siteId, serviceId)
    if (!offer) throw notAllowed('not-offered')
    const service = await deps.directory.service(serviceId)
    const no = override ? null : ((await windowFault(deps, unit, offer)) ?? (await quotaFault(unit, offer)))
    if (no) throw no
    const unfit = service.lane === 'N' ? newbornFault(command.newbornTaxCode, unit.today) : null
    if (unfit) throw unfit
    const ticket = {
      lane: walkInLane(service),
      serviceId,
      isSenior: command.isSenior,
      urgentAt: urgent ? unit.now : null,
    }
    const reasons = [urgent && `urgent: ${urgent.reason}`, override && `override: ${override.reason}`].filter(Boolean)
    return addTicket(unit, deps.secrets, { ticket, who, what: 'issue-ticket', reason: reasons.join('; ') || null })
  }

/** W2: lane P is of people with a booking; without one they are other direct access. */
const walkInLane = ({ lane }: Service): Service['lane'] => (lane === 'P' ? 'D' : lane)

async function windowFault(deps: QueueDeps, { site, now }: QueueUnit, offer: SiteService): Promise<AppError | null> {
  const { walkInFrom: from, walkInTo: to } = offer
  const { timeZone, openOnHolidays } = site
  const window = from !== null && to !== null ? { from, to } : null
  const plans = await plansOf(deps, site.id)
  const { isOpen, opensAt } = walkInNow({ window, timeZone, plans, openOnHolidays }, now)
  return isOpen ? null : notAllowed('outside-window', { opensAt: opensAt && zonedIso(opensAt, timeZone) })
}

async function plansOf({ directory, calendars }: QueueDeps, siteId: string): Promise<CalendarPlan[]> {
  const plans = new Set<CalendarPlan>()
  for (const offer of (await directory.all()).offers) {
    const plan = offer.siteId === siteId ? await calendars.planOf(siteId, offer.serviceId) : null
    if (plan) plans.add(plan)
  }
  return [...plans]
}

async function quotaFault(unit: QueueUnit, { serviceId, dailyQuota }: SiteService): Promise<AppError | null> {
  if (dailyQuota === null) return null
  const admitted = await new TicketStore(unit.tx.em).countWalkIns(siteDay(unit), serviceId)
  return admitted < dailyQuota ? null : notAllowed('quota-reached')
}
