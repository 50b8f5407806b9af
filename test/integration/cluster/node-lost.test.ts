import { expect } from 'chai'
import { WriteProbeEntity } from '../../../src/platform/db/write-probe.entity.js'
import type { TestApp } from '../../support/app.js'
import { aRule } from '../../support/builders.js'
import { bodyOf, expectOrder } from '../../support/crowd.js'
import type { GaleraNode } from '../../support/galera.js'
import { nth } from '../../support/instances.js'
import { describeWith } from '../../support/needs.js'
import { sleep } from '../../support/servers.js'
import { Crowd, SLOT_MINUTES } from './crowd-of-a-cluster.js'
import { onCluster } from './scene.js'

/** With CLUSTER_LONG=1 nodes wait for each other as long as Galera itself says, and people go on coming. */
const LONG = process.env['CLUSTER_LONG'] !== undefined
const [TIMES, QUIET_MS, OUT_MS] = LONG ? [5, 5000, 12_000] : [1, 1000, 4000]
const QUICK = [
  'evs.keepalive_period=PT0.5S',
  'evs.inactive_check_period=PT0.2S',
  'evs.suspect_timeout=PT2S',
  'evs.inactive_timeout=PT4S',
].join(';')
const PEOPLE = 12

/** contract.md: an answer when the database hangs, and the readiness when it does not write. */
const [DEADLINE_MS, READINESS_MS] = [10_000, 2500]

describeWith('Galera', 'a node that is lost while people book through three instances (T52)', () => {
  const scene = onCluster({ binaryLog: false, ...(LONG ? {} : { provider: QUICK }) })
  const [A, B, C] = [0, 1, 2]
  const node = (n: number): GaleraNode => nth(scene.nodes, n)
  const app = (n: number): TestApp => nth(scene.apps, n)
  before(async () => {
    for (const siteId of ['legnano', 'magenta', 'cuggiono'])
      await app(A).saveCalendar({ siteId, rules: [aRule({ seats: 1, slotMinutes: SLOT_MINUTES })], horizonDays: 365 })
  })
  beforeEach(function () {
    this.currentTest?.timeout(120_000)
  })

  const readiness = async (n: number) => (await fetch(`${app(n).url}/readyz`)).status
  const becomes = async (n: number, status: number, withinMs: number) => {
    const startedMs = performance.now()
    while ((await readiness(n)) !== status)
      if (performance.now() - startedMs > withinMs) throw new Error(`/readyz was not ${status} in ${withinMs} ms`)
      else await sleep(100)
  }

  /** Twelve people book without a pause while `lose` and `find` happen to node B. */
  const bookedMeanwhile = async (lose: () => unknown, find: () => unknown) => {
    const crowd = new Crowd(scene.apps)
    crowd.begin(PEOPLE)
    await sleep(QUIET_MS)
    await lose()
    await becomes(B, 503, READINESS_MS)
    await sleep(OUT_MS)
    expect([await readiness(A), await readiness(C)], 'the others work on').to.deep.equal([200, 200])
    await find()
    await becomes(B, 200, 20_000)
    await sleep(QUIET_MS)
    return crowd.end()
  }

  for (let round = 1; round <= TIMES; round++) {
    const ways = {
      killed: [() => node(B).kill(), () => node(B).rejoin([node(A), node(C)])],
      frozen: [() => node(B).freeze(), () => node(B).thaw()],
    } as const
    for (const [how, [lose, find]] of Object.entries(ways))
      it(`${how} (${round}): nobody is told 500, nothing acknowledged is lost, K1 and K5 hold`, async () => {
        const told = await bookedMeanwhile(lose, find)
        expect(told.faults).to.deep.equal([])
        expect(told.longestMs).to.be.below(DEADLINE_MS)
        const { '0: 201': atA = 0, '1: 503': sentAway = 0, '1: 201': atB = 0 } = told.counts
        expect(Math.min(atA, sentAway, atB), JSON.stringify(told.counts)).to.be.above(0)
        for (const one of scene.apps) expect(await missing(one, told.tokens)).to.deep.equal([])
        await expectOrder(app(A))
      })
  }

  it('without a majority it does nothing by halves (1047), says so, and comes back by itself', async () => {
    const half = { instance: 4242, writtenAt: new Date() }
    let isAlone = (): void => undefined
    const alone = new Promise<void>((resolve) => {
      isAlone = resolve
    })
    const units = Array.from({ length: 6 }, (_, n) =>
      app(A)
        .unitOfWork.run(async ({ em }) => {
          await em.insert(WriteProbeEntity, { ...half, instance: half.instance + n })
          await alone
          await em.find(WriteProbeEntity)
        })
        .catch((error: Error) => error.message),
    )
    for (const n of [B, C]) node(n).freeze()
    await becomes(A, 503, 20_000)
    while ((await node(A).status('wsrep_ready')) !== 'OFF') await sleep(100)
    isAlone()
    for (const said of await Promise.all(units)) expect(said).to.be.oneOf(['database-away', 'database-busy'])
    const asked = performance.now()
    const { status, headers } = await app(A).api.post('/bookings', bodyOf(49_000))
    expect([status, headers.get('retry-after')]).to.deep.equal([503, '2'])
    expect(performance.now() - asked).to.be.below(READINESS_MS)
    for (const n of [B, C]) node(n).thaw()
    for (const n of [A, B, C]) await becomes(n, 200, 20_000)
    // Through every connection that there is.
    await Promise.all(
      Array.from({ length: 30 }, () => app(A).unitOfWork.run(({ em }) => em.query('SELECT SLEEP(0.05)'))),
    )
    const halves = await app(A).database.dataSource.manager.findBy(WriteProbeEntity, { writtenAt: half.writtenAt })
    expect(halves).to.deep.equal([])
  })
})

/** Of the acknowledged bookings those that an instance does not know. */
async function missing({ api }: TestApp, tokens: readonly string[]): Promise<number[]> {
  const statuses: number[] = []
  for (let from = 0; from < tokens.length; from += 10) {
    const answers = await Promise.all(tokens.slice(from, from + 10).map((token) => api.get(`/bookings/${token}`)))
    statuses.push(...answers.map(({ status }) => status))
  }
  return statuses.filter((status) => status !== 200)
}
