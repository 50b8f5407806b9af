import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, existsSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { DataSource } from 'typeorm'
import { withHouse } from './open-house.js'

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

/** The server's own dump program, in one transaction. The password goes by the environment, not the process list. */
async function dumpServer(databaseUrl: string, target: string): Promise<void> {
  const url = new URL(databaseUrl)
  const program = url.protocol === 'mysql:' ? 'mysqldump' : 'mariadb-dump'
  const where = [`--host=${url.hostname}`, `--port=${url.port || '3306'}`, `--user=${decodeURIComponent(url.username)}`]
  const args = [...where, '--single-transaction', '--hex-blob', decodeURIComponent(url.pathname.slice(1))]
  const env = { ...process.env, MYSQL_PWD: decodeURIComponent(url.password) }
  const dump = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(dump, 'exit')
  await pipeline(dump.stdout, createWriteStream(target, { flags: 'wx', mode: 0o600 }))
  const [code] = (await ended) as [number | null]
  if (code !== 0) throw new Error(`${program} ended with ${code ?? 'a signal'}; ${target} is not a whole backup.`)
}
