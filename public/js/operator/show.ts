import { type Child, h } from '../kit/element.js'

/**
 * Makes the content of `root` what `children` are, changing only what differs: who has the focus keeps it. Children with
 * a `data-key` are found again wherever they have moved; with `data-same` they are left as they were.
 */
export function show(root: HTMLElement, ...children: Child[]): void {
  const focused = document.activeElement
  morphChildren(root, h('div', {}, ...children))
  if (!(focused instanceof HTMLElement) || focused === document.activeElement) return
  if (focused.isConnected) focused.focus({ preventScroll: true })
  // What had the focus is gone: the keyboard goes on from here, not from the top of the page.
  else if (root.tabIndex === -1 && root.hasAttribute('tabindex')) root.focus({ preventScroll: true })
}

/** Both are of one kind: elements of one name, or texts. */
function morph(was: Node, is: Node): void {
  if (was instanceof Text && is instanceof Text) {
    if (was.data !== is.data) was.data = is.data
    return
  }
  if (!(was instanceof Element) || !(is instanceof Element) || is.hasAttribute('data-same')) return
  for (const { name } of [...was.attributes]) if (!is.hasAttribute(name)) was.removeAttribute(name)
  for (const { name, value } of is.attributes) if (was.getAttribute(name) !== value) was.setAttribute(name, value)
  morphChildren(was, is)
}

const keyOf = (node: Node): string | undefined => (node instanceof HTMLElement ? node.dataset.key : undefined)

function morphChildren(was: Element, is: Element): void {
  const keyed = new Map([...was.children].map((child) => [keyOf(child), child]))
  let at: Node | null = was.firstChild
  for (const wanted of [...is.childNodes]) {
    const key = keyOf(wanted)
    const isLike: boolean = at !== null && keyOf(at) === undefined && at.nodeName === wanted.nodeName
    const same: Node | null | undefined = key === undefined ? (isLike ? at : null) : keyed.get(key)
    if (!same) {
      was.insertBefore(wanted, at)
      continue
    }
    if (same === at) at = at.nextSibling
    else was.insertBefore(same, at)
    morph(same, wanted)
  }
  while (at !== null) {
    const next: Node | null = at.nextSibling
    was.removeChild(at)
    at = next
  }
}
