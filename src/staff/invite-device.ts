import { randomUUID } from 'node:crypto'
import { recordChange } from '../audit/index.js'
import { notAllowed, notFound } from '../kernel/app-error.js'
import type { Tx } from '../platform/db/tx.js'
import { fingerprint } from '../platform/secrets.js'
import { type Device, type DeviceKind, DeviceStore, PAIRING_LENGTH, PAIRING_MS } from '../access/index.js'
import type { StaffDeps } from './staff-deps.js'

/** A short code has too little in it for a plain hash. */
const PAIRING = 'pairing'

const audit = (tx: Tx, { id, siteId, kind }: Device, step: { at: Date; who: string; what: string }): Promise<void> =>
  recordChange(tx, { ...step, subjectKind: 'device', subjectId: id, to: `${kind} ${siteId}` })

/** Invites a kiosk or a display to a site. The code is good for ten minutes and one use. */
export const makeInviteDevice =
  ({ clock, secrets }: StaffDeps) =>
  async (
    tx: Tx,
    { siteId, kind, who }: { siteId: string; kind: DeviceKind; who: string },
  ): Promise<{ device: Device; pairingCode: string }> => {
    const at = clock()
    const id = randomUUID()
    const pairingCode = secrets.codeFor(PAIRING, id, PAIRING_LENGTH)
    const device: Device = {
      id,
      siteId,
      kind,
      pairingHash: secrets.keyedHash(PAIRING, pairingCode),
      pairingEndsAt: new Date(at.getTime() + PAIRING_MS),
      tokenHash: null,
      createdAt: at,
      pairedAt: null,
      printerFailedAt: null,
    }
    await new DeviceStore(tx.em).add(device)
    await audit(tx, device, { at, who, what: 'invite-device' })
    return { device, pairingCode }
  }

/** The machine types the code and gets its lasting secret. @throws not-allowed `pairing-code`: wrong, used or too old */
export const makePairDevice =
  ({ clock, secrets }: StaffDeps) =>
  async (tx: Tx, { pairingCode }: { pairingCode: string }): Promise<{ device: Device; token: string }> => {
    const at = clock()
    const store = new DeviceStore(tx.em)
    const device = await store.findByPairing(secrets.all.map((secret) => secret.keyedHash(PAIRING, pairingCode)))
    if (!device?.pairingEndsAt || device.pairingEndsAt <= at) throw notAllowed('pairing-code')
    const token = secrets.tokenFor('device', device.id)
    const paired = { tokenHash: fingerprint(token), pairedAt: at }
    if (!(await store.pair(device, paired))) throw notAllowed('pairing-code')
    await audit(tx, device, { at, who: `${device.kind}:${device.id}`, what: 'pair-device' })
    return { device: { ...device, ...paired, pairingHash: null, pairingEndsAt: null }, token }
  }

/** A lost or replaced machine may do nothing any more, at once. @throws not-found `unknown-device` */
export const makeRevokeDevice =
  ({ clock }: StaffDeps) =>
  async (tx: Tx, { siteId, deviceId, who }: { siteId: string; deviceId: string; who: string }): Promise<void> => {
    const store = new DeviceStore(tx.em)
    const device = await store.find(siteId, deviceId)
    if (!device) throw notFound('unknown-device')
    await store.remove(device.id)
    await audit(tx, device, { at: clock(), who, what: 'revoke-device' })
  }
