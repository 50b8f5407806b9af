import type { Account } from '../../../src/access/account.js'
import { AccountStore } from '../../../src/access/account.store.js'
import { addDays } from '../../../src/kernel/local-day.js'
import type { TestApp } from '../../support/app.js'
import { aRule } from '../../support/builders.js'
import type { Answer } from '../../support/client.js'
import { at, tally } from '../../support/crowd.js'
import { type ClusterOptions, type GaleraNode, startCluster } from '../../support/galera.js'
import { browsersOf, nth, startInstances } from '../../support/instances.js'
import { openAccount, type StaffClient } from '../../support/staff.js'

/** How often each race is run: a few times in CI, many with CLUSTER_ROUNDS=20 (for more there are not days enough). */
export const ROUNDS = Number(process.env['CLUSTER_ROUNDS'] ?? 3)
export const rounds = Array.from({ length: ROUNDS }, (_, round) => round)

/** Working days without a holiday, 55 of them, from Monday 2027-01-11 on. */
export const DAYS = Array.from({ length: 55 }, (_, n) => addDays('2027-01-11', 7 * Math.floor(n / 5) + (n % 5)))

/** Starts of a grid: `08:30, 08:45 …`, so many minutes long. */
export const timesFrom = (first: string, slotMinutes: number, minutes: number): string[] =>
  Array.from({ length: Math.floor(minutes / slotMinutes) }, (_, n) => {
    const [hour = 0, minute = 0] = first.split(':').map(Number)
    const all = hour * 60 + minute + n * slotMinutes
    return [Math.floor(all / 60), all % 60].map((part) => String(part).padStart(2, '0')).join(':')
  })

const TIMES = timesFrom('08:30', 15, 240)

/** The n-th start that nobody has asked for yet, of 880; then from the beginning. */
export const startOf = (n: number): string => at(nth(TIMES, n), nth(DAYS, Math.floor(n / TIMES.length)))

/** Three instances on three nodes, one seat at each start of three sites, and an admin signed in at all of them. */
export interface Scene {
  nodes: GaleraNode[]
  apps: TestApp[]
  admins: StaffClient[]
  /** Sends requests to one instance after another, all at once. */
  everywhere(count: number, send: (app: TestApp, n: number) => Promise<Answer>): Promise<Answer[]>
  /** Changes accounts behind everybody's back. */
  accounts(change: { of: string[]; to: Partial<Account> }): Promise<void>
  byStaff(count: number, send: (client: StaffClient, n: number) => Promise<Answer>): Promise<Answer[]>
}

/** Declares the hooks that bring the scene up and down. */
export function onCluster(options: ClusterOptions, settings: Parameters<typeof startInstances>[2] = {}): Scene {
  const scene = {} as Scene
  before(async function () {
    this.timeout(120_000)
    const nodes = await startCluster(options)
    const apps = await startInstances(nodes, 'turno', settings)
    for (const siteId of ['legnano', 'magenta', 'cuggiono'])
      await nth(apps, 0).saveCalendar({ siteId, rules: [aRule({ seats: 1 })], horizonDays: 365 })
    const admins = await browsersOf(apps, await openAccount(nth(apps, 0), { role: 'admin' }))
    const atOnce =
      <S>(senders: readonly S[]) =>
      (count: number, send: (sender: S, n: number) => Promise<Answer>) =>
        Promise.all(Array.from({ length: count }, (_, n) => send(nth(senders, n), n)))
    const accounts: Scene['accounts'] = ({ of, to }) =>
      nth(apps, 0).unitOfWork.run(async ({ em }) => {
        for (const username of of) await new AccountStore(em).change(username, to)
      })
    Object.assign(scene, { accounts, nodes, apps, admins, everywhere: atOnce(apps), byStaff: atOnce(admins) })
  })
  beforeEach(function () {
    this.currentTest?.timeout(30_000 + ROUNDS * 5000)
  })
  after(async () => {
    await Promise.all((scene.apps ?? []).map((app) => app.close()))
    await Promise.all((scene.nodes ?? []).map((node) => node.remove()))
  })
  return scene
}

/** What each round came to, told apart: `{ '201 ×1, 409 slot-full ×11': 3 }`. */
export async function played(round: (round: number) => Promise<readonly Answer[]>): Promise<Record<string, number>> {
  const seen: Record<string, number> = {}
  for (const number of rounds) {
    const counts = Object.entries(tally(await round(number))).sort(([a], [b]) => (a < b ? -1 : 1))
    const line = counts.map(([answer, count]) => `${answer} ×${count}`).join(', ')
    seen[line] = (seen[line] ?? 0) + 1
  }
  return seen
}
