import { recordChange } from '../audit/index.js'
import type { Tx } from '../platform/db/tx.js'
import { type Actor, actorName, DeviceStore } from '../access/index.js'
import type { StaffDeps } from './staff-deps.js'

interface PrinterCommand {
  siteId: string
  works: boolean
  /** A kiosk speaks of itself; staff has put paper into every kiosk of the site. */
  actor: Actor
}

/** Notes that tickets do not come out, or do again; what is known already changes nothing. */
export const makeTellPrinter =
  ({ clock }: StaffDeps) =>
  async (tx: Tx, { siteId, works, actor }: PrinterCommand): Promise<void> => {
    const at = clock()
    const id = actor.kind === 'kiosk' ? actor.deviceId : null
    if (id === null && !works) return
    const isNews = await new DeviceStore(tx.em).notePrinter({ siteId, id }, works ? null : at)
    if (!isNews) return
    const what = works ? 'printer-works' : 'printer-failed'
    await recordChange(tx, { at, who: actorName(actor), what, subjectKind: 'device', subjectId: id ?? siteId })
  }
