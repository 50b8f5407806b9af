import type { VisitorField } from '../kernel/visitor-fields.js'

/** Who comes to the counter, as read by `visitorForm`: a text for each field, most of them as described here. */
export interface Visitor extends Record<Exclude<VisitorField, 'email' | 'phone'>, string> {
  /** Any of the four identifiers, upper-case, without spaces. Never a secret, never in a log. */
  taxCode: string
  /** ASCII, lower-case; with its `+tag`, which mail needs and K5 drops (`normalisedMail`). Null only when staff book (C1). */
  email: string | null
  /** Digits, perhaps after one `+`. */
  phone: string | null
  /** ISTAT code of residence or domicile, declared and checked at the counter. */
  comune: string
}

/** As the public writes it on the page: there is an address to write to (C1). */
export type ReachableVisitor = Visitor & { email: string }
