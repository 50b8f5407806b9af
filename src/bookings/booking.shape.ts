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

/** One of those who come (M1). */
export interface BookedPerson {
  /** Empty where only their number was said. */
  firstName: string
  matter: string | null
}

/** A booking as its owner sees it (contract.md). Personal in it are the first name and the secret that opens it. */
export interface PublicBooking {
  code: string
  token: string
  site: string
  service: string
  start: string
  end: string
  persons: number
  /** As many as `persons`; the contact is the first. */
  people: BookedPerson[]
  status: BookingStatus
  manageUrl: string
}

/** A booking as staff see it: who comes, but neither the secret of the link nor the tax code. */
export interface DeskBooking extends Omit<PublicBooking, 'token' | 'manageUrl'> {
  visitor: { firstName: string | null; lastName: string | null; email: string | null; phone: string | null }
  notes: string | null
}
