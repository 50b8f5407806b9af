import { migrate } from '../platform/db/migrate.js'
import { withHouse } from './open-house.js'

/** `npm run migrate`: brings the tables up to date without starting the app. */
await withHouse(process.env, async ({ dataSource }) => {
  const done = await migrate(dataSource)
  return done.length === 0 ? 'The database is up to date.' : `Done: ${done.join(', ')}`
})
