import { existsSync } from 'node:fs'
import type { DataSource } from 'typeorm'
import { withHouse } from './open-house.js'
import { dumpServer } from './server-program.js'

/** `npm run backup -- FILE`: a consistent copy while the app runs; FILE must not exist yet. */
const [file] = process.argv.slice(2)

await withHouse(
  process.env,
  async ({ config, dataSource }) => {
    if (config.databaseUrl === null) await copySqlite(dataSource, String(file))
    else await dumpServer(config.databaseUrl, String(file))
    return `Saved to ${file}`
  },
  () => {
    if (file === undefined) throw new Error('Say where to: npm run backup -- FILE')
    if (existsSync(file)) throw new Error(`${file} exists already; choose another name.`)
  },
)

/** Not a copy of the file: that could miss what is still in the write-ahead log (T13). */
function copySqlite(dataSource: DataSource, target: string): Promise<unknown> {
  return dataSource.query('VACUUM INTO ?', [target])
}
