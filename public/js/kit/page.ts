/** The first element that fits, of the kind that is needed. @throws when the view has none: its script cannot do without */
export function find<E extends Element>(kind: new () => E, selector: string, within: ParentNode = document): E {
  const found = within.querySelector(selector)
  if (found instanceof kind) return found
  throw new Error(`no ${kind.name} ${selector}`)
}

export const byId = (id: string): HTMLElement => find(HTMLElement, `#${id}`)

/** What a view calls `data-part`: a place that its script fills. */
export const part = (name: string, within: ParentNode = document): HTMLElement =>
  find(HTMLElement, `[data-part="${name}"]`, within)

/** Only what has changed: a screen reader or a browser has nothing to do otherwise. */
export function write(place: Element, text: string): void {
  if (place.textContent !== text) place.textContent = text
}

/** The element an event is about; text and the document itself are none. */
export const elementOf = ({ target }: Event): Element | null => (target instanceof Element ? target : null)
