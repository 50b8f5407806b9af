import { expect } from 'chai'
import { pino } from 'pino'
import { migrations } from '../../../migrations/index.js'
import { entities } from '../../../src/entities.js'
import { openDatabase } from '../../../src/platform/db/data-source.js'
import { migrate } from '../../../src/platform/db/migrate.js'
import { askServer, assertDurable } from '../../../src/platform/db/mysql-server.js'
import { makeLog } from '../../../src/platform/log.js'
import { MariaDb, sharedMariaDb } from '../../support/mariadb.js'
import { describeWith } from '../../support/needs.js'

const tables = { entities, migrations }

function listeningLog() {
  const lines: string[] = []
  return { lines, log: pino({ base: null }, { write: (line: string) => void lines.push(line) }) }
}

describeWith('MariaDB', 'what the program asks a database server', () => {
  it('a mysql:// address of a MariaDB picks the type mariadb, creates the database and needs no change', async () => {
    const server = await sharedMariaDb()
    const url = server.url('turno_by_mysql_address', 'mysql')
    expect(await askServer(url)).to.deep.include({ type: 'mariadb', unsafe: [] })
    const dataSource = await openDatabase(
      { databaseUrl: url, dataDir: '/nowhere', production: true },
      tables,
      makeLog('silent'),
    )
    expect(dataSource.options.type).to.equal('mariadb')
    await migrate(dataSource)
    expect((await dataSource.driver.createSchemaBuilder().log()).upQueries).to.deep.equal([])
    const [row] = await dataSource.query<{ charset: string; collation: string }[]>(
      'SELECT @@character_set_database AS charset, @@collation_database AS collation',
    )
    expect(row).to.deep.equal({ charset: 'utf8mb4', collation: 'utf8mb4_bin' })
    await dataSource.destroy()
  })

  it('a server that flushes commits later is refused in production and warned of elsewhere, naming the setting', async function () {
    this.timeout(30_000)
    const server = await MariaDb.create()
    await server.execute('SET GLOBAL innodb_flush_log_at_trx_commit = 2')
    const facts = await askServer(server.url('turno'))
    expect(facts.unsafe.join()).to.include('innodb_flush_log_at_trx_commit=2')
    const { lines, log } = listeningLog()
    expect(() => assertDurable(facts, true, log)).to.throw(
      /may lose acknowledged bookings.*innodb_flush_log_at_trx_commit=2/,
    )
    assertDurable(facts, false, log)
    expect(lines.join()).to.include('may lose acknowledged bookings')
    const settings = { databaseUrl: server.url('turno'), dataDir: '/nowhere', production: true }
    const refused = openDatabase(settings, tables, log).then(
      () => null,
      (error: Error) => error.message,
    )
    expect(await refused).to.match(/may lose/)
    await server.remove()
  })

  it('an address nobody answers, a wrong password, a database one may not make: an error that keeps the password', async () => {
    const { port } = await sharedMariaDb()
    const addresses = [
      'mariadb://app:pass-word-1@127.0.0.1:1/turno',
      `mariadb://app:pass-word-1@127.0.0.1:${port}/turno`,
    ]
    for (const databaseUrl of addresses) {
      const settings = { databaseUrl, dataDir: '/nowhere', production: false }
      const error = await openDatabase(settings, tables, makeLog('silent')).then(
        () => null,
        (reason: Error) => reason,
      )
      expect(error?.message, databaseUrl).to.match(
        /cannot connect to .*(ECONNREFUSED|ER_ACCESS_DENIED_ERROR|ER_DBACCESS_DENIED_ERROR)|Access denied/,
      )
      expect(String(error?.message)).not.to.include('pass-word-1')
    }
  })
})
