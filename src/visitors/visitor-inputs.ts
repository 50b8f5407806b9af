import { VISITOR_FIELDS, type VisitorField } from '../kernel/visitor-fields.js'

/** How a field of the applicant is typed, at home and at the desk. Its words: `visitor.{field}.label`, `.hint`, `.deskHint`. */
export interface VisitorInput {
  part: 'person' | 'contacts'
  /** A list of Comuni; everything else is a line of text. */
  list?: true
  /** Bytes as JSON that the draft's cookie has for it: more than any right value needs. */
  bytes: number
  /** As `most`, characters that the browser lets somebody type. */
  most?: number
  type?: 'email' | 'tel'
  autocomplete?: string
  cls?: 'code-input'
  optional?: true
  /** C1: staff may leave it empty. */
  deskOptional?: true
  /** M3: what is missing may stand in another field. */
  emptiable?: true
  hint?: true
  deskHint?: true
}

export const VISITOR_INPUTS: Record<VisitorField, VisitorInput> = {
  firstName: { part: 'person', bytes: 250, autocomplete: 'given-name', emptiable: true },
  lastName: { part: 'person', bytes: 250, autocomplete: 'family-name', emptiable: true, hint: true },
  taxCode: { part: 'person', bytes: 64, most: 40, cls: 'code-input', hint: true, deskHint: true },
  comune: { part: 'person', bytes: 6, list: true, hint: true },
  email: {
    part: 'contacts',
    bytes: 254,
    most: 254,
    type: 'email',
    autocomplete: 'email',
    hint: true,
    deskOptional: true,
    deskHint: true,
  },
  phone: { part: 'contacts', bytes: 40, most: 40, type: 'tel', autocomplete: 'tel', optional: true, hint: true },
}

/** Of one part of the form, or all, with their names, in their order. */
export const visitorInputs = (part?: VisitorInput['part']): (VisitorInput & { name: VisitorField })[] =>
  VISITOR_FIELDS.map((name) => ({ name, ...VISITOR_INPUTS[name] })).filter(
    (input) => part === undefined || input.part === part,
  )
