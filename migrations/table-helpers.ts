import { type QueryRunner, TableColumn, type TableColumnOptions } from 'typeorm'

type Column = TableColumnOptions

/** Column makers that give the same table on both engines, and what the entities say (schema-agreement.test.ts). */
export const text = (name: string, length: number, more: Partial<Column> = {}): Column => ({
  name,
  type: 'varchar',
  length: String(length),
  ...more,
})

export const longText = (name: string): Column => ({ name, type: 'text' })

export const instant = (name: string, more: Partial<Column> = {}): Column => ({
  name,
  type: 'datetime',
  precision: 3,
  ...more,
})

export const isMysql = (runner: QueryRunner): boolean => runner.dataSource.options.type !== 'better-sqlite3'

export const integer = (runner: QueryRunner, name: string, more: Partial<Column> = {}): Column => ({
  name,
  type: isMysql(runner) ? 'int' : 'integer',
  ...more,
})

export const flag = (runner: QueryRunner, name: string): Column => ({
  name,
  type: isMysql(runner) ? 'tinyint' : 'boolean',
})

export const nullable = { isNullable: true } as const
export const primary = { isPrimary: true } as const

/** TypeORM drops `@Check` on MySQL and MariaDB without a word (stack.md 7), so the constraint is added by hand there. */
export async function addCheck(runner: QueryRunner, table: string, name: string, expression: string): Promise<void> {
  if (isMysql(runner)) await runner.query(`ALTER TABLE ${table} ADD CONSTRAINT ${name} CHECK (${expression})`)
}

/** TypeORM would drop the column on MySQL and MariaDB, with all that is in it, and make a new one. */
export async function lengthenText(
  runner: QueryRunner,
  table: string,
  { name, length }: { name: string; length: number },
): Promise<void> {
  if (isMysql(runner)) await runner.query(`ALTER TABLE ${table} MODIFY ${name} varchar(${length}) NULL`)
  else await runner.changeColumn(table, name, new TableColumn(text(name, length, nullable)))
}
