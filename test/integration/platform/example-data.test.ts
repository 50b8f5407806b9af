import { expect } from 'chai'
import { migrations } from '../../../migrations/index.js'
import { entities } from '../../../src/entities.js'
import { openDatabase } from '../../../src/platform/db/data-source.js'
import { makeLog } from '../../../src/platform/log.js'
import { SiteEntity } from '../../../src/sites/index.js'
import { startApp } from '../../support/app.js'
import { openTestDatabase } from '../../support/database.js'
import { MARIADB } from '../../support/engines.js'
import { describeWith } from '../../support/needs.js'

describeWith('MariaDB', 'instances that start together on an empty database', () => {
  it('load the example sites once, and both know them', async () => {
    const database = await openTestDatabase(MARIADB)
    const settings = { databaseUrl: database.url, dataDir: database.dataDir, production: false }
    const own = await openDatabase(settings, { entities, migrations }, makeLog('silent'))
    const apps = await Promise.all([
      startApp(MARIADB, { database }),
      startApp(MARIADB, { database: { ...database, dataSource: own } }),
    ])
    expect(await database.dataSource.manager.count(SiteEntity)).to.equal(5)
    for (const { api } of apps) expect((await api.get('/sites')).body.sites).to.have.length(5)
    await Promise.all(apps.map((app) => app.close()))
    await own.destroy()
    await database.close()
  }).timeout(60_000)
})
