import type { DataSource } from 'typeorm'
import { BARE_SQL } from './bare.js'
import { OWN } from './bare-mariadb.js'

/** A statement as verb and table; null for what only frames a transaction. */
function shortOf(sql: string): string | null {
  const verb = /^(?:SELECT|INSERT|UPDATE|DELETE)\b/i.exec(sql)?.[0]
  const table = /\b(?:FROM|INTO|UPDATE)\s+[`"]?(\w+)/i.exec(sql)?.[1]
  return verb && table ? `${verb.toLowerCase()} ${table}` : null
}

const shortened = (statements: readonly string[]): string[] =>
  statements.map(shortOf).filter((statement) => statement !== null)

/** What `work` asks of the database, in order, each as `select booking`. */
export async function statementsOf(dataSource: DataSource, work: () => Promise<unknown>): Promise<string[]> {
  const said: string[] = []
  const { logger } = dataSource
  dataSource.logger = Object.assign(Object.create(logger) as typeof logger, {
    logQuery: (sql: string) => said.push(sql),
  })
  try {
    await work()
  } finally {
    dataSource.logger = logger
  }
  return shortened(said)
}

/** The same of a bare booking route. */
export function bareStatements(isMariaDb: boolean): string[] {
  const { calendar, free, ...rest } = BARE_SQL
  return shortened([calendar, free, ...(isMariaDb ? [OWN] : []), ...Object.values(rest)])
}
