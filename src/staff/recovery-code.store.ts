import { type EntityManager, In, IsNull, Like } from 'typeorm'
import { addRows, updateRows } from '../platform/db/rows.js'
import type { Secrets } from '../platform/secrets.js'
import { RecoveryCodeEntity } from './recovery-code.entity.js'

export class RecoveryCodeStore {
  constructor(private readonly em: EntityManager) {}

  /** How many have not been used and still open: of a secret that is gone none does. */
  left(username: string, { all }: Pick<Secrets, 'all'>): Promise<number> {
    const ofOne = ({ keyId }: { keyId: string }) => ({ username, usedAt: IsNull(), codeHash: Like(`${keyId}.%`) })
    return this.em.countBy(RecoveryCodeEntity, all.map(ofOne))
  }

  /** @returns the hash of the one that is there, used or not: `use` says which, in its unit of work */
  async find(username: string, codeHashes: readonly string[]): Promise<string | null> {
    const where = { username, codeHash: In([...codeHashes]) }
    return (await this.em.findOneBy(RecoveryCodeEntity, where))?.codeHash ?? null
  }

  /** How many people have unused ones that another secret than this one made. */
  async peopleWithOthers(keyId: string): Promise<number> {
    const row = await this.em
      .createQueryBuilder(RecoveryCodeEntity, 'code')
      .select('COUNT(DISTINCT code.username)', 'people')
      .where('code.usedAt IS NULL AND code.codeHash NOT LIKE :own', { own: `${keyId}.%` })
      .getRawOne<{ people: number | string }>()
    return Number(row?.people ?? 0)
  }

  async add(codes: readonly RecoveryCodeEntity[]): Promise<void> {
    await addRows(this.em, RecoveryCodeEntity, [...codes])
  }

  async removeAll(username: string): Promise<void> {
    await this.em.delete(RecoveryCodeEntity, { username })
  }

  /** @returns false when it has been used, or there is none */
  async use(username: string, codeHash: string, usedAt: Date): Promise<boolean> {
    const where = 'codeHash = :codeHash AND username = :username AND usedAt IS NULL'
    return (
      (await updateRows(this.em, RecoveryCodeEntity, { set: { usedAt }, where, values: { codeHash, username } })) === 1
    )
  }
}
