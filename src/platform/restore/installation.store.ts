import { randomUUID } from 'node:crypto'
import type { EntityManager } from 'typeorm'
import { insertRow } from '../db/statements.js'
import type { Tx } from '../db/tx.js'
import { GenerationEntity, InstallationEntity } from './installation.entity.js'

const THE_ONE = { id: 1 }

export class InstallationStore {
  constructor(private readonly em: EntityManager) {}

  async mailHeldSince(): Promise<Date | null> {
    return (await this.em.findOneBy(InstallationEntity, THE_ONE))?.mailHeldSince ?? null
  }

  async holdMail(since: Date | null): Promise<void> {
    await this.em.update(InstallationEntity, THE_ONE, { mailHeldSince: since })
  }

  async generation(writer: string): Promise<number> {
    return (await this.em.findOneBy(GenerationEntity, { writer }))?.value ?? 0
  }

  /** @returns the new one */
  async raise(writer: string): Promise<number> {
    await this.em.increment(GenerationEntity, { writer }, 'value', 1)
    return this.generation(writer)
  }

  async setGeneration(writer: string, value: number): Promise<void> {
    const done = await this.em.update(GenerationEntity, { writer }, { value })
    // MySQL and MariaDB may count rows that changed, not rows that were met.
    if (done.affected === 0 && !(await this.em.existsBy(GenerationEntity, { writer })))
      await insertRow(this.em, GenerationEntity, { writer, value })
  }
}

/** Alone until the unit ends; the row is made at first. @returns the id of this database */
export async function ownInstallation(tx: Tx): Promise<string> {
  await tx.own('installation')
  const found = await tx.em.findOneBy(InstallationEntity, THE_ONE)
  if (found) return found.databaseId
  const databaseId = randomUUID()
  await insertRow(tx.em, InstallationEntity, { ...THE_ONE, databaseId, mailHeldSince: null })
  return databaseId
}
