/** Sentences by the field they are about. */
export type Faults = Record<string, string>

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

const isField = (found: unknown): found is Field =>
  found instanceof HTMLInputElement || found instanceof HTMLSelectElement || found instanceof HTMLTextAreaElement

/** A field of a form by its name; null where the view has none, or several of one name. */
export function fieldOf(form: HTMLFormElement, name: string): Field | null {
  const found = form.elements.namedItem(name)
  return isField(found) ? found : null
}

/** What stands in a field, or which of several of one name was chosen; without the spaces around it. */
export function valueOf(form: HTMLFormElement, name: string): string {
  const found = form.elements.namedItem(name)
  return found instanceof RadioNodeList || isField(found) ? found.value.trim() : ''
}
