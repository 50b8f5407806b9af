import { type EntityManager, In, IsNull, LessThanOrEqual, Not } from 'typeorm'
import { addRows, updateRows } from '../platform/db/rows.js'
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
    await addRows(this.em, DeviceEntity, device)
  }

  /** Uses the code up. @returns false when somebody else just did */
  async pair(device: Device, { tokenHash, pairedAt }: { tokenHash: string; pairedAt: Date }): Promise<boolean> {
    const { id, pairingHash } = device
    const set = { tokenHash, pairedAt, pairingHash: null, pairingEndsAt: null }
    return (await updateRows(this.em, DeviceEntity, { set, where: { id, pairingHash } })) === 1
  }

  /** Of one machine, or of all at the site. @returns false when that was known already */
  async notePrinter({ siteId, id }: { siteId: string; id: string | null }, failedAt: Date | null): Promise<boolean> {
    const which = `siteId = :siteId${id === null ? '' : ' AND id = :id'}`
    const where = `${which} AND printerFailedAt IS ${failedAt ? '' : 'NOT '}NULL`
    return (
      (await updateRows(this.em, DeviceEntity, { set: { printerFailedAt: failedAt }, where, values: { siteId, id } })) >
      0
    )
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
