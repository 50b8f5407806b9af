import type { DataSource } from 'typeorm'

/** What changes tables or rows; TypeORM asks a lot in between. */
const STEP = /^\s*(CREATE|ALTER|DROP|UPDATE|INSERT|DELETE)\b/i

/** The power fails after so many steps. @returns false when `work` had ended before */
export async function crashAfter(
  steps: number,
  dataSource: DataSource,
  work: () => Promise<unknown>,
): Promise<boolean> {
  const createQueryRunner = dataSource.createQueryRunner.bind(dataSource)
  dataSource.logger.logMigration = () => undefined // it would say each of our failures
  const failure = new Error('the power fails')
  let left = steps
  dataSource.createQueryRunner = (...mode) => {
    const runner = createQueryRunner(...mode)
    const asked = runner as { query(sql: string, ...rest: unknown[]): Promise<unknown> }
    const query = asked.query.bind(runner)
    asked.query = async (sql, ...rest) => {
      const answer = await query(sql, ...rest)
      if (STEP.test(sql) && !sql.includes('migration_lease') && --left === 0) throw failure
      return answer
    }
    return runner
  }
  try {
    await work()
    return false
  } catch (error) {
    if (error !== failure) throw error
    return true
  } finally {
    dataSource.createQueryRunner = createQueryRunner
  }
}
