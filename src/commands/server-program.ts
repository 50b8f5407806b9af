import { spawn, type StdioOptions } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'

/** Runs one of the server's own programs on our database. The password goes by the environment, not the process list. */
function start(
  databaseUrl: string,
  { mysql, mariadb, more = [] }: { mysql: string; mariadb: string; more?: string[] },
  stdio: StdioOptions,
) {
  const url = new URL(databaseUrl)
  const program = url.protocol === 'mysql:' ? mysql : mariadb
  const where = [`--host=${url.hostname}`, `--port=${url.port || '3306'}`, `--user=${decodeURIComponent(url.username)}`]
  const env = { ...process.env, MYSQL_PWD: decodeURIComponent(url.password) }
  const child = spawn(program, [...where, ...more, decodeURIComponent(url.pathname.slice(1))], { env, stdio })
  const ended = once(child, 'exit').then(([code]) => {
    if (code !== 0) throw new Error(`${program} ended with ${code ?? 'a signal'}.`)
  })
  return { child, ended }
}

/** The whole database in one transaction, into a file that only we may read. */
export async function dumpServer(databaseUrl: string, target: string): Promise<void> {
  const programs = { mysql: 'mysqldump', mariadb: 'mariadb-dump', more: ['--single-transaction', '--hex-blob'] }
  const { child, ended } = start(databaseUrl, programs, ['ignore', 'pipe', 'inherit'])
  if (!child.stdout) throw new Error('the dump has no output')
  const written = pipeline(child.stdout, createWriteStream(target, { flags: 'wx', mode: 0o600 }))
  await Promise.all([written, ended]).catch((error: unknown) => {
    throw new Error(`${target} is not a whole backup: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    })
  })
}

/** Runs a dump's statements. */
export async function loadServer(databaseUrl: string, source: string): Promise<void> {
  const { child, ended } = start(databaseUrl, { mysql: 'mysql', mariadb: 'mariadb' }, ['pipe', 'inherit', 'inherit'])
  if (!child.stdin) throw new Error('the program has no input')
  await Promise.all([pipeline(createReadStream(source), child.stdin), ended])
}
