import { notAllowed } from '../kernel/app-error.js'
import type { Tx } from '../platform/db/tx.js'
import { MatterStore } from '../matters/index.js'

/** Ways only advise: any matter that is listed may be booked. @throws not-allowed at `matter` for one that is not (M1) */
export async function assertKnownMatter(tx: Tx, matter: string): Promise<void> {
  if (await new MatterStore(tx.em).has(matter)) return
  throw notAllowed('invalid', { errors: [{ field: 'matter', code: 'unknown-matter' }] })
}
