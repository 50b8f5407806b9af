import type { FieldFault } from '../../kernel/app-error.js'
import { fieldMessage } from '../http/problem.js'
import type { Speech } from './speech.js'

/** Something to say above a page. */
export interface NoticeView {
  kind: 'danger' | 'warning' | 'success'
  title: string
  text: string
}

export interface FieldError {
  field: string
  message: string
}

/** One sentence for each field. @param own the form's own sentence for a fault, where it has one */
export function fieldErrors(
  faults: readonly FieldFault[],
  { t }: Speech,
  own: (fault: FieldFault) => string | null = () => null,
): FieldError[] {
  const seen = new Set<string>()
  return faults
    .map((fault) => ({ field: fault.field, message: own(fault) ?? fieldMessage(t, fault.code, fault.params) }))
    .filter(({ field }) => !seen.has(field) && seen.add(field))
}
