import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { ApiClient } from '../../support/client.js'
import { forEachEngine } from '../../support/engines.js'
import { AppProcess } from '../../support/process.js'
import { PASSWORD, StaffClient } from '../../support/staff.js'

const run = promisify(execFile)

/** `npm run admin -- …` beside a running app. */
const admin = (app: AppProcess, ...words: string[]) =>
  run(process.execPath, ['dist/src/commands/admin.js', ...words], { env: { ...process.env, ...app.env } })

forEachEngine((engine) => {
  describe('the first start (A2)', () => {
    const prepared = async (env: Record<string, string> = {}) => {
      const url = await engine.freshUrl()
      return AppProcess.create({ env: { ...env, ...(url && { DATABASE_URL: url }) } })
    }
    const signIn = (app: AppProcess, username: string, password: string) =>
      new StaffClient(new ApiClient(app.url)).signIn(username, password)

    it('prints the admin’s one-time password once; a command opens further accounts while the app runs', async function () {
      this.timeout(240_000)
      const app = await prepared()
      await app.start()
      const password = /first admin admin, one-time password ([A-Z0-9]{20})/.exec(app.output)?.[1] ?? ''
      expect((await signIn(app, 'admin', password)).body.user).to.include({
        role: 'admin',
        passwordChangeRequired: true,
      })
      const { stdout } = await admin(app, 'create', 'Carla')
      const other = /Admin carla, one-time password: ([A-Z0-9]{20})/.exec(stdout)?.[1] ?? ''
      expect((await signIn(app, 'carla', other)).body.user).to.include({ role: 'admin', passwordChangeRequired: true })
      const again = await admin(app, 'create', 'carla').catch((error: { code: number; stderr: string }) => error)
      expect(again).to.include({ code: 1, stderr: 'There is an account carla already.\n' })
      await app.stop()
      await app.start()
      expect(app.output.split('one-time password')).to.have.length(2)
      await app.remove()
    })

    it('takes the settings’ name and password, and prints neither', async function () {
      this.timeout(120_000)
      const app = await prepared({ ADMIN_USERNAME: 'Capo', ADMIN_PASSWORD: PASSWORD })
      await app.start()
      expect((await signIn(app, 'capo', PASSWORD)).body.user).to.include({
        role: 'admin',
        passwordChangeRequired: false,
      })
      expect(app.output).not.to.include(PASSWORD).and.not.to.include('one-time')
      await app.remove()
    })
  })

  it('one of the first that are guessed stops the start; one made of such words is told of, and holds', async function () {
    this.timeout(120_000)
    const first = await AppProcess.create({ env: { ADMIN_PASSWORD: 'mailcreated5240' } })
    expect(await first.runToEnd()).to.equal(1)
    expect(first.output).to.include('ADMIN_PASSWORD is one of the first').and.not.to.include('mailcreated')
    await first.remove()
    const second = await AppProcess.create({ env: { ADMIN_PASSWORD: 'admin-admin-2026' } })
    await second.start()
    expect(second.output).to.include('change it after signing in').and.not.to.include('admin-admin')
    await second.remove()
  })

  it('a weak password or a name that cannot sign in stops the start', async function () {
    this.timeout(60_000)
    const app = await AppProcess.create({ env: { ADMIN_USERNAME: 'Mario Rossi', ADMIN_PASSWORD: 'short' } })
    expect(await app.runToEnd()).to.equal(1)
    expect(app.output).to.include('ADMIN_USERNAME').and.to.include('ADMIN_PASSWORD').and.not.to.include('short\n')
    await app.remove()
  })
})
