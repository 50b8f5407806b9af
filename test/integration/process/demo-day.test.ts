import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import Database from 'better-sqlite3'
import { expect } from 'chai'
import { io } from 'socket.io-client'
import { AppProcess } from '../../support/process.js'

const ROOT = join(import.meta.dirname, '../../..')
const run = promisify(execFile)

interface Ended {
  code: number
  stdout: string
  stderr: string
}

/** `npm run demo:day`, once built, beside the running demo. */
async function demoDay(app: AppProcess, args: string[], more: Record<string, string> = {}): Promise<Ended> {
  const command = [join(ROOT, 'dist/src/commands/demo-day.js'), ...args]
  const env = { PATH: process.env['PATH'], ...app.env, ...more }
  return run(process.execPath, command, { env }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: unknown) => error as Ended,
  )
}

describe('npm run demo:day', function () {
  this.timeout(120_000)
  let app: AppProcess
  before(async () => {
    await run(process.execPath, [join(ROOT, 'scripts/build.mjs')])
    app = await AppProcess.create({ env: { DEMO_CLOCK: '2026-11-24T08:52:00+01:00', LOG_LEVEL: 'warn' } })
    await app.start()
  })
  after(() => app.remove())

  it('plays a morning that the display shows live and that leaves nobody behind; and once more', async () => {
    const socket = io(`${app.url}/board`, { auth: { site: 'legnano' } })
    const called = new Set<string>()
    socket.on('board', ({ calls }: { calls: { number: string }[] }) => {
      for (const { number } of calls) called.add(number)
    })
    for (const seed of ['7', '8']) {
      const { code, stdout, stderr } = await demoDay(app, ['--speed', '300', '--minutes', '15', '--seed', seed])
      expect(code, stderr + stdout).to.equal(0)
      expect(stdout)
        .to.match(/counter 3 calls [PNDR]\d{3}/)
        .and.to.match(/pairing code \w{6,}/)
      expect(stdout).to.include('the morning is over')
    }
    socket.close()
    const file = new Database(join(app.env['DATA_DIR'] ?? '', 'turno.sqlite'), { readonly: true })
    const numbers = (sql: string) =>
      file
        .prepare<[], { number: string }>(sql)
        .all()
        .map(({ number }) => number)
    const open = "SELECT lane || number AS number FROM ticket WHERE status NOT IN ('done', 'missed', 'left')"
    expect(numbers(open)).to.deep.equal([])
    const all = numbers("SELECT lane || printf('%03d', number) AS number FROM ticket WHERE status = 'done'")
    expect(all).to.have.length.above(8)
    expect([...called]).to.include.members(all)
    expect(numbers('SELECT id AS number FROM counter WHERE open_on IS NOT NULL')).to.deep.equal([])
    file.close()
  })

  it('says what to do when Legnano is closed, when no demo runs, and of a wrong word', async () => {
    expect((await demoDay(app, ['--speed', 'fast'])).stderr).to.include('--speed must be a number')
    const away = await demoDay(app, [], { PORT: '1' })
    expect([away.code, away.stderr]).to.deep.equal([
      1,
      'The demo at http://127.0.0.1:1 does not answer. Is it running (npm start)?\n',
    ])
    const evening = await AppProcess.create({ env: { DEMO_CLOCK: '2026-11-24T20:00:00+01:00' } })
    await evening.start()
    const { code, stderr } = await demoDay(evening, [])
    expect(code).to.equal(1)
    expect(stderr).to.include('DEMO_CLOCK=2026-11-25T08:52:00+01:00 npm start')
  })

  it('is refused in production', async () => {
    const { code, stderr } = await demoDay(app, [], {
      NODE_ENV: 'production',
      DEMO_CLOCK: '',
      APP_SECRET: 'a'.repeat(40),
    })
    expect(code).to.equal(1)
    expect(stderr).to.include('refused in production')
  })
})
