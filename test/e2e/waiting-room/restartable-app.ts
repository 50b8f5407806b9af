import { startApp, type TestApp } from '../../support/app.js'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'
import { SQLITE } from '../../support/engines.js'
import { freePort } from '../../support/servers.js'
import { at } from '../../integration/queue/room.js'

/** A server that may be stopped and started again at the same address, on the same data; its clock stands at 9:00. */
export async function restartableApp(): Promise<{ database: TestDatabase; start: () => Promise<TestApp> }> {
  const database = await openTestDatabase(SQLITE)
  const PORT = `${await freePort()}`
  const settings = { PORT, BASE_URL: `http://127.0.0.1:${PORT}` }
  return { database, start: () => startApp(SQLITE, { database, now: at('09:00'), settings }) }
}
