import { type EntityManager, In } from 'typeorm'
import { addRows, updateRows } from '../platform/db/rows.js'
import type { Call } from './call.js'
import { CallEntity, TicketEntity } from './ticket.entity.js'

export class CallStore {
  constructor(private readonly em: EntityManager) {}

  async add(call: Call): Promise<void> {
    await addRows(this.em, CallEntity, call)
  }

  find(id: string): Promise<Call | null> {
    return this.em.findOneBy(CallEntity, { id })
  }

  async byId(ids: readonly string[]): Promise<Map<string, Call>> {
    const calls = await this.em.findBy(CallEntity, { id: In([...ids]) })
    return new Map(calls.map((call) => [call.id, call]))
  }

  /** Own the site's queue first. */
  async change(id: string, to: Partial<Call>): Promise<void> {
    await updateRows(this.em, CallEntity, { set: to, where: { id } })
  }

  /**
   * The calls of a day that screens show, newest first: of each ticket its last, but none that was undone, that nobody
   * answered, or after which the person was put back to wait (B1).
   */
  shown({ siteId, day }: { siteId: string; day: string }, most: number): Promise<Call[]> {
    return this.em
      .createQueryBuilder(CallEntity, 'call')
      .innerJoin(TicketEntity, 'ticket', 'ticket.id = call.ticketId AND ticket.callId = call.id')
      .where('call.siteId = :siteId AND call.day = :day', { siteId, day })
      .andWhere("ticket.status <> 'missed'")
      .orderBy('call.version', 'DESC')
      .limit(most)
      .getMany()
  }

  /** The calls of visits that have not ended. */
  open({ siteId, day }: { siteId: string; day: string }): Promise<Call[]> {
    return this.em
      .createQueryBuilder(CallEntity, 'call')
      .where('call.siteId = :siteId AND call.day = :day AND call.outcome IS NULL', { siteId, day })
      .getMany()
  }

  /** The last visits of a service that ended with the person served, newest first. */
  served({ siteId, serviceId }: { siteId: string; serviceId: string }, most: number): Promise<Call[]> {
    return this.em
      .createQueryBuilder(CallEntity, 'call')
      .where("call.siteId = :siteId AND call.serviceId = :serviceId AND call.outcome = 'done'", { siteId, serviceId })
      .orderBy('call.endedAt', 'DESC')
      .limit(most)
      .getMany()
  }
}
