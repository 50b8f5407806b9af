import type { DataSource } from 'typeorm'
import { migrations } from '../../migrations/index.js'
import { entities } from '../entities.js'
import { type Config, readConfig } from '../platform/config.js'
import { openDatabase } from '../platform/db/data-source.js'
import { type Log, makeLog } from '../platform/log.js'

export interface House {
  config: Config
  dataSource: DataSource
  log: Log
}

/** Runs a command with the settings and database of the environment; a failure is one sentence and exit code 1. */
export async function withHouse(
  env: Record<string, string | undefined>,
  command: (house: House) => Promise<string>,
  before: (config: Config) => void | Promise<void> = () => undefined,
): Promise<void> {
  // What a command writes is for its owner's eyes: backups above all.
  process.umask(0o077)
  try {
    const config = readConfig(env)
    await before(config)
    const log = makeLog(config.logLevel)
    const dataSource = await openDatabase(config, { entities, migrations }, log)
    try {
      process.stdout.write(`${await command({ config, dataSource, log })}\n`)
    } finally {
      await dataSource.destroy()
    }
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  }
}
