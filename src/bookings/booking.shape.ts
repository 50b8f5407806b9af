/** K3. `arrived`, `served` and `no-show` are set at the counter and at the day's end. */
export type BookingStatus =
  | 'held'
  | 'pending'
  | 'confirmed'
  | 'arrived'
  | 'served'
  | 'no-show'
  | 'expired'
  | 'cancelled'

/** A booking as its owner sees it (contract.md). Holds nothing personal but the secret that opens it. */
export interface PublicBooking {
  code: string
  token: string
  site: string
  service: string
  start: string
  end: string
  persons: number
  status: BookingStatus
  manageUrl: string
}

/** A booking as staff see it: who comes, but neither the secret of the link nor the tax code. */
export interface DeskBooking extends Omit<PublicBooking, 'token' | 'manageUrl'> {
  visitor: { firstName: string | null; lastName: string | null; email: string | null; phone: string | null }
  notes: string | null
}
