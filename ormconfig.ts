import { DataSource } from 'typeorm'
import { migrations } from './migrations/index.js'
import { entities } from './src/entities.js'
import { readConfig } from './src/platform/config.js'
import { dataSourceOptions } from './src/platform/db/data-source.js'
import { makeLog } from './src/platform/log.js'

const config = readConfig(process.env)

/** For the TypeORM command line; the app opens its own through `openDatabase`, with the same options. */
export const dataSource = new DataSource(
  await dataSourceOptions(config, { entities, migrations }, makeLog(config.logLevel)),
)
