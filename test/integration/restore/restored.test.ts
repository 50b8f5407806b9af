import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { startApp, type TestApp } from '../../support/app.js'
import { at, bodyOf } from '../../support/crowd.js'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'
import { forEachEngine } from '../../support/engines.js'
import { SmtpInbox } from '../../support/smtp.js'
import { openAccount, signedIn, StaffClient } from '../../support/staff.js'

const MAILS = 60
const TIMES = [
  '08:30',
  '08:45',
  '09:00',
  '09:15',
  '09:30',
  '09:45',
  '10:00',
  '10:15',
  '10:30',
  '10:45',
  '11:00',
  '11:15',
]

forEachEngine((engine) => {
  describe('case K15: a backup of 9:00 is restored at 11:00, 60 mails had left since', function () {
    this.timeout(60_000)
    let inbox: SmtpInbox
    let database: TestDatabase
    let app: TestApp
    let admin: StaffClient
    let backup: Record<string, Record<string, unknown>[]> | undefined
    let ids: string[] = []
    const tables = () =>
      database.dataSource.entityMetadatas.map(({ tableName }) => database.dataSource.driver.escape(tableName))
    const beside = () => join(database.dataDir, 'beside.json')
    const start = async (time = '11:00'): Promise<boolean> => {
      const settings = { SMTP_URL: inbox.url, MAIL_FROM: 'Turno <turno@example.org>' }
      app = await startApp(engine, { database, settings, now: `2026-11-23T${time}:00+01:00` })
      const isRestored = await app.restores.look()
      app.sender.start()
      if (backup === undefined) await openAccount(app, { role: 'admin' })
      admin = new StaffClient(app.api)
      await admin.signIn('admin')
      return isRestored
    }
    const draw = async () =>
      (await admin.post('/sites/legnano/walk-ins', { service: 'accesso-diretto' })).body.ticket.number as string
    const messageIds = () =>
      inbox.mails.map(({ parsed }) => String(parsed.messageId)).sort((a, b) => a.localeCompare(b))
    const arrived = async (count: number) => {
      for (let n = 0; n < 400 && inbox.mails.length < count; n++) await new Promise((done) => setTimeout(done, 25))
      expect(inbox.mails.length).to.equal(count)
    }

    before(async () => {
      inbox = await SmtpInbox.create()
      database = await openTestDatabase(engine)
      expect(await start('09:00')).to.equal(false)
      await app.saveCalendar()
      inbox.behaviour = 'later-451'
      for (let n = 0; n < MAILS; n++) {
        const start = at(TIMES[n % 12] as string, `2026-11-2${4 + Math.floor(n / 24)}`)
        const site = n % 24 < 12 ? 'legnano' : 'magenta'
        expect((await app.api.post('/bookings', bodyOf(n, { start, site }))).status).to.equal(201)
      }
      expect(await draw()).to.equal('D001')
      await app.sender.stop()
      backup = {}
      for (const table of tables()) backup[table] = await database.dataSource.query(`SELECT * FROM ${table}`)
      await app.close()

      inbox.reset()
      await start('10:50')
      await arrived(MAILS)
      ids = messageIds()
      for (const number of ['D002', 'D003', 'D004']) expect(await draw()).to.equal(number)
      await app.close()
      await restore()
      inbox.reset()
    })
    after(async () => {
      await app.close()
      await inbox.close()
      await database.close()
    })

    /** Every row as it was, whatever the engine. */
    const restore = () =>
      database.unitOfWork.run(async ({ em }) => {
        for (const table of tables()) {
          await em.query(`DELETE FROM ${table}`)
          for (const row of backup?.[table] ?? []) {
            const names = Object.keys(row).map((name) => database.dataSource.driver.escape(name))
            const places = names.map(() => '?').join(',')
            await em.query(`INSERT INTO ${table} (${names.join(',')}) VALUES (${places})`, Object.values(row))
          }
        }
      })

    it('no mail leaves until an admin says so; /readyz says that it is held', async () => {
      expect(await start()).to.equal(true)
      await app.sender.sendDue()
      expect(inbox.attempts).to.equal(0)
      const { body } = await admin.get('/mail/held')
      expect(body.held).to.equal(true)
      expect(body.mails).to.have.length(1)
      expect(body.mails[0]).to.include({ kind: 'confirmed', count: MAILS, fromBackup: MAILS })
      expect(await (await fetch(`${app.url}/readyz`)).json()).to.deep.equal({ status: 'ready', mail: 'held' })
    })

    /** Where staff begin, and where they work. */
    const areTold = async ({ cookie }: StaffClient) => {
      const pages = ['/operatore/scelta', '/operatore/sportello/legnano-1'].map(async (path) => {
        const answer = await fetch(app.url + path, { headers: { cookie } })
        expect(answer.status, path).to.equal(200)
        return (await answer.text()).includes('npm run mail -- send')
      })
      return Promise.all(pages)
    }

    it('pages of staff tell an admin what to do, and nobody else', async () => {
      expect(await areTold(admin)).to.deep.equal([true, true])
      expect(await areTold(await signedIn(app))).to.deep.equal([false, false])
    })

    it('W2: numbers go on above the highest ever given', async () => expect(await draw()).to.equal('D005'))

    it('a second start finds no second restore, and goes on holding', async () => {
      await app.close()
      expect(await start()).to.equal(false)
      expect((await admin.get('/mail/held')).body.held).to.equal(true)
    })

    it('only an admin may let it go; what is sent again has the same Message-IDs', async () => {
      const manager = await signedIn(app, { role: 'manager' })
      expect((await manager.post('/mail/release', { action: 'send' })).status).to.equal(403)
      // Some kinds alone cannot be let go: whoever names them does not mean all.
      for (const part of [{ kinds: ['confirmed'] }, { until: '2026-11-24T09:00:00Z' }])
        expect((await admin.post('/mail/release', { action: 'send', ...part })).status).to.equal(400)
      expect((await admin.post('/mail/release', { action: 'send' })).body).to.include({ held: false, dropped: 0 })
      await app.sender.sendDue()
      await arrived(MAILS)
      expect(messageIds()).to.deep.equal(ids)
      expect((await admin.post('/mail/release', { action: 'send' })).body.code).to.equal('mail-not-held')
      expect(await areTold(admin)).to.deep.equal([false, false])
    })

    it('or what came with the backup is dropped, and new mail leaves', async () => {
      await app.close()
      await restore()
      inbox.reset()
      expect(await start()).to.equal(true)
      app.clock.advanceMinutes(1)
      const free = at('12:00', '2026-11-26')
      expect((await app.api.post('/bookings', bodyOf(900, { start: free }))).status).to.equal(201)
      await app.sender.sendDue()
      expect(inbox.attempts).to.equal(0)
      expect((await admin.post('/mail/release', { action: 'drop' })).body).to.include({ held: false, dropped: MAILS })
      await app.sender.sendDue()
      await arrived(1)
    })

    it('a file beside the data that is missing, unreadable, older or of another database is written anew: no alarm', async () => {
      const now = readFileSync(beside(), 'utf8')
      const kept = JSON.parse(now) as { database: string; generation: number; highest: Record<string, number> }
      expect(kept.highest['number/legnano/2026-11-23/D']).to.be.at.least(5)
      const files = [
        '',
        '{',
        JSON.stringify({ ...kept, generation: 0, highest: {} }),
        JSON.stringify({ ...kept, database: 'another', generation: 9999 }),
      ]
      for (const text of files) {
        await app.close()
        writeFileSync(beside(), text)
        expect(await start(), text).to.equal(false)
        expect(existsSync(beside())).to.equal(true)
        expect((JSON.parse(readFileSync(beside(), 'utf8')) as typeof kept).database).to.equal(kept.database)
      }
    })
  })
})
