import { expect } from 'chai'
import { AppError } from '../../../src/kernel/app-error.js'
import { offeredSlots } from '../../../src/recurrence/index.js'
import type { AddClosureCommand } from '../../../src/scheduling/add-closure.js'
import type { AddOpeningCommand } from '../../../src/scheduling/add-opening.js'
import { ServiceEntity } from '../../../src/sites/index.js'
import { aWindow, THE_DAY } from '../../support/builders.js'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'
import { forEachEngine } from '../../support/engines.js'
import { aCommand, addExampleSites, schedulingRoom } from './room.js'

const aClosing = (part: Partial<AddClosureCommand> = {}): AddClosureCommand => ({
  siteId: 'legnano',
  calendarId: 'scelta-revoca',
  range: { fromOn: THE_DAY, toOn: '2026-11-25' },
  reason: 'Assemblea del personale',
  isPublic: true,
  who: 'giulia',
  ...part,
})
const anOpening = (part: Partial<AddOpeningCommand> = {}): AddOpeningCommand => ({
  siteId: 'legnano',
  calendarId: 'scelta-revoca',
  day: THE_DAY,
  windows: [aWindow()],
  who: 'giulia',
  ...part,
})
const codeOf = async (promise: Promise<unknown>) => {
  const error = await promise.catch((reason: unknown) => reason)
  return error instanceof AppError ? `${error.code} ${error.details.errors?.[0]?.field ?? ''}`.trim() : error
}

