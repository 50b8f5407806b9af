import { expect } from 'chai'
import { createConnection } from 'mysql2/promise'
import { ApiClient } from '../../support/client.js'
import { bodyOf } from '../../support/crowd.js'
import { MariaDb } from '../../support/mariadb.js'
import { describeWith } from '../../support/needs.js'
import { AppProcess } from '../../support/process.js'
import { sleep } from '../../support/servers.js'

const DEMO = { DEMO_CLOCK: '2026-11-23T09:00:00+01:00', RATE_LIMITS: 'off' }

/** Says it for a moment, as the server itself would in the midst of a statement. */
const planted = (errno: number) => `SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = ${errno}, MESSAGE_TEXT = 'planted'`

describeWith('MariaDB', 'a database that answers and does not work', function (this: Mocha.Suite) {
  this.timeout(60_000)
  let server: MariaDb
  let app: AppProcess
  let url: string
  before(async () => {
    server = await MariaDb.create()
    await server.execute('CREATE DATABASE turno_plain')
    // Who may do everything may write where nobody may.
    await server.execute("CREATE USER plain@'127.0.0.1' IDENTIFIED BY 'plain'")
    await server.execute("GRANT ALL ON turno_plain.* TO plain@'127.0.0.1'")
    url = server.url('turno_plain').replace('app:app', 'plain:plain')
    app = await AppProcess.create({ env: { ...DEMO, DATABASE_URL: url } })
    await app.start()
  })
  after(async () => {
    await app.remove()
    await server.remove()
  })

  const readiness = async () => {
    const startedMs = performance.now()
    const { status } = await fetch(`${app.url}/readyz`)
    expect(performance.now() - startedMs).to.be.below(2500)
    return status
  }
  let person = 0
  const book = async () => {
    const { status, headers } = await new ApiClient(app.url).post(
      '/bookings',
      bodyOf(person, { start: seat(person++) }),
    )
    return status === 503 ? `503, after ${headers.get('retry-after')} s` : String(status)
  }
  const seat = (n: number) => `2026-11-2${4 + (n % 3)}T0${8 + Math.floor((n % 6) / 3)}:30:00+01:00`

  const untilReady = async () => {
    for (let tries = 0; tries < 150 && (await readiness()) !== 200; tries++) await sleep(100)
  }

  it('one that takes no writing (1290): 503 with Retry-After, /readyz says so, reads go on', async () => {
    expect([await readiness(), await book()]).to.deep.equal([200, '201'])
    await server.execute('SET GLOBAL read_only = 1')
    try {
      expect(await book()).to.equal('503, after 2 s')
      await sleep(1100)
      expect(await readiness()).to.equal(503)
      expect((await new ApiClient(app.url).get('/sites')).status).to.equal(200)
    } finally {
      await server.execute('SET GLOBAL read_only = 0')
    }
    expect(await book()).to.equal('201')
    await untilReady()
    expect(await readiness()).to.equal(200)
  })

  for (const errno of [1792, 1836, 1114, 1021, 1047, 1180, 1205, 1317, 1969, 3024]) {
    it(`${errno} is 503 with Retry-After`, async () => {
      const admin = await createConnection(server.url('turno_plain'))
      await admin.query(`CREATE TRIGGER refuse BEFORE INSERT ON booking FOR EACH ROW ${planted(errno)}`)
      try {
        expect(await book()).to.equal('503, after 2 s')
      } finally {
        await admin.query('DROP TRIGGER refuse')
        await admin.end()
      }
    })
  }

  it('nothing of it was a bug of ours, and afterwards all is as before', async () => {
    expect(app.output).not.to.match(/unexpected error|uncaughtException/)
    await untilReady()
    expect([await readiness(), await book()]).to.deep.equal([200, '201'])
  })
})
