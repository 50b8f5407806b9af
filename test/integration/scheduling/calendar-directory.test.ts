import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'
import { forEachEngine } from '../../support/engines.js'
import { aCommand, addExampleSites, schedulingRoom } from './room.js'

describe('the plans in memory', () => {
  forEachEngine((engine) => {
    let database: TestDatabase
    let room: ReturnType<typeof schedulingRoom>
    before(async () => {
      database = await openTestDatabase(engine)
    })
    beforeEach(async () => {
      await database.clear()
      await addExampleSites(database)
      room = schedulingRoom(database)
      await room.save(aCommand())
      await room.save(aCommand({ siteId: 'magenta' }))
    })
    after(() => database.close())

    const planOf = (siteId = 'legnano', from = room) => from.directory.planOf(siteId, 'scelta-revoca')
    const planInUnit = () => database.unitOfWork.run((tx) => room.directory.planIn(tx, 'legnano', 'scelta-revoca'))

    it('are the same object until their own calendar changes, in a unit of work too', async () => {
      const [legnano, magenta] = [await planOf(), await planOf('magenta')]
      expect(await planOf()).to.equal(legnano)
      expect(await planInUnit()).to.equal(legnano)
      await room.save(aCommand({ horizonDays: 7 }))
      expect(await planOf()).to.deep.include({ horizonDays: 7 })
      expect(await planOf('magenta')).to.equal(magenta)
    })

    it('no calendar of the service at the site: none', async () => {
      expect(await room.directory.planOf('legnano', 'neonati')).to.equal(null)
      const found = database.unitOfWork.run((tx) => room.directory.planIn(tx, 'milano', 'scelta-revoca'))
      expect(await found).to.equal(null)
    })

    it('are read once by many who ask at once', async () => {
      const plans = await Promise.all(Array.from({ length: 20 }, () => planOf()))
      expect(new Set(plans).size).to.equal(1)
    })

    it('a unit of work sees its own change; undone, nobody else ever does', async () => {
      const before = await planOf()
      const undone = database.unitOfWork.run(async (tx) => {
        await room.saveInside(tx, aCommand({ horizonDays: 7 }))
        expect((await room.directory.planIn(tx, 'legnano', 'scelta-revoca'))?.horizonDays).to.equal(7)
        throw new Error('undone')
      })
      expect(await undone.catch((error: Error) => error.message)).to.equal('undone')
      await room.save(aCommand({ horizonDays: 9 }))
      expect((await planInUnit())?.horizonDays).to.equal(9)
      expect((await planOf())?.version).to.equal((before?.version ?? 0) + 1)
    })

    it('a calendar made anew under an old id is not taken for the old one', async () => {
      const old = await planOf()
      await room.remove({ siteId: 'legnano', calendarId: 'scelta-revoca', who: 'giulia' })
      expect(await planInUnit()).to.equal(null)
      await room.save(aCommand({ horizonDays: 8 }))
      expect((await planOf())?.version).not.to.equal(old?.version)
      expect((await planInUnit())?.horizonDays).to.equal(8)
    })

    it('twenty who book do not wait for each other', async () => {
      const began = performance.now()
      const plans = await Promise.all(Array.from({ length: 20 }, () => planInUnit()))
      expect(plans.every((plan) => plan?.siteId === 'legnano')).to.equal(true)
      expect(performance.now() - began).to.be.lessThan(2000)
    })

    if (engine.name === 'mariadb') {
      it('another instance sees a change at once when it books, within a second when it shows', async () => {
        const other = schedulingRoom(database)
        expect(await planOf('legnano', other)).to.deep.include({ horizonDays: 30 })
        await room.save(aCommand({ horizonDays: 7 }))
        const found = await database.unitOfWork.run((tx) => other.directory.planIn(tx, 'legnano', 'scelta-revoca'))
        expect(found?.horizonDays).to.equal(7)
        await sleep(1050)
        expect(await planOf('legnano', other)).to.deep.include({ horizonDays: 7 })
      })
    }
  })
})
