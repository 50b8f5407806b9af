import { execFile } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import Database from 'better-sqlite3'
import { expect } from 'chai'
import { ApiClient } from '../../support/client.js'
import { bodyOf } from '../../support/crowd.js'
import { openTestDatabase } from '../../support/database.js'
import { MARIADB } from '../../support/engines.js'
import { describeWith } from '../../support/needs.js'
import { AppProcess } from '../../support/process.js'
import { removeFolder, temporaryFolder } from '../../support/servers.js'

const ROOT = join(import.meta.dirname, '../../..')
const run = promisify(execFile)
const DEMO = { DEMO_CLOCK: '2026-11-23T09:00:00+01:00', LOG_LEVEL: 'warn' }

const command =
  (name: string) =>
  (app: AppProcess, ...args: string[]): Promise<string> =>
    run(process.execPath, [join(ROOT, `dist/src/commands/${name}.js`), ...args], {
      env: { PATH: process.env['PATH'], ...app.env },
    }).then(
      ({ stdout }) => stdout,
      (error: unknown) => (error as { stderr: string }).stderr,
    )

const [backUp, restore, mail] = [command('backup'), command('restore'), command('mail')]

/** There and back: what came after the backup is gone, is kept aside, and mail waits for a word. */
async function goBack(app: AppProcess, file: string): Promise<void> {
  const api = new ApiClient(app.url)
  expect(statSync(file).mode & 0o777).to.equal(0o600)
  const { body } = await api.post('/bookings', bodyOf(2))
  expect(await restore(app, file)).to.match(/Another Turno is using|Somebody uses this database/)
  await app.stop()
  const said = await restore(app, file)
  expect(said).to.include(`Restored from ${file}`)
  const aside = /before: (\S+)/.exec(said)?.[1] ?? ''
  expect(existsSync(aside) && statSync(aside).mode & 0o777).to.equal(0o600)
  expect(await mail(app)).to.match(/Mail is held since/)
  await app.start()
  expect((await api.get(`/bookings/${body.booking.token}`)).status).to.equal(404)
  expect(await (await fetch(`${app.url}/readyz`)).json()).to.deep.equal({ status: 'ready', mail: 'held' })
  expect(await mail(app, 'drop')).to.match(/^Dropped: \d+\. Mail leaves/)
  expect(await mail(app, 'send')).to.include('No mail is held')
  expect(await restore(app)).to.include('npm run restore -- FILE')
  expect(await restore(app, join(file, 'x'))).to.include('does not exist')
}

describe('npm run backup and npm run restore', function () {
  this.timeout(120_000)
  let folder: string
  before(async () => {
    await run(process.execPath, [join(ROOT, 'scripts/build.mjs')])
    folder = temporaryFolder()
  })
  after(() => removeFolder(folder))

  it('copies the embedded database whole while the app runs, never over another file', async () => {
    const app = await AppProcess.create({ env: DEMO })
    await app.start()
    expect((await new ApiClient(app.url).post('/bookings', bodyOf(1))).status).to.equal(201)
    const file = join(folder, 'copy.sqlite')
    expect(await backUp(app, file)).to.equal(`Saved to ${file}\n`)
    const copy = new Database(file, { readonly: true })
    expect(copy.pragma('integrity_check', { simple: true })).to.equal('ok')
    expect(copy.prepare('SELECT count(*) AS n FROM booking').get()).to.deep.equal({ n: 1 })
    copy.close()
    expect(await backUp(app, file)).to.include('exists already')
    expect(await backUp(app)).to.include('npm run backup -- FILE')
    await goBack(app, file)
    await app.stop()
    expect(await restore(app, join(ROOT, 'package.json'))).to.include('not a backup that could be restored')
    await app.remove()
  })

  describeWith('MariaDB', 'of a server', () => {
    it('is its own program’s dump; the password stays out of the list of processes', async () => {
      const database = await openTestDatabase(MARIADB)
      const app = await AppProcess.create({ env: { ...DEMO, DATABASE_URL: String(database.url) } })
      await app.start()
      expect((await new ApiClient(app.url).post('/bookings', bodyOf(1))).status).to.equal(201)
      await database.dataSource.destroy() // nobody but the app
      const file = join(folder, 'copy.sql')
      expect(await backUp(app, file)).to.equal(`Saved to ${file}\n`)
      expect(existsSync(file) && readFileSync(file, 'utf8')).to.match(/INSERT INTO `booking`[\s\S]*Dump completed/)
      await goBack(app, file)
      await app.remove()
      await database.close()
    })
  })
})
