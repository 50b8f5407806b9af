import type { DataSource } from 'typeorm'
import { isSqlite } from '../db/engine.js'
import { sizeOf, WAL_BYTES, walFile } from '../db/sqlite-file.js'
import type { Job } from './jobs.js'

/**
 * A long reader – a backup, a person with a tool – keeps the write-ahead log from being written back, and what it has grown
 * to stays. The job cuts it when nobody reads in it any more; else it tries again a minute later.
 */
export const walJob = ({ dataSource, dataDir }: { dataSource: DataSource; dataDir: string }): Job => ({
  name: 'write-ahead-log',
  run: async () => {
    if (!isSqlite(dataSource) || sizeOf(walFile(dataDir)) <= WAL_BYTES) return
    const runner = dataSource.createQueryRunner('master')
    try {
      await runner.query('PRAGMA wal_checkpoint(TRUNCATE)')
    } finally {
      await runner.release()
    }
  },
})
