import { type EntityManager, LessThanOrEqual } from 'typeorm'
import { addRows, updateRows } from '../platform/db/rows.js'
import { ABSOLUTE_MS, type Account, IDLE_MS, type Session } from './account.js'
import { AccountEntity, SessionEntity } from './account.entity.js'

export class SessionStore {
  constructor(private readonly em: EntityManager) {}

  /** The session with the account as it is now: a role taken away is gone with the next request (A1). */
  find(tokenHash: string): Promise<{ session: Session; account: Account } | null> {
    return this.findBy('session.tokenHash = :tokenHash', { tokenHash })
  }

  findById(id: string): Promise<{ session: Session; account: Account } | null> {
    return this.findBy('session.id = :id', { id })
  }

  private async findBy(where: string, values: Record<string, string>) {
    const found = (await this.em
      .createQueryBuilder(SessionEntity, 'session')
      .innerJoinAndMapOne('session.account', AccountEntity, 'account', 'account.username = session.username')
      .where(where, values)
      .getOne()) as (SessionEntity & { account: AccountEntity }) | null
    return found && { session: found, account: found.account }
  }

  async add(session: Session): Promise<void> {
    await addRows(this.em, SessionEntity, session)
  }

  async touch(id: string, seenAt: Date): Promise<void> {
    await updateRows(this.em, SessionEntity, { set: { seenAt }, where: { id } })
  }

  async end(id: string): Promise<void> {
    await this.em.delete(SessionEntity, { id })
  }

  async idsOf(username: string): Promise<string[]> {
    return (await this.em.find(SessionEntity, { select: { id: true }, where: { username } })).map(({ id }) => id)
  }

  async endAll(username: string): Promise<void> {
    await this.em.delete(SessionEntity, { username })
  }

  /** Throws away what is over anyway. @returns how many there were */
  async endOverdue(now: Date): Promise<number> {
    const before = (ms: number) => LessThanOrEqual(new Date(now.getTime() - ms))
    const idle = await this.em.delete(SessionEntity, { seenAt: before(IDLE_MS) })
    const old = await this.em.delete(SessionEntity, { signedInAt: before(ABSOLUTE_MS) })
    return (idle.affected ?? 0) + (old.affected ?? 0)
  }
}
