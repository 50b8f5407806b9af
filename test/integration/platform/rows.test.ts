import { expect } from 'chai'
import { QueueVersionEntity } from '../../../src/counters/counter.entity.js'
import { isDuplicate } from '../../../src/platform/db/db-errors.js'
import { addRows, updateRows } from '../../../src/platform/db/rows.js'
import type { Tx } from '../../../src/platform/db/tx.js'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'
import { forEachEngine } from '../../support/engines.js'

const queue = (siteId: string, part: Partial<QueueVersionEntity> = {}): QueueVersionEntity => ({
  siteId,
  version: 1,
  onDay: '2026-11-24',
  endedAt: null,
  ...part,
})

describe('rows that a unit of work writes (T10)', () => {
  forEachEngine((engine) => {
    let database: TestDatabase
    before(async () => {
      database = await openTestDatabase(engine)
    })
    beforeEach(async () => {
      await database.clear()
      await inUnit(({ em }) => addRows(em, QueueVersionEntity, [queue('one'), queue('two', { version: 5 })]))
    })
    after(() => database.close())

    const inUnit = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => database.unitOfWork.run(work)
    const versions = async () =>
      (await database.dataSource.manager.find(QueueVersionEntity, { order: { siteId: 'ASC' } })).map(
        ({ siteId, version }) => `${siteId} ${version}`,
      )

    it('are added together or not at all, and what was handed in stays as it was', async () => {
      const handedIn = queue('three')
      await inUnit(({ em }) => addRows(em, QueueVersionEntity, handedIn))
      expect(handedIn).to.deep.equal(queue('three'))
      const refused = await inUnit(({ em }) => addRows(em, QueueVersionEntity, [queue('four'), queue('one')])).catch(
        (error: unknown) => error,
      )
      expect(isDuplicate(refused)).to.equal(true)
      expect(await versions()).to.deep.equal(['one 1', 'three 1', 'two 5'])
    })

    it('are changed while they are as they were read: who comes second meets none', async () => {
      const grow = () =>
        inUnit(({ em }) =>
          updateRows(em, QueueVersionEntity, { set: { version: 2 }, where: { siteId: 'one', version: 1 } }),
        )
      expect([await grow(), await grow()]).to.deep.equal([1, 0])
      expect(await versions()).to.deep.equal(['one 2', 'two 5'])
    })

    it('count by themselves, and are chosen by a condition too', async () => {
      const set = { version: () => 'version + 1' }
      const where = 'version < :most'
      const met = await inUnit(({ em }) => updateRows(em, QueueVersionEntity, { set, where, values: { most: 9 } }))
      expect(met).to.equal(2)
      expect(await versions()).to.deep.equal(['one 2', 'two 6'])
    })

    it('are not all changed by mistake: null equals nothing, and no field at all is refused', async () => {
      const set = { version: 9 }
      expect(await inUnit(({ em }) => updateRows(em, QueueVersionEntity, { set, where: { endedAt: null } }))).to.equal(
        0,
      )
      const refused = await inUnit(({ em }) => updateRows(em, QueueVersionEntity, { set, where: {} })).catch(
        (error: unknown) => error,
      )
      expect(refused).to.be.instanceOf(Error).with.property('message').that.includes('which rows')
      expect(await versions()).to.deep.equal(['one 1', 'two 5'])
    })
  })
})
