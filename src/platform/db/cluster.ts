import type { DataSource } from 'typeorm'

/** One row that the instances of a house write by turns: who may change the tables. Also the table of `FIRST_WRITE`. */
export const createLeaseTable = (dataSource: DataSource): Promise<unknown> =>
  dataSource.query(
    'CREATE TABLE IF NOT EXISTS migration_lease (id int PRIMARY KEY, holder varchar(36) NULL, beat int NOT NULL)',
  )

/** A transaction begins with what other nodes had acknowledged before it: a link just mailed is no 404 there (T52). */
const IN_STEP = 'SET SESSION wsrep_sync_wait = 1'

/**
 * MariaDB without a binary log sends to the other nodes what a savepoint of a connection's first transaction has taken
 * back (20 of 20 measured on 10.11; none after one real write that is rolled back; docs/decisions/021).
 */
const FIRST_WRITE = [
  'START TRANSACTION',
  'INSERT INTO migration_lease VALUES (1 + CONNECTION_ID(), NULL, 0)',
  'ROLLBACK',
]

/** What each session of a Galera node is told, besides what every server's is; nothing on a server that is alone. */
export async function clusterSession(dataSource: DataSource): Promise<string[]> {
  const rows = await dataSource.query<{ Variable_name: string; Value: string }[]>(
    "SHOW VARIABLES WHERE Variable_name IN ('wsrep_on', 'log_bin')",
  )
  const isOn = (name: string) => rows.some((row) => row.Variable_name === name && row.Value === 'ON')
  if (!isOn('wsrep_on')) return []
  if (isOn('log_bin')) return [IN_STEP]
  await createLeaseTable(dataSource)
  return [IN_STEP, ...FIRST_WRITE]
}
