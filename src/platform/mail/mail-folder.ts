import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const NAME = /^[\w-]{1,120}\.eml$/

/** The folder `mail` of DATA_DIR, where mail ends when there is no SMTP server. */
export class MailFolder {
  private readonly folder: string

  constructor(dataDir: string) {
    this.folder = join(dataDir, 'mail')
  }

  /** Writes a file that is whole as soon as it has its name; only its owner may read it. */
  async add(name: string, bytes: Buffer): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 })
    const draft = join(this.folder, `.${randomUUID()}`)
    await writeFile(draft, bytes, { mode: 0o600, flush: true })
    await rename(draft, join(this.folder, name))
  }

  /** Names of the newest files, newest first: they begin with their time. */
  async newest(count: number): Promise<string[]> {
    const names = await readdir(this.folder).catch(noFolderYet)
    return names
      .filter((name) => NAME.test(name))
      .sort()
      .reverse()
      .slice(0, count)
  }

  /** @returns null when there is no such mail */
  async read(name: string): Promise<Buffer | null> {
    if (!NAME.test(name)) return null
    return readFile(join(this.folder, name)).catch(noSuchFile)
  }
}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT'

function noFolderYet(error: unknown): string[] {
  if (isMissing(error)) return []
  throw error
}

function noSuchFile(error: unknown): null {
  if (isMissing(error)) return null
  throw error
}
