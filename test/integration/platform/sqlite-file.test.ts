import { existsSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect } from 'chai'
import { KeptAnswerEntity } from '../../../src/platform/db/kept-answer.entity.js'
import { readyFile, sizeOf, sqliteFile, WAL_BYTES, walFile } from '../../../src/platform/db/sqlite-file.js'
import { walJob } from '../../../src/platform/jobs/wal.job.js'
import { openTestDatabase } from '../../support/database.js'
import { SQLITE } from '../../support/engines.js'
import { AppProcess } from '../../support/process.js'
import { removeFolder, temporaryFolder } from '../../support/servers.js'

describe('the file of the embedded database', () => {
  let folder: string
  beforeEach(() => {
    folder = temporaryFolder()
  })
  afterEach(() => removeFolder(folder))

  const refusal = (): string => {
    try {
      readyFile(folder)
      return 'taken'
    } catch (error) {
      return (error as Error).message
    }
  }
  const whole = () => {
    readyFile(folder)
    const database = new Database(sqliteFile(folder))
    database.exec('CREATE TABLE t (a)')
    const fill = database.prepare('INSERT INTO t VALUES (?)')
    for (let row = 0; row < 2000; row++) fill.run('x'.repeat(100))
    database.close()
  }

  it('is made when it is missing, and what a killed start left unfinished is not taken for it', () => {
    writeFileSync(`${sqliteFile(folder)}-new`, 'unfinished')
    expect(refusal()).to.equal('taken')
    expect(sizeOf(sqliteFile(folder))).to.be.above(0)
    expect(existsSync(`${sqliteFile(folder)}-new`)).to.equal(false)
    expect(refusal()).to.equal('taken')
  })

  it('is taken when it is whole', () => {
    whole()
    expect(refusal()).to.equal('taken')
  })

  const damages: [title: string, damage: (file: string) => void, named: RegExp][] = [
    ['with no byte in it', (file) => writeFileSync(file, ''), /is empty \(0 bytes\)/],
    [
      'that is something else',
      (file) => writeFileSync(file, 'a letter'.repeat(1000)),
      /damaged \(it is no SQLite file\)/,
    ],
    [
      'with a page of noise',
      (file) => {
        whole()
        writeSync(openSync(file, 'r+'), Buffer.alloc(8192, 0xee), 0, 8192, 12_288)
      },
      /is damaged \(/,
    ],
    ['that is gone while its changes are there', (file) => writeFileSync(`${file}-wal`, 'changes'), /is missing, but/],
  ]
  for (const [title, damage, named] of damages) {
    it(`${title}: the start stops and says what to do`, () => {
      damage(sqliteFile(folder))
      expect(refusal())
        .to.match(named)
        .and.to.match(/Put a backup in its place.*move everything/)
    })
  }

  it('the program itself ends with that sentence and nothing else', async function () {
    this.timeout(30_000)
    writeFileSync(join(folder, 'turno.sqlite'), '')
    const app = await AppProcess.create({ env: { DATA_DIR: folder } })
    expect(await app.runToEnd()).to.equal(1)
    expect(app.output).to.match(/^\/.*is empty \(0 bytes\).*\n$/)
    await app.remove()
  })

  it('its log of changes, grown behind a long reader, is cut back when the reader has gone', async function () {
    this.timeout(60_000)
    const { dataSource, dataDir, unitOfWork, close } = await openTestDatabase(SQLITE)
    const job = walJob({ dataSource, dataDir })
    const reader = new Database(sqliteFile(dataDir), { readonly: true })
    reader.exec('BEGIN')
    reader.prepare('SELECT count(*) FROM kept_answer').get()
    for (let number = 0; sizeOf(walFile(dataDir)) <= 2 * WAL_BYTES; number++) {
      const keyHash = `${number}`.padStart(64, '0')
      const row = { keyHash, contentHash: keyHash, status: 200, body: 'x'.repeat(1_000_000), createdAt: new Date(0) }
      await unitOfWork.run(({ em }) => em.insert(KeptAnswerEntity, row))
    }
    await job.run(new Date(0))
    expect(sizeOf(walFile(dataDir))).to.be.above(WAL_BYTES)
    reader.exec('COMMIT')
    reader.close()
    await job.run(new Date(0))
    expect(sizeOf(walFile(dataDir))).to.equal(0)
    await close()
  })
})