describe('closures and special openings, kept', () => {
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
      await database.unitOfWork.run(({ em }) => em.update(ServiceEntity, { id: 'neonati' }, { bookable: true }))
      await room.save(aCommand({ calendarId: 'neonati', serviceIds: ['neonati'] }))
      await room.save(aCommand({ siteId: 'magenta' }))
      room.changed.length = 0
    })
    after(() => database.close())

    const planOf = async (siteId = 'legnano', serviceId = 'scelta-revoca') => {
      const plan = await room.directory.planOf(siteId, serviceId)
      if (!plan) throw new Error('no such plan')
      return plan
    }
    const slotsOn = async (day: string, serviceId = 'scelta-revoca', siteId = 'legnano') =>
      offeredSlots(await planOf(siteId, serviceId), day).slots.length

    it('S5: a closed calendar offers nothing on those days, the others do; removing the closure gives them back', async () => {
      const { version } = await planOf()
      const closure = await room.close(aClosing())
      expect([await slotsOn(THE_DAY), await slotsOn('2026-11-25'), await slotsOn(THE_DAY, 'neonati')]).to.deep.equal([
        0, 16, 16,
      ])
      expect((await planOf()).version).to.equal(version + 1)
      await room.reopen({ siteId: 'legnano', closureId: closure.id, who: 'giulia' })
      expect([await slotsOn(THE_DAY), (await planOf()).version]).to.deep.equal([16, version + 2])
      expect(room.changed).to.deep.equal(['legnano/scelta-revoca', 'legnano/scelta-revoca'])
    })

    it('S5: a closed site closes each of its calendars under a new version, and no other site', async () => {
      const versions = [await planOf(), await planOf('legnano', 'neonati'), await planOf('magenta')].map(
        ({ version }) => version,
      )
      await room.close(aClosing({ calendarId: null }))
      const after = [await planOf(), await planOf('legnano', 'neonati'), await planOf('magenta')].map(
        ({ version }) => version,
      )
      expect(after.map((version, index) => version - (versions[index] ?? 0))).to.deep.equal([1, 1, 0])
      expect([
        await slotsOn(THE_DAY),
        await slotsOn(THE_DAY, 'neonati'),
        await slotsOn(THE_DAY, 'scelta-revoca', 'magenta'),
      ]).to.deep.equal([0, 0, 16])
      expect([...room.changed].sort()).to.deep.equal(['legnano/neonati', 'legnano/scelta-revoca'])
    })

    it('S5: a closure of hours keeps its instants to the millisecond', async () => {
      const range = { fromAt: new Date('2026-11-24T08:00:00.001Z'), toAt: new Date('2026-11-24T09:00:00.000Z') }
      const closure = await room.close(aClosing({ range, isPublic: false }))
      expect((await planOf()).closures[0]).to.deep.include({ ...closure, ...range, fromOn: null, isPublic: false })
      expect(await slotsOn(THE_DAY)).to.equal(12)
    })

    it('S5: a special opening replaces the rules of its day; removing it gives them back', async () => {
      const opening = await room.open(anOpening())
      expect([await slotsOn(THE_DAY), await slotsOn('2026-11-25'), await slotsOn(THE_DAY, 'neonati')]).to.deep.equal([
        4, 16, 16,
      ])
      expect((await planOf()).openings.map(({ id, day, windows }) => ({ id, day, windows }))).to.deep.equal([opening])
      await room.unopen({ siteId: 'legnano', openingId: opening.id, who: 'giulia' })
      expect(await slotsOn(THE_DAY)).to.equal(16)
    })

    it('case C07: openings of one day add up when they are alike, and are refused when they are not', async () => {
      await room.open(anOpening())
      await room.open(anOpening({ windows: [aWindow({ from: '09:00', to: '10:30' })] }))
      expect(await slotsOn(THE_DAY)).to.equal(8)
      const other = anOpening({ windows: [aWindow({ from: '10:00', to: '11:00', seats: 9 })] })
      expect(await codeOf(room.open(other))).to.equal('rule-overlap rules[0].from')
    })

    it('A3: each change leaves a record of who did what, and why', async () => {
      const closure = await room.close(aClosing())
      await room.reopen({ siteId: 'legnano', closureId: closure.id, who: 'marco' })
      const rows = ((await database.contents())['audit_record'] ?? []).slice(-2)
      const told = { row_subject_kind: 'closure', row_subject_id: closure.id }
      expect(rows[0]).to.deep.include({
        ...told,
        row_what: 'add-closure',
        row_to_state: '2026-11-24/2026-11-25',
        row_reason: 'Assemblea del personale',
      })
      expect(rows[1]).to.deep.include({ ...told, row_what: 'remove-closure', row_who: 'marco' })
    })

    it('refuses what is not there, empty or no day', async () => {
      const instant = new Date('2026-11-24T08:00:00Z')
      const refusals = [
        room.close(aClosing({ calendarId: 'vaccini' })),
        room.close(aClosing({ siteId: 'milano', calendarId: null })),
        room.close(aClosing({ range: { fromOn: THE_DAY, toOn: THE_DAY } })),
        room.close(aClosing({ range: { fromAt: instant, toAt: instant } })),
        room.close(aClosing({ range: { fromOn: '2026-02-30', toOn: '2026-03-02' } })),
        room.reopen({ siteId: 'legnano', closureId: 'none', who: 'giulia' }),
        room.open(anOpening({ calendarId: 'vaccini' })),
        room.open(anOpening({ day: '2026-02-30' })),
        room.open(anOpening({ windows: [aWindow({ to: '08:00' })] })),
        room.unopen({ siteId: 'legnano', openingId: 'none', who: 'giulia' }),
      ]
      expect(await Promise.all(refusals.map(codeOf))).to.deep.equal([
        'unknown-calendar',
        'unknown-site',
        'invalid to',
        'invalid to',
        'invalid from',
        'unknown-closure',
        'unknown-calendar',
        'invalid date',
        'rule-times rules[0].to',
        'unknown-opening',
      ])
      expect(room.changed).to.deep.equal([])
    })

    it('a closure of another site is not to be found', async () => {
      const closure = await room.close(aClosing())
      expect(await codeOf(room.reopen({ siteId: 'magenta', closureId: closure.id, who: 'giulia' }))).to.equal(
        'unknown-closure',
      )
    })
  })
})
