import { type EntityManager, In, IsNull } from 'typeorm'
import { RecoveryCodeEntity } from './account.entity.js'

export class RecoveryCodeStore {
  constructor(private readonly em: EntityManager) {}

  /** How many have not been used. */
  left(username: string): Promise<number> {
    return this.em.countBy(RecoveryCodeEntity, { username, usedAt: IsNull() })
  }

  /** @returns the hash of the one that is there, used or not: `use` says which, in its unit of work */
  async find(username: string, codeHashes: readonly string[]): Promise<string | null> {
    const where = { username, codeHash: In([...codeHashes]) }
    return (await this.em.findOneBy(RecoveryCodeEntity, where))?.codeHash ?? null
  }

  async add(codes: readonly RecoveryCodeEntity[]): Promise<void> {
    const insert = this.em
      .createQueryBuilder()
      .insert()
      .into(RecoveryCodeEntity)
      .values([...codes])
    await insert.updateEntity(false).execute()
  }

  async removeAll(username: string): Promise<void> {
    await this.em.delete(RecoveryCodeEntity, { username })
  }

  /** @returns false when it has been used, or there is none */
  async use(username: string, codeHash: string, usedAt: Date): Promise<boolean> {
    const done = await this.em
      .createQueryBuilder()
      .update(RecoveryCodeEntity)
      .set({ usedAt })
      .where('codeHash = :codeHash AND username = :username AND usedAt IS NULL', { codeHash, username })
      .updateEntity(false)
      .execute()
    return done.affected === 1
  }
}
