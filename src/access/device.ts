/** A kiosk that issues tickets, or a display that only shows. */
export const DEVICE_KINDS = ['kiosk', 'display'] as const
export type DeviceKind = (typeof DEVICE_KINDS)[number]

/** A machine in a waiting room: invited by a manager, then paired by its code. Revoking deletes it. */
export interface Device {
  id: string
  siteId: string
  kind: DeviceKind
  /** Keyed hash of the code; null once it was used. */
  pairingHash: string | null
  pairingEndsAt: Date | null
  /** SHA-256 of its token; null until paired. */
  tokenHash: string | null
  createdAt: Date
  pairedAt: Date | null
  /** Since when a kiosk's paper does not come; null: it does, as far as anybody has said. */
  printerFailedAt: Date | null
}

/** Characters of a pairing code, and how long it may be typed in. */
export const PAIRING_LENGTH = 8
export const PAIRING_MS = 10 * 60_000
