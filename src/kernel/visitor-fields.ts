/**
 * What a booking asks of who comes, in the order of its forms: the one list. How a field is typed stands in
 * src/visitors/visitor-inputs.ts, what is right in visitor.forms.ts, its words in src/messages; its column in the booking.
 * Draft, forms, summary, log and the deletion after the time of retention follow from the list.
 */
export const VISITOR_FIELDS = ['firstName', 'lastName', 'taxCode', 'comune', 'email', 'phone'] as const
export type VisitorField = (typeof VISITOR_FIELDS)[number]

/** One value for each field. */
export const eachVisitorField = <T>(value: (field: VisitorField) => T): Record<VisitorField, T> =>
  Object.fromEntries(VISITOR_FIELDS.map((field) => [field, value(field)])) as Record<VisitorField, T>
