import { type EntityManager, In, IsNull, LessThanOrEqual, Not } from 'typeorm'
import type { Device } from './device.js'
import { DeviceEntity } from './device.entity.js'

export class DeviceStore {
  constructor(private readonly em: EntityManager) {}

  findByToken(tokenHash: string): Promise<Device | null> {
    return this.em.findOneBy(DeviceEntity, { tokenHash })
  }

  findByPairing(pairingHashes: readonly string[]): Promise<Device | null> {
    return this.em.findOneBy(DeviceEntity, { pairingHash: In(pairingHashes) })
  }

  find(siteId: string, id: string): Promise<Device | null> {
    return this.em.findOneBy(DeviceEntity, { siteId, id })
  }

  ofSite(siteId: string): Promise<Device[]> {
    return this.em.find(DeviceEntity, { where: { siteId }, order: { createdAt: 'ASC', id: 'ASC' } })
  }

  async add(device: Device): Promise<void> {
    await this.em.createQueryBuilder().insert().into(DeviceEntity).values(device).updateEntity(false).execute()
  }

  /** Uses the code up. @returns false when somebody else just did */
  async pair(device: Device, { tokenHash, pairedAt }: { tokenHash: string; pairedAt: Date }): Promise<boolean> {
    const done = await this.em
      .createQueryBuilder()
      .update(DeviceEntity)
      .set({ tokenHash, pairedAt, pairingHash: null, pairingEndsAt: null })
      .where('id = :id AND pairingHash = :pairingHash', device)
      .updateEntity(false)
      .execute()
    return done.affected === 1
  }

  /** Of one machine, or of all at the site. @returns false when that was known already */
  async notePrinter({ siteId, id }: { siteId: string; id: string | null }, failedAt: Date | null): Promise<boolean> {
    const which = `siteId = :siteId${id === null ? '' : ' AND id = :id'}`
    const done = await this.em
      .createQueryBuilder()
      .update(DeviceEntity)
      .set({ printerFailedAt: failedAt })
      .where(`${which} AND printerFailedAt IS ${failedAt ? '' : 'NOT '}NULL`, { siteId, id })
      .updateEntity(false)
      .execute()
    return (done.affected ?? 0) > 0
  }

  /** The first that failed and does not work yet; null: none. */
  async printerFailedAt(siteId: string): Promise<Date | null> {
    const failed = await this.em.findOne(DeviceEntity, {
      where: { siteId, printerFailedAt: Not(IsNull()) },
      order: { printerFailedAt: 'ASC' },
    })
    return failed?.printerFailedAt ?? null
  }

  async remove(id: string): Promise<void> {
    await this.em.delete(DeviceEntity, { id })
  }

  /** Invitations nobody followed. */
  async removeOverdue(now: Date): Promise<void> {
    await this.em.delete(DeviceEntity, { pairingEndsAt: LessThanOrEqual(now) })
  }
}
