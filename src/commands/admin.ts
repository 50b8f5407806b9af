import { systemClock } from '../kernel/clock.js'
import { ownSecret } from '../platform/app-secret.js'
import { migrate } from '../platform/db/migrate.js'
import { UnitOfWork } from '../platform/db/unit-of-work.js'
import { makeSecrets } from '../platform/secrets.js'
import { isUsername, makeAnotherAdmin } from '../staff/index.js'
import { withHouse } from './open-house.js'

/** `npm run admin -- create NAME`: opens an admin's account and prints its one-time password. */
const [verb, name = ''] = process.argv.slice(2)
const username = name.toLowerCase()

await withHouse(
  process.env,
  async ({ config, dataSource }) => {
    await migrate(dataSource)
    const secrets = makeSecrets(config.appSecret ?? ownSecret(config.dataDir), config.appSecretOld)
    const deps = {
      dataSource,
      unitOfWork: new UnitOfWork(dataSource),
      clock: systemClock,
      secrets,
      siteIds: async () => [],
    }
    const password = await makeAnotherAdmin(deps, username).catch((error: unknown) => {
      throw error instanceof Error && error.message === 'username-taken'
        ? new Error(`There is an account ${username} already.`)
        : error
    })
    return `Admin ${username}, one-time password: ${password}\nIt must be changed at the first sign-in.`
  },
  () => {
    if (verb !== 'create') throw new Error('Say what to do: npm run admin -- create NAME')
    if (!isUsername(username))
      throw new Error('NAME: 1–60 letters, digits, dots, hyphens, underscores or @, starting with a letter or digit.')
  },
)
