import { expect } from 'chai'
import { addRows } from '../../../src/platform/db/rows.js'
import { together } from '../../../src/platform/db/together.js'
import { JobRunEntity } from '../../../src/platform/jobs/job-run.entity.js'
import { nth } from '../../support/instances.js'
import { describeWith } from '../../support/needs.js'
import { onCluster, ROUNDS } from './scene.js'

/** Long enough to have seen a dozen halves when a unit's statements go to a node in one piece. */
const SECONDS = 2 * Math.max(2, ROUNDS)
const PARTS = ['first', 'second', 'third']

describeWith('Galera', 'units of work that write the same row on three nodes (T52; docs/decisions/038)', () => {
  const scene = onCluster({ binaryLog: false })

  it('are there whole or not at all, and whole when they were acknowledged', async function () {
    this.timeout(60_000)
    const acknowledged: string[] = []
    const [dueAt, end] = [new Date('2026-11-24T08:00:00Z'), Date.now() + SECONDS * 1000]
    const workers = Array.from({ length: 12 }, async (_, worker) => {
      const { unitOfWork } = nth(scene.apps, worker)
      for (let n = 0; Date.now() < end; n++) {
        const name = `${worker}-${n}`
        const rows = PARTS.map((part) => ({ job: `${name} ${part}`, dueAt }))
        await unitOfWork
          .run(({ em, own }) => together([own('same'), ...rows.map((row) => addRows(em, JobRunEntity, row))]))
          .then(
            () => acknowledged.push(name),
            // Refused five times: then nothing of it may be there.
            () => undefined,
          )
      }
    })
    await Promise.all(workers)
    const jobs = await nth(scene.apps, 0).database.dataSource.manager.find(JobRunEntity, { where: { dueAt } })
    const parts = new Map(acknowledged.map((name) => [name, 0]))
    for (const { job } of jobs) {
      const name = job.split(' ')[0] as string
      parts.set(name, (parts.get(name) ?? 0) + 1)
    }
    expect([...parts].filter(([, count]) => count !== PARTS.length)).to.deep.equal([])
    expect(parts.size).to.equal(acknowledged.length).and.to.be.above(20)
  })
})
