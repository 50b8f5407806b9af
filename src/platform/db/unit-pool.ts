import type { DataSource, QueryRunner } from 'typeorm'
import type { PoolConnection } from './statement-deadline.js'

type Taken = (error: Error | null, connection: PoolConnection) => void

interface Pool {
  getConnection(taken: Taken): void
  end(done: () => void): void
  on(event: 'connection' | 'acquire', listener: (connection: PoolConnection & { promise(): unknown }) => void): void
}

/** What is used here of TypeORM's driver for MySQL and MariaDB. */
interface Driver {
  mysql: { createPool(options: object): Pool }
  options: object
  createConnectionOptions(options: object, credentials: object): object
  prepareDbConnection(connection: PoolConnection): PoolConnection
  disconnect(): Promise<void>
}

const pools = new WeakMap<DataSource, Pool>()
const driverOf = (dataSource: DataSource): Driver => dataSource.driver as unknown as Driver

/**
 * Connections for units of work alone, closed with the data source. `inPieces`: they take several statements in one piece;
 * on all others a value that was read as a statement could not become a second one.
 */
export function makeUnitPool(dataSource: DataSource, { inPieces }: { inPieces: boolean }): Pool {
  const driver = driverOf(dataSource)
  const options = driver.createConnectionOptions(driver.options, driver.options)
  const pool = driver.mysql.createPool({ ...options, multipleStatements: inPieces })
  pools.set(dataSource, pool)
  const disconnect = driver.disconnect.bind(driver)
  driver.disconnect = async () => {
    pools.delete(dataSource)
    await new Promise<void>((resolve) => pool.end(resolve))
    await disconnect()
  }
  return pool
}

/** What a unit of work runs on: on a server a connection of its own kind. */
export function unitRunner(dataSource: DataSource): QueryRunner {
  const runner = dataSource.createQueryRunner()
  const pool = pools.get(dataSource)
  if (!pool) return runner
  const take = () =>
    new Promise<PoolConnection>((resolve, reject) => {
      pool.getConnection((error, connection) => {
        if (error) return reject(error)
        resolve(driverOf(dataSource).prepareDbConnection(connection))
      })
    })
  let taken: Promise<PoolConnection> | undefined
  runner.connect = () =>
    (taken ??= take().then((connection) => {
      // It gives this one back when it is released.
      return Object.assign(runner, { databaseConnection: connection }).databaseConnection
    }))
  return runner
}
