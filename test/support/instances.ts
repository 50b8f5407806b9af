import { startApp, type TestApp } from './app.js'
import type { GaleraNode } from './galera.js'
import { PASSWORD, StaffClient } from './staff.js'

/** One app on each node, all on the same database; started at once, the database still empty. */
export const startInstances = (
  nodes: readonly GaleraNode[],
  database: string,
  options: Parameters<typeof startApp>[1] = {},
): Promise<TestApp[]> =>
  Promise.all(
    nodes.map((node) => startApp({ name: 'mariadb', freshUrl: () => Promise.resolve(node.url(database)) }, options)),
  )

/** The n-th of a list, again from its beginning when it ends. */
export const nth = <T>(things: readonly T[], n: number): T => things[n % things.length] as T

/** One browser for each instance, all of one session that was begun at the first. */
export async function browsersOf(apps: readonly TestApp[], username: string): Promise<StaffClient[]> {
  const clients = apps.map(({ api }) => new StaffClient(api))
  const first = nth(clients, 0)
  const answer = await first.signIn(username, PASSWORD)
  if (answer.status !== 200) throw new Error(`sign-in: ${answer.status} ${JSON.stringify(answer.body)}`)
  const { cookie, csrfToken } = first
  for (const client of clients) Object.assign(client, { cookie, csrfToken, username })
  return clients
}
