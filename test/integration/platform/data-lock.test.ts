import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { lockDataDir } from '../../../src/platform/db/data-lock.js'
import { removeFolder, temporaryFolder } from '../../support/servers.js'

/** Another process that tries to lock the folder and says what came of it. */
async function tryElsewhere(folder: string): Promise<string> {
  const module = join(import.meta.dirname, '../../../src/platform/db/data-lock.ts')
  const program = `import(${JSON.stringify(module)}).then(({ lockDataDir }) => { lockDataDir(${JSON.stringify(folder)}); console.log('locked') }).catch((error) => console.log(error.message))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--import=tsx', '-e', program])
  return stdout.trim()
}

describe('one process per embedded database (T13)', () => {
  let folder: string
  beforeEach(() => {
    folder = join(temporaryFolder(), 'data')
  })
  afterEach(() => removeFolder(join(folder, '..')))

  it('a second one is refused and told what to do; the first goes on; when it ends the next one gets the lock', async () => {
    const unlock = lockDataDir(folder)
    expect(() => lockDataDir(folder)).to.throw(/Another Turno is using .*DATABASE_URL/)
    expect(await tryElsewhere(folder)).to.match(/Another Turno is using/)
    unlock()
    expect(await tryElsewhere(folder)).to.equal('locked')
    lockDataDir(folder)() // that process is gone, and with it its lock
  })

  it('two folders do not mind each other', () => {
    const unlocks = [lockDataDir(folder), lockDataDir(join(folder, 'other'))]
    for (const unlock of unlocks) unlock()
  })
})
