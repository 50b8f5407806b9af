import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { ApiClient } from '../../support/client.js'
import { type Engine, forEachEngine } from '../../support/engines.js'
import { AppProcess } from '../../support/process.js'
import { StaffClient } from '../../support/staff.js'
import { allSee, Screen } from './screens.js'

const SCREENS = 200
/** Issue 3: after the server is back. */
const BACK_MS = 10_000
const ADMIN = { ADMIN_USERNAME: 'giulia', ADMIN_PASSWORD: 'una password lunga abbastanza' }
const MORNING = { DEMO_CLOCK: '2026-11-24T09:00:00+01:00', RATE_LIMITS: 'off' }

async function startProcess(engine: Engine): Promise<AppProcess> {
  const url = await engine.freshUrl()
  const env = { ...MORNING, ...ADMIN, ...(url !== null && { DATABASE_URL: url }) }
  const app = await AppProcess.create({ env })
  await app.start()
  return app
}

forEachEngine((engine) => {
  describe('two hundred displays', function () {
    this.timeout(120_000)
    let app: AppProcess
    let operator: StaffClient
    let screens: Screen[] = []
    const boardNow = async () => (await new ApiClient(app.url).get('/sites/legnano/board')).body
    const command = async (path: string, body?: unknown) => {
      const answer = await operator.post(path, body)
      expect(answer.status, `${path} ${JSON.stringify(answer.body)}`).to.be.below(300)
      return answer.body
    }
    const next = async (counter: number) => (await command(`/counters/legnano-${counter}/next`)).ticket

    before(async () => {
      await promisify(execFile)(process.execPath, [join(import.meta.dirname, '../../../scripts/build.mjs')])
      app = await startProcess(engine)
      operator = new StaffClient(new ApiClient(app.url))
      expect((await operator.signIn(ADMIN.ADMIN_USERNAME, ADMIN.ADMIN_PASSWORD)).status).to.equal(200)
      for (const counter of [1, 2, 3]) await command(`/counters/legnano-${counter}/open`)
      for (let n = 0; n < 12; n += 1) await command('/sites/legnano/walk-ins', { service: 'accesso-diretto' })
    })
    after(async () => {
      for (const screen of screens) screen.close()
      await app.remove()
    })

    it('killed with -9 and started again: all right within 10 s, nothing old announced, versions never go back (B1–B4, case I05)', async function () {
      await next(1)
      screens = Array.from({ length: SCREENS }, () => new Screen(app.url))
      await allSee(screens, ({ board, isConnected }) => isConnected && board !== null, 20_000)
      await next(2)
      const toldMs = await allSee(screens, ({ announced }) => announced.length === 1, 5000)
      await next(3)
      await allSee(screens, ({ announced }) => announced.length === 2, 5000)
      const before = await boardNow()

      await app.kill()
      await allSee(screens, ({ isConnected }) => !isConnected, 5000)
      const killedMs = performance.now()
      // A clock that began at the same moment again would make the next press the same as the last (Q3).
      await app.start({ DEMO_CLOCK: '2026-11-24T09:05:00+01:00' })
      const startedMs = performance.now() - killedMs
      const isBack = ({ board, isConnected, connections }: Screen) =>
        isConnected && connections === 2 && board?.version === before.version
      const backMs = await allSee(screens, isBack, BACK_MS)
      const [told, started, back] = [toldMs, startedMs, backMs].map(Math.round)
      if (this.test)
        this.test.title += ` (a call reached all in ${told} ms; ready again after ${started} ms; all back ${back} ms later)`
      const after = await boardNow()
      expect(after.version).to.equal(before.version)
      for (const { board } of screens) {
        expect({ ...board, at: '' }).to.deep.equal({ ...before, at: '' })
        expect(board?.calls.map(({ number }) => number)).to.deep.equal(['D003', 'D002', 'D001'])
      }

      await next(1)
      await allSee(screens, ({ board }) => board?.calls[0]?.number === 'D004', 5000)
      for (const { announced, versions } of screens) {
        expect(announced).to.deep.equal(['D002 1', 'D003 1', 'D004 1'])
        expect(versions).to.deep.equal([...versions].sort((a, b) => a - b))
      }
    })
  })
})
