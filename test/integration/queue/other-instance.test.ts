import { expect } from 'chai'
import type { SiteService } from '../../../src/sites/index.js'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'
import { forEachEngine } from '../../support/engines.js'
import { queueRoom, type QueueRoom, refusalOf } from './room.js'

forEachEngine((engine) => {
  describe('how a site offers a service, changed at another instance', function () {
    this.timeout(60_000)
    let database: TestDatabase
    let room: QueueRoom
    let other: QueueRoom
    before(async () => {
      database = await openTestDatabase(engine)
    })
    beforeEach(async () => {
      await database.clear()
      room = await queueRoom(database)
      other = await queueRoom(database)
      await room.list() // in its memory
    })
    after(() => database.close())

    const change = (to: Partial<SiteService>, serviceId = 'accesso-diretto', at = other) =>
      database.unitOfWork.run((tx) => at.inTx.changeService(tx, { siteId: 'legnano', serviceId, to, who: 'giulia' }))
    const audits = async () => (await database.contents())['audit_record']?.length

    it('holds at once for who comes: quota, window, and for the kiosk that asks (W3)', async () => {
      await room.issue()
      await change({ dailyQuota: 1 })
      expect(await refusalOf(room.issue())).to.equal('not-allowed quota-reached')
      const shown = async () =>
        (await room.inTx.walkInsNow('legnano')).services.find(({ id }) => id === 'accesso-diretto')?.reason
      expect(await shown()).to.equal('quota-reached')
      await change({ dailyQuota: null, walkInFrom: '10:00', walkInTo: '11:00' })
      expect(await refusalOf(room.issue())).to.equal('not-allowed outside-window')
      expect(await shown()).to.equal('outside-window')
    })

    it('holds at once for the order: next, the list and who is called by hand (Q1, Q2)', async () => {
      const [young, old] = [await room.issue(), await room.issue({ isSenior: true })]
      room.clock.advanceMinutes(20)
      const list = async () => (await room.list()).waiting.map((each) => `${each.number} ${each.class}`)
      expect(await list()).to.deep.equal(['D001 walk-in', 'D002 walk-in'])
      await change({ seniorFirst: true })
      expect(await list()).to.deep.equal(['D002 walk-in', 'D001 not-preferred'])
      await room.open()
      await room.open('legnano-2')
      expect((await room.next()).ticket?.id).to.equal(old.id)
      await change({ maxWaitMinutes: 15 })
      await room.call(young.id, 'legnano-2')
      const { ticket_call: calls } = await database.contents()
      const classes = (calls as Record<string, string>[]).map((row) => row['row_queue_class'])
      expect(classes).to.have.members(['walk-in', 'max-wait'])
    })

    it('makes one version of the queue, told; what changes nothing makes none, and no audit record', async () => {
      await change({ dailyQuota: 5 })
      expect(other.versions).to.deep.equal([1])
      const before = await audits()
      for (const to of [{}, { dailyQuota: 5 }, { seniorFirst: false, dailyQuota: 5 }])
        expect(await change(to)).to.include({ serviceId: 'accesso-diretto', dailyQuota: 5 })
      expect([other.versions, await audits()]).to.deep.equal([[1], before])
      expect((await room.board()).version).to.equal(1)
      expect(await refusalOf(change({}, 'dentista'))).to.equal('not-found unknown-service')
    })

    it('leaves an audit record from → to (A3)', async () => {
      await change({ dailyQuota: 5, seniorFirst: false })
      const rows = (await database.contents())['audit_record'] as Record<string, string>[]
      const row = rows.find((each) => each['row_what'] === 'change-offer')
      expect([row?.['row_from_state'], row?.['row_to_state']]).to.deep.equal([
        '{"dailyQuota":null}',
        '{"dailyQuota":5}',
      ])
    })
  })
})
