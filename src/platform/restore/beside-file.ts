import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Log } from '../log.js'

/** What is kept beside the data, so that data of yesterday is known as such. */
export interface Beside {
  /** Which database it is about: another one says nothing. */
  database: string
  /** Whose generation it is: this folder's. */
  writer: string
  generation: number
  /** The highest ever given, by a name of the room that gives them. */
  highest: Record<string, number>
}

/** Long enough for a rush to be one write; what a crash loses of it was seconds old. */
const WRITE_MS = 200

const higher = (one: Record<string, number>, other: Record<string, number>): Record<string, number> => {
  const both = { ...one }
  for (const [name, value] of Object.entries(other)) both[name] = Math.max(value, both[name] ?? 0)
  return both
}

/**
 * `DATA_DIR/beside.json`. Written after the commit it tells of and without waiting for the disk: after a crash it may be
 * older than the database, which means nothing, and never newer.
 */
export class BesideFile {
  private readonly path: string
  private is: Beside | null = null
  private timer: NodeJS.Timeout | undefined

  constructor(
    private readonly dataDir: string,
    private readonly log: Log,
  ) {
    this.path = join(dataDir, 'beside.json')
  }

  /** Null when it is missing or no longer readable: then it is written anew. */
  read(): Beside | null {
    try {
      const { database, writer, generation, highest } = JSON.parse(readFileSync(this.path, 'utf8')) as Beside
      return { database: String(database), writer: String(writer), generation: Number(generation) || 0, highest }
    } catch {
      return null
    }
  }

  get present(): Beside | null {
    return this.is
  }

  begin(beside: Beside): void {
    this.is = beside
    this.write()
  }

  /** Nothing ever grows less. Names that `isOver` are kept no longer. */
  keep(part: { generation?: number; highest?: Record<string, number> }, isOver?: (name: string) => boolean): void {
    if (!this.is) return
    const { generation = 0, highest = {} } = part
    const names = Object.entries(higher(this.is.highest, highest)).filter(([name]) => !isOver?.(name))
    this.is = {
      ...this.is,
      generation: Math.max(this.is.generation, generation),
      highest: Object.fromEntries(names),
    }
    this.timer ??= setTimeout(() => this.write(), WRITE_MS).unref()
  }

  /** At the end. */
  flush(): void {
    if (this.timer) this.write()
  }

  private write(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    if (!this.is) return
    try {
      mkdirSync(this.dataDir, { recursive: true, mode: 0o700 })
      const other = this.read()
      // Another instance may use the folder, too.
      if (other?.writer === this.is.writer && other.generation > this.is.generation)
        this.is = { ...this.is, generation: other.generation, highest: higher(other.highest, this.is.highest) }
      // Named by process: of two instances in one folder neither may put the other's half in place.
      const whole = `${this.path}.${process.pid}`
      writeFileSync(whole, JSON.stringify(this.is), { mode: 0o600 })
      renameSync(whole, this.path)
    } catch (error) {
      this.log.warn({ err: error }, 'what tells a restored backup could not be written beside the data')
    }
  }
}
