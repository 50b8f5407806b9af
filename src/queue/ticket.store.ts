import { Between, type EntityManager, In } from 'typeorm'
import { addRows, updateRows } from '../platform/db/rows.js'
import type { Lane } from '../sites/index.js'
import type { Ticket } from './ticket.js'
import { LaneNumberEntity, TicketEntity } from './ticket.entity.js'
import type { TicketStatus } from './queue.shape.js'

/** Those that somebody still has to do with today. */
const PRESENT: TicketStatus[] = ['waiting', 'called', 'serving', 'parked', 'missed']
/** Those that a new day closes. */
const OPEN: TicketStatus[] = ['waiting', 'called', 'serving', 'parked']

interface SiteDay {
  siteId: string
  day: string
}

export class TicketStore {
  constructor(private readonly em: EntityManager) {}

  async add(ticket: Ticket): Promise<void> {
    await addRows(this.em, TicketEntity, ticket)
  }

  find(id: string): Promise<Ticket | null> {
    return this.em.findOneBy(TicketEntity, { id })
  }

  findByToken(tokenHash: string): Promise<Ticket | null> {
    return this.em.findOneBy(TicketEntity, { tokenHash })
  }

  /** The last one: a booking has another after one that was left (W1). */
  findByBooking(bookingId: string): Promise<Ticket | null> {
    return this.em.findOne(TicketEntity, { where: { bookingId }, order: { arrival: 'DESC' } })
  }

  /** Changes a ticket only while it is as it was read (T10). @returns false when somebody else was first */
  async change(was: Pick<Ticket, 'id' | 'status' | 'revision'>, to: Partial<Ticket>): Promise<boolean> {
    const { id, status, revision } = was
    const set = { ...to, revision: revision + 1 }
    return (await updateRows(this.em, TicketEntity, { set, where: { id, status, revision } })) === 1
  }

  waiting({ siteId, day }: SiteDay): Promise<Ticket[]> {
    return this.em.findBy(TicketEntity, { siteId, day, status: 'waiting' })
  }

  /** In the order in which they were made. */
  present({ siteId, day }: SiteDay): Promise<Ticket[]> {
    return this.em
      .createQueryBuilder(TicketEntity, 'ticket')
      .where('ticket.siteId = :siteId AND ticket.day = :day', { siteId, day })
      .andWhere('ticket.status IN (:...present)', { present: PRESENT })
      .orderBy('ticket.made')
      .getMany()
  }

  /** Of local days, both included. */
  between({ siteId, from, to }: { siteId: string; from: string; to: string }): Promise<Ticket[]> {
    return this.em.find(TicketEntity, { where: { siteId, day: Between(from, to) }, order: { made: 'ASC' } })
  }

  /** Those of a day that are over and may go on after all (Q4). */
  finished({ siteId, day }: SiteDay): Promise<Ticket[]> {
    return this.em.findBy(TicketEntity, { siteId, day, status: In(['done', 'left']) })
  }

  /** The one ticket a counter has called or serves (Q5). */
  currentAt({ siteId, day }: SiteDay, counterId: string): Promise<Ticket | null> {
    return this.em
      .createQueryBuilder(TicketEntity, 'ticket')
      .where('ticket.siteId = :siteId AND ticket.day = :day', { siteId, day })
      .andWhere("ticket.status IN ('called', 'serving') AND ticket.counterId = :counterId", { counterId })
      .getOne()
  }

  /** Everything one press has changed and nobody has changed since. */
  ofStep({ siteId, day }: SiteDay, undoStep: string): Promise<Ticket[]> {
    return this.em.findBy(TicketEntity, { siteId, day, undoStep })
  }

  /** Waiting for one counter alone. */
  boundTo({ siteId, day }: SiteDay, counterId: string): Promise<Ticket[]> {
    return this.em.findBy(TicketEntity, { siteId, day, status: 'waiting', forCounterId: counterId })
  }

  /** Open tickets of days before `day`, oldest first. */
  leftOver({ siteId, day }: SiteDay, most: number): Promise<Ticket[]> {
    return this.em
      .createQueryBuilder(TicketEntity, 'ticket')
      .where('ticket.siteId = :siteId AND ticket.day < :day', { siteId, day })
      .andWhere('ticket.status IN (:...open)', { open: OPEN })
      .orderBy('ticket.made')
      .limit(most)
      .getMany()
  }

  /** Walk-ins admitted to a service that day, whatever has become of them and wherever they were sent (W3's quota). */
  countWalkIns({ siteId, day }: SiteDay, serviceId: string): Promise<number> {
    return this.em
      .createQueryBuilder(TicketEntity, 'ticket')
      .where('ticket.siteId = :siteId AND ticket.day = :day', { siteId, day })
      .andWhere('ticket.drawnFor = :serviceId AND ticket.bookingId IS NULL', { serviceId })
      .getCount()
  }

  /** W2: the next number of a lane. Own the site's queue first. */
  async nextNumber({ siteId, day }: SiteDay, lane: Lane): Promise<number> {
    const key = { siteId, day, lane }
    const grown = await updateRows(this.em, LaneNumberEntity, { set: { last: () => 'last_number + 1' }, where: key })
    if (grown === 1) return (await this.em.findOneByOrFail(LaneNumberEntity, key)).last
    const first = { ...key, last: 1 }
    await addRows(this.em, LaneNumberEntity, first)
    return 1
  }

  /** 0 before the first. */
  async lastNumber({ siteId, day }: SiteDay, lane: Lane): Promise<number> {
    return (await this.em.findOneBy(LaneNumberEntity, { siteId, day, lane }))?.last ?? 0
  }

  /** The next number will be above `last`; the gap is allowed after a restore alone (W2). */
  async raiseNumber({ siteId, day }: SiteDay, lane: Lane, last: number): Promise<void> {
    const key = { siteId, day, lane }
    const is = await this.em.findOneBy(LaneNumberEntity, key)
    if (!is) await this.em.insert(LaneNumberEntity, { ...key, last })
    else if (is.last < last) await this.em.update(LaneNumberEntity, key, { last })
  }
}
