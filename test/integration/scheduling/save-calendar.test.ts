import { expect } from 'chai'
import { AppError } from '../../../src/kernel/app-error.js'
import { PlanStore } from '../../../src/scheduling/index.js'
import type { SaveCalendarCommand } from '../../../src/scheduling/save-calendar.js'
import { aRule } from '../../support/builders.js'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'
import { forEachEngine } from '../../support/engines.js'
import { aCommand, addExampleSites, schedulingRoom } from './room.js'

const refusal = (error: unknown) => {
  expect(error).to.be.instanceOf(AppError)
  const { kind, code, details } = error as AppError
  return `${kind} ${code} ${(details.errors ?? []).map((fault) => `${fault.field}:${fault.code}`).join(' ')}`.trim()
}

describe('saving a calendar', () => {
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
    })
    after(() => database.close())

    const plan = () => new PlanStore(database.dataSource.manager).loadPlan('legnano', 'scelta-revoca')
    const records = async () => (await database.contents())['audit_record'] ?? []

    it('makes it, says the minutes that no slot fills (S2), and keeps it as it was written', async () => {
      const rules = [aRule({ slotMinutes: 25 }), aRule({ from: '14:00', to: '16:00', seats: 1 })]
      expect(await room.save(aCommand({ rules }))).to.deep.equal({ created: true, unusedMinutes: [15, 0] })
      expect(await plan()).to.deep.include({
        siteId: 'legnano',
        calendarId: 'scelta-revoca',
        timeZone: 'Europe/Rome',
        serviceIds: ['scelta-revoca'],
        rules,
        minNoticeMinutes: 60,
        horizonDays: 30,
        closures: [],
        openings: [],
        openOnHolidays: [],
      })
      expect(room.changed).to.deep.equal(['legnano/scelta-revoca'])
    })

    it('replaces it under a new version, with an audit record from what to what (A3)', async () => {
      await room.save(aCommand())
      const version = (await plan())?.version ?? 0
      const saved = await room.save(aCommand({ rules: [], horizonDays: 60 }))
      expect(saved).to.deep.equal({ created: false, unusedMinutes: [] })
      expect(await plan()).to.deep.include({ version: version + 1, rules: [], horizonDays: 60 })
      const { row_from_state: from, row_to_state: to, ...record } = (await records())[1] as Record<string, string>
      expect(record).to.deep.include({
        row_who: 'giulia',
        row_what: 'save-calendar',
        row_subject_id: 'legnano/scelta-revoca',
      })
      expect(JSON.parse(from ?? '')).to.deep.include({ minNoticeMinutes: 60, horizonDays: 30 })
      expect(JSON.parse(from ?? '').rules).to.have.length(1)
      expect(JSON.parse(to ?? '')).to.deep.include({ rules: [], minNoticeMinutes: 60, horizonDays: 60 })
    })

    const faults: [title: string, part: Partial<SaveCalendarCommand>, refused: string][] = [
      [
        'overlapping rules',
        { rules: [aRule(), aRule({ rrule: 'FREQ=MONTHLY;BYDAY=1MO', to: '09:00' })] },
        'rule-overlap rules[1].from:rule-overlap',
      ],
      [
        'a rule that never gives a slot',
        { rules: [aRule({ rrule: 'FREQ=DAILY;UNTIL=20250101' })] },
        'rule-empty rules[0].rrule:rule-empty',
      ],
      [
        'times that run backwards',
        { rules: [aRule(), aRule({ from: '15:00', to: '14:00' })] },
        'rule-times rules[1].to:rule-times',
      ],
      [
        'no recurrence of days',
        { rules: [aRule({ rrule: 'FREQ=HOURLY' })] },
        'rule-recurrence rules[0].rrule:rule-recurrence',
      ],
      ['no seats', { rules: [aRule({ seats: 0 })] }, 'rule-seats rules[0].seats:rule-seats'],
      ['a notice of months', { minNoticeMinutes: 43_201 }, 'invalid minNoticeMinutes:range'],
      ['a horizon into the past', { horizonDays: -1 }, 'invalid horizonDays:range'],
      ['no service', { serviceIds: [] }, 'invalid services:required'],
      [
        'a notice as long as the horizon',
        { minNoticeMinutes: 10_080, horizonDays: 7 },
        'rule-empty minNoticeMinutes:rule-empty',
      ],
      [
        'a day of notice for today alone',
        { minNoticeMinutes: 1440, horizonDays: 0 },
        'rule-empty minNoticeMinutes:rule-empty',
      ],
      ['a service that is not booked', { serviceIds: ['neonati'] }, 'invalid services[0]:service-not-bookable'],
      [
        'a service the site does not offer',
        { serviceIds: ['scelta-revoca', 'passaporti'] },
        'invalid services[1]:unknown-service',
      ],
    ]
    for (const [title, part, refused] of faults) {
      it(`S4: refuses ${title}, and nothing is written`, async () => {
        await room.save(aCommand())
        const before = await database.contents()
        const error = await room.save(aCommand(part)).catch((reason: unknown) => reason)
        expect(refusal(error)).to.equal(`not-allowed ${refused}`)
        expect(await database.contents()).to.deep.equal(before)
        expect(room.changed).to.have.length(1)
      })
    }

    it('S4: the refusal of an overlap names both rules and the first date', async () => {
      const rules = [aRule(), aRule({ rrule: 'FREQ=MONTHLY;BYDAY=1MO', to: '09:00' })]
      const error = (await room.save(aCommand({ rules })).catch((reason: unknown) => reason)) as AppError
      const named = { first: '1 (08:30–12:30)', second: '2 (08:30–09:00)', day: '2026-01-05' }
      expect(error.details).to.deep.include(named)
      expect(error.details.errors?.[0]?.params).to.deep.equal(named)
    })

    it('is not possible at a site nobody knows', async () => {
      const error = await room.save(aCommand({ siteId: 'milano' })).catch((reason: unknown) => reason)
      expect(refusal(error)).to.equal('not-found unknown-site')
    })

    it('one service has one calendar at a site, also when two are saved at once', async () => {
      const both = await Promise.allSettled([room.save(aCommand()), room.save(aCommand({ calendarId: 'altra' }))])
      expect(both.filter(({ status }) => status === 'fulfilled')).to.have.length(1)
      const refused = both.find((each) => each.status === 'rejected')
      expect(refusal(refused?.reason)).to.equal('not-allowed invalid services[0]:service-has-calendar')
      expect(await room.save(aCommand({ siteId: 'magenta' }))).to.deep.include({ created: true })
    })

    it('deleting it takes its own closures and openings along, and leaves those of the site', async () => {
      await room.save(aCommand())
      const range = { fromOn: '2026-12-01', toOn: '2026-12-02' }
      const closing = { siteId: 'legnano', range, reason: 'Lavori', isPublic: true, who: 'giulia' }
      await room.close({ ...closing, calendarId: 'scelta-revoca' })
      await room.close({ ...closing, calendarId: null })
      await room.open({ siteId: 'legnano', calendarId: 'scelta-revoca', day: '2026-12-08', windows: [], who: 'giulia' })
      await room.remove({ siteId: 'legnano', calendarId: 'scelta-revoca', who: 'giulia' })
      const rows = await database.contents()
      const counts = ['calendar', 'closure', 'special_opening'].map((table) => rows[table]?.length)
      expect(counts).to.deep.equal([0, 1, 0])
      expect(await room.directory.planOf('legnano', 'scelta-revoca')).to.equal(null)
      const again = room.remove({ siteId: 'legnano', calendarId: 'scelta-revoca', who: 'giulia' })
      expect(refusal(await again.catch((reason: unknown) => reason))).to.equal('not-found unknown-calendar')
    })
  })
})
