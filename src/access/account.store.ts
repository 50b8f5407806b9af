import type { EntityManager } from 'typeorm'
import { addRows, updateRows } from '../platform/db/rows.js'
import type { Account } from './account.js'
import { AccountEntity } from './account.entity.js'

export class AccountStore {
  constructor(private readonly em: EntityManager) {}

  find(username: string): Promise<Account | null> {
    return this.em.findOneBy(AccountEntity, { username })
  }

  all(): Promise<Account[]> {
    return this.em.find(AccountEntity, { order: { username: 'ASC' } })
  }

  isEmpty(): Promise<boolean> {
    return this.em.exists(AccountEntity).then((some) => !some)
  }

  /** Admins that may sign in. */
  admins(): Promise<number> {
    return this.em.countBy(AccountEntity, { role: 'admin', isActive: true })
  }

  async add(account: Account): Promise<void> {
    await addRows(this.em, AccountEntity, account)
  }

  async change(username: string, to: Partial<Account>): Promise<void> {
    await updateRows(this.em, AccountEntity, { set: to, where: { username } })
  }

  /** Another form of the same, unless it has become another meanwhile. */
  async replace(
    username: string,
    field: 'totpId' | 'newTotpId',
    { was, to }: Record<'was' | 'to', string>,
  ): Promise<void> {
    await updateRows(this.em, AccountEntity, { set: { [field]: to }, where: { username, [field]: was } })
  }

  /**
   * Notes the step of a code that was right, and the secret as it rests from now on.
   * @returns false when this code or a later one has been used already
   */
  async useTotp(username: string, { step, totpId }: { step: number; totpId: string }): Promise<boolean> {
    const where = 'username = :username AND (totpStep IS NULL OR totpStep < :step)'
    const values = { username, step }
    return (await updateRows(this.em, AccountEntity, { set: { totpStep: step, totpId }, where, values })) === 1
  }
}
