import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { systemClock } from '../kernel/clock.js'
import { lockDataDir } from '../platform/db/data-lock.js'
import { migrate } from '../platform/db/migrate.js'
import { UnitOfWork } from '../platform/db/unit-of-work.js'
import { EventBus } from '../platform/events.js'
import { loadExamples } from '../example-data.js'
import { withHouse } from './open-house.js'

/** `npm run demo:reset`: throws everything away, mails included, and loads the example sites anew. Never in production. */
await withHouse(
  process.env,
  async ({ config, dataSource, log }) => {
    await dataSource.dropDatabase()
    await migrate(dataSource)
    const events = new EventBus(log)
    await loadExamples({ dataSource, unitOfWork: new UnitOfWork(dataSource), clock: systemClock, events })
    rmSync(join(config.dataDir, 'mail'), { recursive: true, force: true })
    return 'The demo is as new.'
  },
  ({ production, databaseUrl, dataDir }) => {
    if (production) throw new Error('demo:reset deletes all data and is refused in production.')
    if (databaseUrl === null) lockDataDir(dataDir)
  },
)
