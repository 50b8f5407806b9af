import { recordChange } from '../audit/index.js'
import { systemClock } from '../kernel/clock.js'
import { UnitOfWork } from '../platform/db/unit-of-work.js'
import { type HeldMail, heldMail, releaseMail } from '../platform/restore/held-mail.js'
import { withHouse } from './open-house.js'

const USAGE = 'npm run mail -- show | send | drop [KIND…]'

/** `npm run mail`: what waits since a backup was restored, and the word that lets it go or throws it away. */
const [verb = 'show', ...kinds] = process.argv.slice(2)

await withHouse(
  process.env,
  async ({ dataSource }) => {
    if (verb === 'show') return said(await heldMail(dataSource.manager))
    const action = verb === 'send' ? 'send' : 'drop'
    const release = { action, kinds: kinds.length > 0 ? kinds : null, until: null } as const
    const unitOfWork = new UnitOfWork(dataSource)
    const dropped = await unitOfWork
      .run(async (tx) => {
        const count = await releaseMail(tx, release)
        const change = { what: `${action}-held-mail`, subjectKind: 'mail', subjectId: 'held' } as const
        const to = JSON.stringify({ kinds, dropped: count })
        await recordChange(tx, { at: systemClock(), who: 'command', ...change, to })
        return count
      })
      .catch((error: unknown) => {
        throw error instanceof Error && error.message === 'mail-not-held' ? new Error('No mail is held.') : error
      })
    return `Dropped: ${dropped}. ${said(await heldMail(dataSource.manager))}`
  },
  () => {
    if (!['show', 'send', 'drop'].includes(verb) || (verb !== 'drop' && kinds.length > 0)) throw new Error(USAGE)
  },
)

function said({ since, kinds: held }: HeldMail): string {
  if (!since) return 'Mail leaves as it should; nothing is held.'
  const lines = held.map(
    ({ kind, count, fromBackup, oldestAt, newestAt }) =>
      `  ${kind}: ${count}, of these ${fromBackup} from the backup; ${oldestAt.toISOString()} – ${newestAt.toISOString()}`,
  )
  const head = `Mail is held since ${since.toISOString()}. ${held.length === 0 ? 'Nothing waits.' : 'What waits:'}`
  return [head, ...lines, `Let it go or throw away what came with the backup: ${USAGE}`].join('\n')
}
