import { copyFile } from 'node:fs/promises'
import { createConnection, type RowDataPacket } from 'mysql2/promise'
import type { DataSource } from 'typeorm'
import { sqliteFile } from '../../src/platform/db/sqlite-file.js'

/** Migrations have run; nobody has written anything else. */
export interface Template {
  /** Makes a new database of `dataDir` or `url` the same, before anybody has opened it. */
  copyTo(target: { dataDir: string; url: string | null }): Promise<void>
}

/** Of a database file that is closed. */
export const fileTemplate = (dataDir: string): Template => ({
  copyTo: (target) => copyFile(sqliteFile(dataDir), sqliteFile(target.dataDir)),
})

/** Of a database on a server: its tables, as the server itself would make them again, and their rows. */
export async function serverTemplate({ manager }: DataSource, url: string): Promise<Template> {
  const name = nameOf(url)
  const tables = (await manager.query<Record<string, string>[]>('SHOW TABLES')).map((row) =>
    String(Object.values(row)[0]),
  )
  const made: string[] = []
  for (const table of tables) {
    const [row] = await manager.query<Record<string, string>[]>(`SHOW CREATE TABLE \`${table}\``)
    made.push(String(row?.['Create Table']), `INSERT INTO \`${table}\` SELECT * FROM \`${name}\`.\`${table}\``)
  }
  return {
    async copyTo(target) {
      if (target.url === null) throw new Error('a server’s template is copied on that server')
      const { hostname: host, port, username: user, password } = new URL(target.url)
      const server = { host, port: Number(port), user, password, charset: 'utf8mb4' }
      const connection = await createConnection({ ...server, multipleStatements: true })
      try {
        const [[facts]] = await connection.query<RowDataPacket[]>(
          `SELECT default_character_set_name AS letters, default_collation_name AS rule
           FROM information_schema.schemata WHERE schema_name = ?`,
          [name],
        )
        const copy = nameOf(target.url)
        await connection.query(
          [
            `CREATE DATABASE \`${copy}\` CHARACTER SET ${facts?.['letters']} COLLATE ${facts?.['rule']}`,
            `USE \`${copy}\``,
            'SET foreign_key_checks = 0',
            ...made,
          ].join(';\n'),
        )
      } finally {
        await connection.end()
      }
    },
  }
}

const nameOf = (url: string): string => new URL(url).pathname.slice(1)
