import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { ApiClient } from '../../support/client.js'
import { forEachEngine } from '../../support/engines.js'
import { AppProcess } from '../../support/process.js'
import { sleep } from '../../support/servers.js'
import { StaffClient } from '../../support/staff.js'

const ADMIN = { ADMIN_USERNAME: 'giulia', ADMIN_PASSWORD: 'una password lunga abbastanza' }
const ROUNDS = 4
/** Until which moment after the first number it lives: before, within and after the file's next writing. */
const LIVES_MS = [40, 190, 205, 400]

forEachEngine((engine) => {
  describe('killed with -9 while numbers are given (W2, I3)', function () {
    this.timeout(240_000)
    let app: AppProcess
    let staff: StaffClient
    const folder = () => app.env['DATA_DIR'] as string
    before(async () => {
      const url = await engine.freshUrl()
      const clock = { DEMO_CLOCK: '2026-11-24T09:00:00+01:00', RATE_LIMITS: 'off' }
      app = await AppProcess.create({ env: { ...clock, ...ADMIN, ...(url !== null && { DATABASE_URL: url }) } })
      await app.start()
      staff = new StaffClient(new ApiClient(app.url))
      await staff.signIn(ADMIN.ADMIN_USERNAME, ADMIN.ADMIN_PASSWORD)
    })
    after(() => app.remove())

    const draw = async (): Promise<number | null> => {
      const answer = await staff.post('/sites/legnano/walk-ins', { service: 'accesso-diretto' }).catch(() => null)
      return answer?.status === 201 ? Number(answer.body.ticket.number.slice(1)) : null
    }

    it('the file beside the data is whole, no restore is seen, and numbers go on', async () => {
      let highest = 0
      for (let round = 0; round < ROUNDS; round++) {
        highest = (await draw()) ?? 0
        expect(highest, `round ${round}`).to.be.above(0)
        const end = sleep(LIVES_MS[round] ?? 0).then(() => app.kill())
        for (let given = await draw(); given !== null; given = await draw()) highest = given
        await end
        const files = readdirSync(folder()).filter((name) => name === 'beside.json')
        for (const file of files) JSON.parse(readFileSync(join(folder(), file), 'utf8'))
        await app.start()
        const after = (await draw()) ?? 0
        // What was committed and not answered may have taken one more.
        expect(after, `round ${round}`).to.be.within(highest + 1, highest + 2)
        expect((await staff.get('/mail/held')).body.held, `round ${round}`).to.equal(false)
      }
    })
  })
})
